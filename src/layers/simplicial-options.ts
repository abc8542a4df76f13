/** Options of the simplicial layer. */
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  checkPositiveInteger,
  isPositiveInteger,
} from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import {
  checkBeta,
  checkChoice,
  checkHeadSize,
  type Choice,
  type Norm,
} from './attention-options.ts';
import type { PairRule } from './pair-attention.ts';

/** The inputs of the heads, each on a way of its own. */
export const WAYS = ['state', 'stored', 'partners', 'values', 'partnerValues'] as const;
export type Way = (typeof WAYS)[number];

export interface SimplicialAssociationOptions {
  /** Features of a state. */
  stateSize: number;
  /** Features of a stored pattern. Default stateSize. */
  storedSize?: number;
  /** Features of a value. Default storedSize. */
  valuesSize?: number;
  /** Parallel associations, each with its own part of the projections. Default 1. */
  heads?: number;
  /** Columns of a head. Default stateSize / heads. */
  headSize?: number;
  /** Features of a result. Default stateSize; heads·headSize without the output projection. */
  outputSize?: number;
  /** β > 0, the inverse temperature of the softmax: one number, or one for each head. Default 1/√headSize. */
  beta?: number | readonly number[];
  /** Hopfield updates. Default 1, which is attention. */
  updateSteps?: number;
  /**
   * Starts the parameter `blank`, [heads]: the score of one pair more, whose value is 0, so that a state can find that no
   * pair fits. Default none.
   */
  blank?: number;
  /**
   * How many stored patterns state i sees, the i-th and those before it: one number from 1 up, or two, for members and
   * partners (Roy et al. 2025); Infinity is all up to the i-th. Default every one, also those after it.
   */
  window?: number | readonly [number, number];
  /** LayerNorm (ε = 1e−5): as for an `Association`, here also of `partners` and `partnerValues`. Default none. */
  layerNorm?: Choice<Way, Norm>;
  /** Linear maps before and after the heads: all, or some by name. Default all. */
  projections?: Choice<Way | 'output'>;
  /** Whether projections add a bias. Default true. */
  bias?: boolean;
  /** Seed of the parameters, an integer from 0 to 2³² − 1. By default one is drawn; `seed` tells which. */
  seed?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

const NAMES = [
  'stateSize',
  'storedSize',
  'valuesSize',
  'heads',
  'headSize',
  'outputSize',
  'beta',
  'updateSteps',
  'blank',
  'window',
  'layerNorm',
  'projections',
  'bias',
  'seed',
  'backend',
];

/** Options, checked and filled in. */
export interface SimplicialPlan {
  readonly rule: PairRule;
  readonly sizes: Readonly<Record<'state' | 'stored' | 'values', number>>;
  readonly outputSize: number;
  readonly blank: number | undefined;
  readonly layerNorm: Readonly<Record<Way, Norm>>;
  readonly projections: Readonly<Record<Way | 'output', boolean>>;
  readonly bias: boolean;
  readonly seed: number;
  readonly backend: Backend;
}

/** @throws TypeError, RangeError saying which option is wrong */
export function checkSimplicialOptions(options: SimplicialAssociationOptions): SimplicialPlan {
  checkOptions(options, 'simplicial association options', NAMES);
  const state = checkPositiveInteger(options.stateSize, 'stateSize');
  const stored = checkPositiveInteger(options.storedSize ?? state, 'storedSize');
  const values = checkPositiveInteger(options.valuesSize ?? stored, 'valuesSize');
  const heads = checkPositiveInteger(options.heads ?? 1, 'heads');
  const width = checkHeadSize(options.headSize, state, heads);
  const hidden = heads * width;
  const projections = checkChoice(
    options.projections ?? true,
    'projections',
    [...WAYS, 'output'],
    [true, false],
    true,
  );
  const outputSize = checkPositiveInteger(
    options.outputSize ?? (projections.output ? state : hidden),
    'outputSize',
  );
  const ways = [
    ['state', 'stateSize', state],
    ['stored', 'storedSize', stored],
    ['partners', 'storedSize', stored],
    ['values', 'valuesSize', values],
    ['partnerValues', 'valuesSize', values],
    ['output', 'outputSize', outputSize],
  ] as const;
  for (const [name, what, size] of ways) {
    if (projections[name] || size === hidden) continue;
    throw new RangeError(
      `${what} is ${size}, expected ${hidden} (heads·headSize) without the ${name} projection`,
    );
  }
  const { blank } = options;
  return {
    rule: {
      heads,
      width,
      betas: checkBeta(options.beta ?? 1 / Math.sqrt(width), heads),
      updateSteps: checkPositiveInteger(options.updateSteps ?? 1, 'updateSteps'),
      windows: checkWindow(options.window),
    },
    sizes: { state, stored, values },
    outputSize,
    blank:
      blank === undefined ? undefined : checkNumber(blank, 'blank', 'a number', Number.isFinite),
    layerNorm: checkChoice(
      options.layerNorm ?? false,
      'layerNorm',
      WAYS,
      [true, false, 'plain'],
      false,
    ),
    projections,
    bias: checkBoolean(options.bias ?? true, 'bias'),
    seed: checkedSeed(options.seed ?? drawSeed()),
    backend: options.backend ?? 'auto',
  };
}

/** A window that reaches back to the first pattern. */
const ALL = 0x7fffffff;

/** Members and partners, 0 for every one. */
function checkWindow(window: unknown): readonly [number, number] {
  if (window === undefined) return [0, 0];
  const one = (value: unknown, name: string) => {
    if (value === Infinity) return ALL;
    const expected = 'a positive integer or Infinity';
    return Math.min(ALL, checkNumber(value as number, name, expected, isPositiveInteger));
  };
  if (!Array.isArray(window)) {
    const both = one(window, 'window');
    return [both, both];
  }
  if (window.length !== 2) {
    throw new RangeError(`window has length ${window.length}, expected one number or two`);
  }
  return [one(window[0], 'window[0]'), one(window[1], 'window[1]')];
}
