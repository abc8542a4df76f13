/**
 * The names that PyTorch's state dicts have for the parameters of modules: those of `torch.nn.MultiheadAttention`, and
 * of hflayers (https://github.com/ml-jku/hopfield-layers), whose core has the same below other prefixes.
 *
 * Parameters are told by their names here, so that modules in groups are found too; what is no attention module, a
 * `Linear`, has the same names there.
 */
import { as, type Expected, type LoadPlan } from './load-plan.ts';
import type { NamedTensors } from './module.ts';
import type { Tensor } from './tensor.ts';

const INPUTS = ['state', 'stored', 'values'] as const;
/** The letter of each input's weight, and what hflayers calls the input and its trained patterns. */
const THERE = {
  state: { letter: 'q', norm: 'norm_state_pattern', patterns: 'pooling_weights' },
  stored: { letter: 'k', norm: 'norm_stored_pattern', patterns: 'lookup_weights' },
  values: { letter: 'v', norm: 'norm_pattern_projection', patterns: 'target_weights' },
};

/** The names of groups, and the name in an attention module. */
const ATTENTION =
  /^((?:.*\.)?)((?:state|stored|values)\.(?:weight|bias|norm\.weight|norm\.bias|patterns)|output\.(?:weight|bias))$/s;

/** Parameters of one attention module by their names in it. */
type Parts = Map<string, Tensor>;

export function torchPlan(parameters: NamedTensors, tensors: NamedTensors): LoadPlan {
  const plan = new Map<string, Expected>();
  const modules = new Map<string, Parts>();
  for (const [name, parameter] of Object.entries(parameters)) {
    const [, prefix, part] = ATTENTION.exec(name) ?? [];
    // A Linear that is called `output` in its group has that name there too.
    if (part === undefined || Object.hasOwn(tensors, name)) {
      plan.set(name, as(parameter));
      continue;
    }
    const parts: Parts = modules.get(prefix) ?? new Map();
    modules.set(prefix, parts.set(part, parameter));
  }
  for (const [prefix, parts] of modules) planModule(plan, prefix, parts, Object.keys(tensors));
  return plan;
}

/** Adds what is expected for one attention module; where names leave a choice, what is given decides. */
function planModule(
  plan: Map<string, Expected>,
  prefix: string,
  parts: Parts,
  given: readonly string[],
): void {
  const names = [...parts.keys()];
  const trained = names.some((name) => name.endsWith('.patterns'));
  const outer = trained ? `${prefix}hopfield.` : prefix;
  const inner = `${outer}association_core.`;
  const has = (start: string) => given.some((name) => name.startsWith(start));
  if (
    names.every((name) => name.startsWith('output.')) &&
    !has(inner) &&
    !has(`${outer}out_proj.`)
  ) {
    for (const [name, parameter] of parts) plan.set(`${prefix}${name}`, as(parameter));
    return;
  }
  const hopfield = trained || names.some((name) => name.includes('.norm.')) || has(inner);
  const core = hopfield ? inner : outer;
  const add = (name: string, part: string) => {
    const parameter = parts.get(part);
    if (parameter) plan.set(name, as(parameter));
  };
  planProjections(plan, core, parts, given);
  for (const kind of ['weight', 'bias']) {
    add(`${core}out_proj.${kind}`, `output.${kind}`);
    for (const input of INPUTS) {
      add(`${outer}${THERE[input].norm}.${kind}`, `${input}.norm.${kind}`);
    }
  }
  for (const input of INPUTS) {
    const patterns = parts.get(`${input}.patterns`);
    if (!patterns) continue;
    const [quantity, features] = patterns.shape;
    // The second with batch_first=False.
    const shapes = [
      [1, quantity, features],
      [quantity, 1, features],
    ];
    plan.set(`${prefix}${THERE[input].patterns}`, as(patterns, shapes));
  }
}

/**
 * Weights stand in one tensor, those of a state first, then stored, then values, or each in its own; biases always in
 * one. An input without a projection has no rows in either, except that hflayers keeps those of the values' bias, unused.
 */
function planProjections(
  plan: Map<string, Expected>,
  core: string,
  parts: Parts,
  given: readonly string[],
): void {
  const projected = INPUTS.filter((input) => parts.has(`${input}.weight`));
  if (projected.length === 0) return;
  const all = (kind: string) => projected.flatMap((input) => parts.get(`${input}.${kind}`) ?? []);
  const weights = all('weight');
  const [rows, columns] = weights[0].shape;
  const own = (input: (typeof INPUTS)[number]) => `${core}${THERE[input].letter}_proj_weight`;
  const apart =
    weights.some(({ shape }) => shape[1] !== columns) ||
    projected.some((input) => given.includes(own(input)));
  if (apart) {
    for (const [k, input] of projected.entries()) plan.set(own(input), as(weights[k]));
  } else {
    const shapes = [[weights.length * rows, columns]];
    plan.set(`${core}in_proj_weight`, { shapes, fills: weights });
  }
  const biases = all('bias');
  if (biases.length === 0) return;
  const unused = projected.includes('values') ? 0 : rows;
  const shapes = [[biases.length * rows + unused]];
  plan.set(`${core}in_proj_bias`, { shapes, fills: biases });
}
