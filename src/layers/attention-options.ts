/** Options that the three attention modules have in common. */
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  checkPositiveInteger,
  describe,
} from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import type { AttentionRule } from './attention.ts';
import { checkProbability } from './dropout.ts';

/** Which inputs get something, one by one; those that are not named keep the default. */
export type Choice<Names extends string, Kind extends Norm = boolean> =
  | Kind
  | { readonly [name in Names]?: Kind };

/** LayerNorm: none, with a trained gain and bias, or without. */
export type Norm = boolean | 'plain';

export interface AttentionOptions {
  /** Parallel associations, each with its own part of the projections. Default 1. */
  heads?: number;
  /** Columns of a head, so that Q, K and V′ have heads·headSize. Default stateSize / heads. */
  headSize?: number;
  /** Features of a result. Default stateSize; heads·headSize without the output projection. */
  outputSize?: number;
  /** β > 0, the inverse temperature of the softmax: one number, or one for each head. Default 1/√headSize. */
  beta?: number | readonly number[];
  /** Hopfield updates at most; Infinity with a tolerance above 0. Default 1, which is attention. */
  updateSteps?: number;
  /**
   * No further update once ‖A − A before‖ (Frobenius) of one head in one sample is at most this. Without it all
   * `updateSteps` are made.
   */
  tolerance?: number;
  /**
   * The probability with which an entry of A is left out (and the others divided by 1 − dropout) before A·V′, from 0
   * to below 1, while `training` is true. Drawn from the seed. Default 0.
   */
  dropout?: number;
  /**
   * LayerNorm (ε = 1e−5) of the inputs: all, or some by name; `true` with a trained gain and bias, `'plain'` without.
   * Default none.
   */
  layerNorm?: Choice<'state' | 'stored' | 'values', Norm>;
  /** Linear maps before and after the heads: all, or some by name. Default all. */
  projections?: Choice<'state' | 'stored' | 'values' | 'output'>;
  /** Whether projections add a bias. Default true. */
  bias?: boolean;
  /** Seed of the parameters, an integer from 0 to 2³² − 1. By default one is drawn; `seed` tells which. */
  seed?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** Features of the three inputs. */
export interface InputSizes {
  readonly state: number;
  readonly stored: number;
  readonly values: number;
}

/** Options, checked and filled in. */
export interface AttentionPlan {
  readonly rule: AttentionRule;
  readonly dropout: number;
  readonly sizes: InputSizes;
  readonly outputSize: number;
  readonly layerNorm: Readonly<Record<'state' | 'stored' | 'values', Norm>>;
  readonly projections: Readonly<Record<'state' | 'stored' | 'values' | 'output', boolean>>;
  readonly bias: boolean;
  readonly seed: number;
  readonly backend: Backend;
}

const NAMES = [
  'heads',
  'headSize',
  'outputSize',
  'beta',
  'updateSteps',
  'tolerance',
  'dropout',
  'layerNorm',
  'projections',
  'bias',
  'seed',
  'backend',
];

/** @throws TypeError, RangeError saying which option is wrong */
export function checkAttentionOptions(
  options: AttentionOptions,
  what: string,
  own: readonly string[],
  sizesOf: () => InputSizes,
): AttentionPlan {
  checkOptions(options, what, [...own, ...NAMES]);
  const sizes = sizesOf();
  const heads = checkPositiveInteger(options.heads ?? 1, 'heads');
  const width = checkHeadSize(options.headSize, sizes.state, heads);
  const hidden = heads * width;
  const projections = checkChoice(
    options.projections ?? true,
    'projections',
    ['state', 'stored', 'values', 'output'],
    [true, false],
    true,
  );
  const outputSize = checkPositiveInteger(
    options.outputSize ?? (projections.output ? sizes.state : hidden),
    'outputSize',
  );
  for (const [name, size] of Object.entries({ ...sizes, output: outputSize })) {
    if (projections[name as keyof typeof projections] || size === hidden) continue;
    throw new RangeError(
      `${name}Size is ${size}, expected ${hidden} (heads·headSize) without the ${name} projection`,
    );
  }
  return {
    sizes,
    outputSize,
    projections,
    rule: {
      heads,
      width,
      betas: checkBeta(options.beta ?? 1 / Math.sqrt(width), heads),
      ...checkStops(options),
    },
    dropout: checkProbability(options.dropout ?? 0, 'dropout'),
    layerNorm: checkChoice(
      options.layerNorm ?? false,
      'layerNorm',
      ['state', 'stored', 'values'],
      [true, false, 'plain'],
      false,
    ),
    bias: checkBoolean(options.bias ?? true, 'bias'),
    seed: checkedSeed(options.seed ?? drawSeed()),
    backend: options.backend ?? 'auto',
  };
}

/** Of trained patterns. */
export function checkDeviation(deviation: number | undefined): number | undefined {
  if (deviation === undefined) return undefined;
  return checkNumber(deviation, 'initialDeviation', 'a number above 0', (value) => value > 0);
}

/** When updates stop. */
function checkStops({ updateSteps = 1, tolerance }: AttentionOptions) {
  if (tolerance !== undefined) {
    checkNumber(tolerance, 'tolerance', 'a number from 0 up', (value) => value >= 0);
  }
  if (updateSteps !== Infinity) checkPositiveInteger(updateSteps, 'updateSteps');
  else if (!tolerance) {
    throw new RangeError(
      `updateSteps is Infinity and tolerance ${tolerance}, expected a positive integer, or a tolerance above 0 besides`,
    );
  }
  return { updateSteps, tolerance };
}

export function checkHeadSize(
  headSize: number | undefined,
  stateSize: number,
  heads: number,
): number {
  if (headSize !== undefined) return checkPositiveInteger(headSize, 'headSize');
  if (stateSize % heads !== 0) {
    throw new RangeError(
      `heads is ${heads}, expected a divisor of stateSize ${stateSize}, or a headSize`,
    );
  }
  return stateSize / heads;
}

export function checkBeta(beta: number | readonly number[], heads: number): number[] {
  const check = (value: unknown, name: string) =>
    checkNumber(value, name, 'a number above 0', (b) => b > 0);
  if (!Array.isArray(beta)) return Array<number>(heads).fill(check(beta, 'beta'));
  if (beta.length !== heads) {
    throw new RangeError(`beta has length ${beta.length}, expected ${heads} (one for each head)`);
  }
  return beta.map((value, head) => check(value, `beta[${head}]`));
}

export function checkChoice<Names extends string, Kind extends Norm>(
  choice: Choice<Names, Kind>,
  what: string,
  names: readonly Names[],
  kinds: readonly Kind[],
  usual: Kind,
): Record<Names, Kind> {
  const check = (value: unknown, name: string, further: string[] = []) => {
    if (kinds.includes(value as Kind)) return value as Kind;
    const list = [...kinds.map(describe), ...further];
    const expected = `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
    throw new TypeError(`${name} is ${describe(value)}, expected ${expected}`);
  };
  const record = {} as Record<Names, Kind>;
  if (typeof choice === 'object' && choice !== null) {
    checkOptions(choice, what, names);
    for (const name of names) record[name] = check(choice[name] ?? usual, `${what}.${name}`);
  } else {
    const all = check(choice, what, ['an object']);
    for (const name of names) record[name] = all;
  }
  return record;
}
