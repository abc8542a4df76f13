/** Parameters from tensors. */
import { describe } from '../checks.ts';
import type { NamedTensors, Trainable } from './module.ts';
import { checkTensor } from './tensor.ts';

/**
 * Copies `tensors` into the parameters of the same names.
 *
 * @param module - a module, or a group of them
 * @param tensors - one for each of its parameters, of the same shape, and no others
 * @throws TypeError, RangeError when a name or a shape does not match; nothing has changed then
 */
export function loadParameters(module: Trainable, tensors: NamedTensors): void {
  if (typeof module?.parameters !== 'function') {
    throw new TypeError(`module is ${describe(module)}, expected a module with parameters`);
  }
  if (typeof tensors !== 'object' || tensors === null) {
    throw new TypeError(`tensors is ${describe(tensors)}, expected tensors by name`);
  }
  const parameters = module.parameters();
  const names = Object.keys(parameters);
  const list = names.join(', ') || 'no parameters';
  const extra = Object.keys(tensors).find((name) => !Object.hasOwn(parameters, name));
  if (extra !== undefined) {
    throw new RangeError(`tensors have ${extra}, expected those of the module: ${list}`);
  }
  const missing = names.find((name) => !Object.hasOwn(tensors, name));
  if (missing !== undefined) {
    throw new RangeError(`tensors have no ${missing}, expected those of the module: ${list}`);
  }
  for (const name of names) checkTensor(tensors[name], name, parameters[name].shape);
  for (const name of names) parameters[name].data.set(tensors[name].data);
}
