/**
 * Parameters from tensors, under the names of the module or under those that PyTorch has for it.
 *
 * Nothing is written before all names and shapes are known to fit.
 */
import { checkName, checkOptions, describe } from '../checks.ts';
import { ownPlan, type Expected, type LoadPlan } from './load-plan.ts';
import { checkTrainable, type NamedTensors, type Trainable } from './module.ts';
import { checkTensor, countOf, sameShape, shapeText } from './tensor.ts';
import { torchPlan } from './torch-names.ts';

export interface LoadOptions {
  /**
   * Whose names the tensors have. Default: those of the module. `'torch'`: those that a state dict has for
   * `torch.nn.MultiheadAttention` and `torch.nn.Linear`, and for `Hopfield`, `HopfieldPooling` and `HopfieldLayer` of
   * hflayers.
   */
  from?: 'torch';
}

/**
 * Copies `tensors` into the parameters of a module.
 *
 * ```ts
 * loadParameters(layer, readSafetensors(bytes).tensors);
 * loadParameters(pooling, readSafetensors(bytes).tensors, { from: 'torch' });
 * ```
 *
 * @param module - a module, or a group of them
 * @param tensors - those of all its parameters, and no others
 * @throws TypeError, RangeError when a name or a shape does not match; nothing has changed then
 */
export function loadParameters(
  module: Trainable,
  tensors: NamedTensors,
  options: LoadOptions = {},
): void {
  checkTrainable(module, 'module');
  if (typeof tensors !== 'object' || tensors === null) {
    throw new TypeError(`tensors is ${describe(tensors)}, expected tensors by name`);
  }
  checkOptions(options, 'load options', ['from']);
  if (options.from !== undefined) checkName(options.from, 'from', ['torch']);
  for (const [name, value] of Object.entries(tensors)) checkTensor(value, name);
  const parameters = module.parameters();
  const plan = options.from ? torchPlan(parameters, tensors) : ownPlan(parameters);
  checkNames(tensors, plan);
  for (const [name, { shapes }] of plan) {
    const { shape } = tensors[name];
    if (shapes.some((expected) => sameShape(shape, expected))) continue;
    throw new RangeError(`${name} has shape ${shapeText(shape)}, expected ${shapesText(shapes)}`);
  }
  for (const [name, { fills }] of plan) {
    let from = 0;
    for (const { data, shape } of fills) {
      data.set(tensors[name].data.subarray(from, (from += countOf(shape))));
    }
  }
}

function checkNames(tensors: NamedTensors, plan: LoadPlan): void {
  const names = Object.keys(tensors);
  const missing = [...plan.keys()].filter((name) => !Object.hasOwn(tensors, name));
  const surplus = names.filter((name) => !plan.has(name));
  if (missing.length === 0 && surplus.length === 0) return;
  const wrong = [
    missing.length > 0 ? [`lack ${missing.join(', ')}`] : [],
    surplus.length > 0 ? [`have ${surplus.join(', ')} besides`] : [],
  ].flat();
  const there = names.map((name) => `${name} ${shapeText(tensors[name].shape)}`);
  const expected = [...plan].map(([name, { shapes }]) => `${name} ${shapesText(shapes)}`);
  throw new RangeError(
    `tensors ${wrong.join(' and ')}; ` +
      `given are ${there.join(', ') || 'none'}, expected ${expected.join(', ') || 'none'}`,
  );
}

function shapesText(shapes: Expected['shapes']): string {
  return [...new Set(shapes.map(shapeText))].join(' or ');
}
