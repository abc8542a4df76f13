/** The models of `hopfield recall`, and which options belong to which. */

import {
  DenseAssociativeMemory,
  exponential,
  HopfieldNetwork,
  polynomial,
  rectifiedPolynomial,
  SequenceMemory,
  SimplicialHopfieldNetwork,
  type Backend,
  type ModernSeparation,
  type SequenceSeparation,
} from '../../index.ts';
import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { either } from '../words.ts';
import { RULE_PARAMETERS, ruleFrom, type RuleFlags } from './rule.ts';
import type { SeparationFlag } from './values.ts';

/** What each is, for people. */
export const MODELS = {
  classical: 'Hopfield network',
  dense: 'dense associative memory',
  simplicial: 'simplicial Hopfield network',
  modern: 'modern Hopfield network',
  sequence: 'sequence memory',
} as const;

export type ModelName = keyof typeof MODELS;

/** A memory of signs that comes to rest. */
export type SignMemory = HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork;

export interface ModelFlags extends RuleFlags {
  model?: ModelName;
  /** Of dense, modern and sequence memories. */
  separation?: SeparationFlag;
  dimension?: number;
  /** β of the exponential variant of simplicial networks. */
  exponential?: number;
  similarity?: 'dot' | 'cosine' | 'euclidean';
  beta?: number;
  steps?: number;
  /** c of modern networks. */
  nothing?: number;
  /** τ and λ of slow sequences. */
  hold?: number;
  strength?: number;
  cyclic?: boolean;
  backend?: Backend;
}

const SIGNS: readonly ModelName[] = ['classical', 'dense', 'simplicial'];

/** Options that not all models have. */
const OWNERS: Readonly<Record<string, readonly ModelName[]>> = {
  ...Object.fromEntries(
    ['rule', ...RULE_PARAMETERS, 'unlearn', 'daydream', 'load', 'save'].map((key) => [
      key,
      ['classical'],
    ]),
  ),
  separation: ['dense', 'modern', 'sequence'],
  dimension: ['simplicial'],
  exponential: ['simplicial'],
  similarity: ['modern'],
  beta: ['modern'],
  steps: ['modern', 'sequence'],
  nothing: ['modern'],
  hold: ['sequence'],
  strength: ['sequence'],
  cyclic: ['sequence'],
  luminance: [...SIGNS, 'sequence'],
  clamp: SIGNS,
  update: SIGNS,
  temperature: SIGNS,
  maxSweeps: SIGNS,
};

/** @throws Failure when an option is given that the model does not have */
export function checkModelOptions(options: object, model: ModelName): void {
  for (const [key, owners] of Object.entries(OWNERS)) {
    const given = (options as Record<string, unknown>)[key] !== undefined;
    if (!given || owners.includes(model)) continue;
    throw new Failure(`${flag(key)} belongs to --model ${either(owners)}, not ${model}`);
  }
}

/** A fresh memory of signs, with nothing stored. */
export function makeNetwork(
  neurons: number,
  options: ModelFlags,
  patterns: readonly Int8Array[],
): SignMemory {
  const { model, backend = 'auto', separation, dimension } = options;
  switch (model) {
    case 'dense':
      return new DenseAssociativeMemory(neurons, {
        separation: separation && chosen(separation, DENSE, 'dense'),
        backend,
      });
    case 'simplicial':
      return new SimplicialHopfieldNetwork(neurons, {
        dimension,
        exponential: options.exponential,
        backend,
      });
    default:
      return new HopfieldNetwork(neurons, { rule: ruleFrom(options, patterns), backend });
  }
}

const DENSE = {
  polynomial: (degree = 3) => polynomial(degree),
  'rectified-polynomial': (degree = 3) => rectifiedPolynomial(degree),
  exponential: (beta = 1) => exponential(beta),
};

const MODERN = {
  softmax: plain('softmax'),
  sparsemax: plain('sparsemax'),
  entmax: plain('entmax'),
  'top-k': (k = 5): ModernSeparation => ({ name: 'top-k', k }),
  'log-sum-relu': (radius?: number): ModernSeparation => {
    if (radius !== undefined) return { name: 'log-sum-relu', radius };
    throw new Failure('--separation log-sum-relu needs a radius, such as log-sum-relu:10');
  },
};

/**
 * A sequence memory, with nothing stored. Pictures are much alike, most of each is paper: steep f, unless another is asked
 * for, lets the right one alone call.
 */
export function makeSequenceMemory(
  neurons: number,
  { separation = { name: 'exponential' }, hold, strength, backend = 'auto' }: ModelFlags,
): SequenceMemory {
  const { name, parameter = hold === undefined ? undefined : SLOW[name] } = separation;
  return new SequenceMemory(neurons, {
    separation: chosen({ name, parameter }, SEQUENCE, 'sequence'),
    hold,
    strength,
    backend,
  });
}

const SEQUENCE: Readonly<Record<string, (parameter?: number) => SequenceSeparation>> = {
  linear: plain('linear'),
  polynomial: (degree = 3) => polynomial(degree),
  exponential: (beta = 1) => exponential(beta),
};

/** Parameters of slow sequences: their overlaps are at most 1 (Chaudhry et al. 2023). */
const SLOW: Readonly<Record<string, number>> = { exponential: 20 };

function plain<Name extends string>(name: Name): (parameter?: number) => Name {
  return (parameter) => {
    if (parameter === undefined) return name;
    throw new Failure(`--separation ${name}:${parameter}: ${name} has no parameter`);
  };
}

export function modernSeparation(given: SeparationFlag): ModernSeparation {
  return chosen(given, MODERN, 'modern');
}

/** All names of separations, for the help. */
export const SEPARATIONS = {
  dense: Object.keys(DENSE),
  modern: Object.keys(MODERN),
  sequence: Object.keys(SEQUENCE),
};

function chosen<T>(
  { name, parameter }: SeparationFlag,
  table: Readonly<Record<string, (parameter?: number) => T>>,
  model: ModelName,
): T {
  if (!Object.hasOwn(table, name)) {
    const names = either(Object.keys(table));
    throw new Failure(`--separation ${name}: expected ${names} for --model ${model}`);
  }
  return table[name](parameter);
}

/** What a memory is, for the first line of a report. */
export function describeNetwork(network: SignMemory): string {
  if (network instanceof HopfieldNetwork) return `${network.rule.name} rule`;
  if (network instanceof DenseAssociativeMemory) {
    return `${MODELS.dense}, ${parametersText(network.separation)}`;
  }
  const { dimension, exponential } = network;
  const beta = exponential === undefined ? '' : `, exponential with β = ${exponential}`;
  return `${MODELS.simplicial} of dimension ${dimension}${beta}`;
}

export function parametersText(separation: object | string): string {
  const { name, ...rest } =
    typeof separation === 'string' ? { name: separation } : (separation as { name: string });
  const parameters = Object.entries(rest).map(([key, value]) => `${key} ${value}`);
  return [`${name} separation`, ...parameters].join(' of ');
}

/** The same for programs. */
export function networkFacts(network: SignMemory): Record<string, unknown> {
  const { neurons, patternCount, backend } = network;
  if (network instanceof HopfieldNetwork) {
    return {
      model: 'classical',
      neurons,
      patterns: patternCount,
      rule: network.rule,
      units: network.units,
      representation: network.representation,
      backend,
      capacity: network.capacity ?? null,
      learning: network.learning ?? null,
    };
  }
  const facts = { neurons, patterns: patternCount, backend };
  if (network instanceof DenseAssociativeMemory) {
    return { model: 'dense', ...facts, separation: network.separation };
  }
  const { dimension, exponential: beta } = network;
  return { model: 'simplicial', ...facts, dimension, exponential: beta ?? null };
}
