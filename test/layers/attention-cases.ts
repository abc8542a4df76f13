/** Generated attention modules: options, parameters, inputs and masks, the same in every run. */
import {
  Association,
  Lookup,
  Pooling,
  Random,
  tensor,
  type Tensor,
} from '../../src/layers/index.ts';
import type { AttentionModule } from '../../src/layers/attention-module.ts';
import type { AttentionOptions } from '../../src/layers/attention-options.ts';
import type { BooleanMask, Mask } from '../../src/layers/masks.ts';
import type { Backend } from '../../src/kernels/open.ts';
import type { Numbers, Rule, Variables } from './attention-oracle.ts';

export const BACKENDS = ['wasm', 'reference'] as const;
export const KINDS = ['association', 'pooling', 'lookup'] as const;
export type Kind = (typeof KINDS)[number];
export const MASKS = [
  'none',
  'boolean',
  'booleans',
  'numbers',
  'numbers3',
  'hidden',
  'heads',
  'heads alike',
] as const;

export interface Case {
  kind: Kind;
  seed: number;
  batch: number;
  states: number;
  stored: number;
  options: AttentionOptions & {
    stateSize: number;
    storedSize: number;
    valuesSize: number;
    separateValues?: boolean;
  };
  /** Whether values are an input (or, in a Lookup, a parameter) of their own. */
  values: boolean;
  /** Of a state and a stored pattern; hidden: the first state sees nothing. */
  mask: (typeof MASKS)[number];
  storedMask: boolean;
}

export interface Inputs {
  state: Tensor;
  stored: Tensor;
  values?: Tensor;
  mask?: Mask;
  storedMask?: BooleanMask;
}

/** Calls of the three modules alike: each takes what it knows of the inputs. */
export interface Layer {
  module: AttentionModule & { forward(inputs: never): Tensor; backward(gradient: Tensor): object };
  inputs: Partial<Inputs>;
  forward(inputs?: Partial<Inputs>): Tensor;
  backward(gradient: Tensor): Record<string, Tensor>;
}

/** Numbers about as a normal distribution has them: a sum of four uniform ones. */
export function normal(random: Random, shape: readonly number[], size = 1): Tensor {
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let k = 0; k < data.length; k++) {
    const sum = random.real() + random.real() + random.real() + random.real();
    data[k] = size * Math.sqrt(3) * (sum - 2);
  }
  return tensor(data, shape);
}

/** The module and inputs of a case; every parameter is moved away from its starting value. */
export function build(setup: Case, backend: Backend = 'auto'): Layer {
  const module = moduleOf(setup, backend);
  const random = new Random(setup.seed, 1);
  for (const { data, shape } of Object.values(module.parameters())) {
    const { data: noise } = normal(random, shape, 0.3);
    for (let k = 0; k < data.length; k++) data[k] += noise[k];
  }
  const all = inputsOf(setup);
  const { state, stored, values, mask, storedMask } = all;
  const inputs: Partial<Inputs> = {
    ...(setup.kind !== 'pooling' && { state }),
    ...(setup.kind !== 'lookup' && { stored, ...(values && { values }) }),
    ...(mask && { mask }),
    ...(storedMask && { storedMask }),
  };
  return {
    module,
    inputs,
    forward: (given = inputs) => module.forward(given as never),
    backward: (gradient) => module.backward(gradient) as Record<string, Tensor>,
  };
}

function moduleOf(
  { kind, options, states, stored, seed }: Case,
  backend: Backend,
): Layer['module'] {
  const { separateValues, ...rest } = options;
  const common = { ...rest, seed, backend };
  if (kind === 'association') return new Association(common);
  if (kind === 'pooling') return new Pooling({ ...common, quantity: states });
  return new Lookup({ ...common, quantity: stored, ...(separateValues && { separateValues }) });
}

export function inputsOf({
  seed,
  batch,
  states,
  stored,
  options,
  values,
  mask,
  storedMask,
}: Omit<Case, 'kind'>): Inputs {
  const random = new Random(seed, 2);
  const inputs: Inputs = {
    state: normal(random, [batch, states, options.stateSize]),
    stored: normal(random, [batch, stored, options.storedSize]),
  };
  if (values) inputs.values = normal(random, [batch, stored, options.valuesSize]);
  const booleans = (shape: number[]) => ({
    data: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.real() < 0.7),
    shape,
  });
  if (mask === 'boolean') inputs.mask = booleans([states, stored]);
  if (mask === 'booleans') inputs.mask = booleans([batch, states, stored]);
  const { heads = 1 } = options;
  if (mask === 'heads') inputs.mask = booleans([batch, heads, states, stored]);
  if (mask === 'heads alike') inputs.mask = booleans([1, heads, states, stored]);
  if (mask === 'numbers') inputs.mask = normal(random, [states, stored]);
  if (mask === 'numbers3') {
    const numbers = normal(random, [batch, states, stored]);
    inputs.mask = { ...numbers, data: numbers.data.map((x) => (x < -1 ? -Infinity : x)) };
  }
  if (mask === 'hidden') {
    const data = new Uint8Array(batch * states * stored).fill(1).fill(0, 0, stored);
    inputs.mask = { data, shape: [batch, states, stored] };
  }
  if (storedMask) inputs.storedMask = booleans([batch, stored]);
  return inputs;
}

/** Inputs and parameters as the oracle wants them. */
export function variablesOf({ module, inputs }: Layer): Variables {
  const variables: Variables = {};
  for (const [name, { data, shape }] of Object.entries(module.parameters())) {
    // A trained input has the place of the input.
    variables[name.replace('.patterns', '')] = { values: Array.from(data), shape };
  }
  for (const [name, { data, shape }] of Object.entries(inputs)) {
    const values: Numbers['values'] = Array.from(data as ArrayLike<number | boolean>, (value) =>
      data instanceof Float32Array ? Number(value) : value ? 0 : -Infinity,
    );
    variables[name] = { values, shape };
  }
  return variables;
}

export function ruleOf({ module }: Layer, { options }: Case): Rule {
  const { beta = 1 / Math.sqrt(module.headSize), updateSteps = 1, tolerance } = options;
  const { layerNorm } = options;
  const normOf = (name: 'state' | 'stored' | 'values') =>
    typeof layerNorm === 'object' ? layerNorm[name] : layerNorm;
  return {
    plain: (['state', 'stored', 'values'] as const).filter((name) => normOf(name) === 'plain'),
    heads: module.heads,
    headSize: module.headSize,
    beta: Array.isArray(beta) ? beta : Array<number>(module.heads).fill(beta as number),
    updateSteps,
    tolerance,
  };
}

/** ‖a − b‖. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return Math.sqrt(sum);
}

export function norm(a: ArrayLike<number>): number {
  return Math.hypot(...Array.from(a));
}

const PLAIN: Case = {
  kind: 'association',
  seed: 1,
  batch: 2,
  states: 3,
  stored: 5,
  options: { stateSize: 8, storedSize: 8, valuesSize: 8, heads: 2 },
  values: false,
  mask: 'none',
  storedMask: false,
};

function like(
  changes: Partial<Omit<Case, 'options'>>,
  options: Partial<Case['options']> = {},
): Case {
  return { ...PLAIN, ...changes, options: { ...PLAIN.options, ...options } };
}

const off = (...names: string[]) => Object.fromEntries(names.map((name) => [name, false]));

/** One for each option and each mask. */
export const CASES: Readonly<Record<string, Case>> = {
  plain: PLAIN,
  'one head': like({}, { heads: 1 }),
  'sizes that differ': like(
    { values: true },
    { storedSize: 6, valuesSize: 5, headSize: 3, heads: 3, outputSize: 7 },
  ),
  'separate values': like({ values: true }),
  'one β': like({}, { beta: 1.5 }),
  'a β for each head': like({}, { beta: [0.3, 2] }),
  'two updates': like({}, { updateSteps: 2 }),
  'four updates': like({ values: true }, { updateSteps: 4, beta: [0.7, 1.5] }),
  tolerance: like({ batch: 4 }, { updateSteps: 30, tolerance: 0.01, beta: [0.5, 1.5] }),
  'LayerNorm of all': like({ values: true }, { layerNorm: true }),
  'LayerNorm of all, one tensor twice': like({}, { layerNorm: true }),
  'LayerNorm of states': like({}, { layerNorm: { state: true } }),
  'LayerNorm of stored patterns': like({}, { layerNorm: { stored: true } }),
  'LayerNorm of values': like({}, { layerNorm: { values: true } }),
  'plain LayerNorm of all': like({ values: true }, { layerNorm: 'plain', updateSteps: 2 }),
  'plain LayerNorm of all, one tensor twice': like({}, { layerNorm: 'plain' }),
  'LayerNorm of each kind': like({}, { layerNorm: { state: 'plain', stored: true } }),
  'plain LayerNorm without projections': like({}, { projections: false, layerNorm: 'plain' }),
  'no bias': like({}, { bias: false }),
  'no projections': like({ values: true }, { projections: false }),
  'no projections, three updates': like({}, { projections: false, updateSteps: 3 }),
  'no projections but LayerNorm': like({}, { projections: false, layerNorm: true }),
  'no projection of states': like({}, { projections: off('state') }),
  'no projection of stored patterns': like({}, { projections: off('stored') }),
  'no projection of values': like({}, { projections: off('values') }),
  'no output projection': like({}, { projections: off('output') }),
  'a boolean mask': like({ mask: 'boolean' }),
  'a boolean mask for each sample': like({ mask: 'booleans' }, { updateSteps: 3 }),
  'an additive mask': like({ mask: 'numbers' }),
  'an additive mask for each sample': like({ mask: 'numbers3' }, { updateSteps: 2 }),
  'a state that sees nothing': like({ mask: 'hidden' }, { updateSteps: 3 }),
  'a mask of stored patterns': like({ storedMask: true }, { updateSteps: 2 }),
  'both masks': like({ mask: 'booleans', storedMask: true }),
  'both masks, one for all samples': like({ mask: 'numbers', storedMask: true }),
  'a mask for each head': like({ mask: 'heads' }, { updateSteps: 2 }),
  'a mask for each head, the same for all samples': like({ mask: 'heads alike', storedMask: true }),
  'one of everything': like({ batch: 1, states: 1, stored: 1 }),
  pooling: like({ kind: 'pooling' }),
  'pooling with one state': like({ kind: 'pooling', states: 1 }, { layerNorm: true }),
  'pooling with plain LayerNorm': like({ kind: 'pooling' }, { layerNorm: { state: 'plain' } }),
  'pooling with updates, values and masks': like(
    { kind: 'pooling', values: true, mask: 'booleans', storedMask: true },
    { updateSteps: 3, valuesSize: 6 },
  ),
  'pooling without a projection of states': like(
    { kind: 'pooling' },
    { projections: off('state'), stateSize: 12, headSize: 6 },
  ),
  lookup: like({ kind: 'lookup' }),
  'lookup with values': like({ kind: 'lookup' }, { separateValues: true, valuesSize: 6 }),
  'lookup with plain LayerNorm': like(
    { kind: 'lookup' },
    { separateValues: true, layerNorm: { stored: 'plain', values: 'plain' } },
  ),
  'lookup with updates and a mask': like(
    { kind: 'lookup', mask: 'booleans' },
    { separateValues: true, updateSteps: 3, layerNorm: true },
  ),
  'lookup with a mask of stored patterns': like(
    { kind: 'lookup', storedMask: true },
    { separateValues: true, updateSteps: 2 },
  ),
  'lookup with a tolerance': like(
    { kind: 'lookup', batch: 4 },
    { updateSteps: 30, tolerance: 0.01, beta: [0.5, 1.5] },
  ),
};
