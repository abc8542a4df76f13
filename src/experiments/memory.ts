/** Memories by name, as points and command lines have them: `hebbian`, `perceptron:0.5`, `polynomial:4`. */
import { describe } from '../checks.ts';
import type { Separation } from '../dynamics/separation.ts';
import {
  DenseAssociativeMemory,
  exponential,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  rectifiedPolynomial,
  simplicial,
  type AssociativeMemory,
  type Rule,
} from '../models/index.ts';
import type { Random } from '../random.ts';

/** What recalls end in. */
export interface Recalled {
  /** One after the other. */
  states: ArrayLike<number>;
  /** 1 for those that came to rest. */
  converged: Uint8Array;
}

/** Something that holds patterns, for one trial. */
export interface TestedMemory {
  recall(cues: readonly Int8Array[], seed: number): Recalled;
}

/** What memories of a name are. */
interface MemoryKind {
  /** The number after the colon; none without it. */
  readonly parameter?: {
    readonly means: string;
    readonly initial?: number;
    readonly holds: (x: number) => boolean;
  };
  /** The share of neurons that are 1 in its patterns, which are 0 and 1; without it they are ±1 in equal parts. */
  readonly activity?: (parameter: number) => number;
  make(neurons: number, patterns: readonly Int8Array[], parameter: number): TestedMemory;
}

/** Sweeps after which a recall that does not come to rest is left: asymmetric couplings can go on for ever. */
const MOST_SWEEPS = 200;

const remember = (memory: AssociativeMemory): TestedMemory => ({
  recall: (cues, seed) => memory.recallMany([...cues], { seed, maxSweeps: MOST_SWEEPS }),
});

/** Couplings and thresholds of the paper of 1982, in which neurons are 0 or 1. */
const of1982: MemoryKind = {
  activity: () => 0.5,
  make: (neurons, patterns) =>
    remember(new HopfieldNetwork(neurons, { units: 'binary' }).store([...patterns])),
};

const rule = (name: (parameter: number) => Rule): MemoryKind['make'] => {
  return (neurons, patterns, parameter) =>
    remember(new HopfieldNetwork(neurons, { rule: name(parameter) }).store([...patterns]));
};

const dense = (separation: (parameter: number) => Separation): MemoryKind['make'] => {
  return (neurons, patterns, parameter) => {
    const memory = new DenseAssociativeMemory(neurons, { separation: separation(parameter) });
    return remember(memory.store([...patterns]));
  };
};

const integerFrom = (least: number) => (x: number) => Number.isInteger(x) && x >= least;

const KINDS = {
  hebbian: { make: rule(() => 'hebbian') },
  'hopfield-1982': of1982,
  storkey: { make: rule(() => 'storkey') },
  projection: { make: rule(() => 'projection') },
  perceptron: {
    parameter: { means: 'margin, from 0 up', initial: 0, holds: (x) => x >= 0 },
    make: rule((margin) => ({ name: 'perceptron', margin })),
  },
  'diederich-opper': { make: rule(() => 'diederich-opper') },
  palimpsest: {
    parameter: { means: 'bound, an integer from 1 up', holds: integerFrom(1) },
    make: rule((bound) => (Number.isNaN(bound) ? 'palimpsest' : { name: 'palimpsest', bound })),
  },
  covariance: {
    parameter: { means: 'activity, between 0 and 1', initial: 0.1, holds: (x) => x > 0 && x < 1 },
    activity: (activity) => activity,
    make: rule((activity) => ({ name: 'covariance', activity })),
  },
  polynomial: {
    parameter: { means: 'degree, an integer from 2 up', initial: 3, holds: integerFrom(2) },
    make: dense(polynomial),
  },
  'rectified-polynomial': {
    parameter: { means: 'degree, an integer from 2 up', initial: 3, holds: integerFrom(2) },
    make: dense(rectifiedPolynomial),
  },
  simplicial: {
    parameter: { means: 'dimension, an integer from 1 up', initial: 2, holds: integerFrom(1) },
    make: dense(simplicial),
  },
  exponential: {
    parameter: { means: 'β, from 10⁻⁶ to 10⁶', initial: 1, holds: (x) => x >= 1e-6 && x <= 1e6 },
    make: dense(exponential),
  },
  modern: {
    parameter: { means: 'β, above 0', initial: 1, holds: (x) => x > 0 },
    make(dimension: number, patterns: readonly Int8Array[], beta: number): TestedMemory {
      const memory = new ModernHopfieldNetwork(dimension, { beta }).store([...patterns]);
      return { recall: (cues) => memory.recallMany([...cues]) };
    },
  },
} satisfies Record<string, MemoryKind>;

export type MemoryName = keyof typeof KINDS;

/** A memory as it is named: with a parameter after a colon, or without. */
export type MemoryText = MemoryName | `${MemoryName}:${number}`;

/** What trials need of it. */
export interface MemoryPlan {
  readonly name: MemoryName;
  /** The parameter, with its default; NaN where there is none. */
  readonly parameter: number;
  /** Whether patterns are 0 and 1. */
  readonly binary: boolean;
  /** A random pattern. */
  draw(random: Random, neurons: number): Int8Array;
  make(neurons: number, patterns: readonly Int8Array[]): TestedMemory;
  /** The overlap of a state and a pattern, from −1 to 1: the correlation for the covariance rule. */
  overlap(states: ArrayLike<number>, from: number, pattern: Int8Array): number;
}

export function memoryNames(): MemoryName[] {
  return Object.keys(KINDS) as MemoryName[];
}

/** The text, if it names a memory. @throws TypeError, RangeError saying what was expected */
export function checkMemory(value: unknown, name: string): MemoryText {
  parse(value, name);
  return value as MemoryText;
}

function parse(value: unknown, name: string): { name: MemoryName; parameter: number } {
  const [, kind = '', text] = /^([a-z0-9-]+)(?::(.+))?$/.exec(String(value)) ?? [];
  if (typeof value !== 'string' || !Object.hasOwn(KINDS, kind)) {
    throw new TypeError(
      `${name} is ${describe(value)}, expected one of ${memoryNames().join(', ')}`,
    );
  }
  const { parameter }: MemoryKind = KINDS[kind as MemoryName];
  const given = text === undefined ? (parameter?.initial ?? NaN) : Number(text);
  if (text !== undefined && !(parameter?.holds(given) && Number.isFinite(given))) {
    const expected = parameter ? `${kind}:${parameter.means}` : `${kind} alone`;
    throw new RangeError(`${name} is ${describe(value)}, expected ${expected}`);
  }
  return { name: kind as MemoryName, parameter: given };
}

export function planMemory(text: MemoryText): MemoryPlan {
  const { name, parameter } = parse(text, 'memory');
  const kind: MemoryKind = KINDS[name];
  const activity = kind.activity?.(parameter);
  return {
    name,
    parameter,
    binary: activity !== undefined,
    draw:
      activity === undefined
        ? (random, n) => random.signs(n)
        : (random, n) => Int8Array.from({ length: n }, () => (random.real() < activity ? 1 : 0)),
    make: (neurons, patterns) => kind.make(neurons, patterns, parameter),
    overlap: name === 'covariance' ? correlation : signOverlap,
  };
}

/** (1/N) Σ ξ_i sign(s_i). */
function signOverlap(states: ArrayLike<number>, from: number, pattern: Int8Array): number {
  let same = 0;
  for (let i = 0; i < pattern.length; i++) same += states[from + i] > 0 === pattern[i] > 0 ? 1 : 0;
  return (2 * same - pattern.length) / pattern.length;
}

/** Of zeros and ones; 0 where one of them is all alike. */
function correlation(states: ArrayLike<number>, from: number, pattern: Int8Array): number {
  let [both, mine, own] = [0, 0, 0];
  const n = pattern.length;
  for (let i = 0; i < n; i++) {
    both += states[from + i] * pattern[i];
    mine += states[from + i];
    own += pattern[i];
  }
  // Of two equal variances the root of the product is exact, and so is a correlation of 1.
  const variance = mine * (n - mine) * (own * (n - own));
  return variance === 0 ? 0 : (n * both - mine * own) / Math.sqrt(variance);
}
