/** Simplicial layers: cases, and a second time from the formulas in doubles, pair by pair. */
import { Random, SimplicialAssociation } from '../../src/layers/index.ts';
import type { SimplicialAssociationOptions } from '../../src/layers/index.ts';
import type { Backend } from '../../src/kernels/open.ts';
import {
  inputsOf,
  normal,
  variablesOf,
  type Inputs,
  type Layer,
  type MASKS,
} from './attention-cases.ts';
import {
  maskOf,
  normalised,
  projected,
  sampleOf,
  type Matrix,
  type Variables,
} from './attention-oracle.ts';

export interface PairsCase {
  seed: number;
  batch: number;
  states: number;
  stored: number;
  values: boolean;
  mask: (typeof MASKS)[number];
  storedMask: boolean;
  options: SimplicialAssociationOptions & { storedSize: number; valuesSize: number };
}

export interface PairsLayer {
  module: SimplicialAssociation;
  inputs: Inputs;
}

/** The layer and inputs of a case; every parameter is moved away from its starting value. */
export function buildPairs(setup: PairsCase, backend: Backend = 'auto'): PairsLayer {
  const module = new SimplicialAssociation({ ...setup.options, seed: setup.seed, backend });
  const random = new Random(setup.seed, 1);
  for (const { data, shape } of Object.values(module.parameters())) {
    const { data: noise } = normal(random, shape, 0.3);
    for (let k = 0; k < data.length; k++) data[k] += noise[k];
  }
  return { module, inputs: inputsOf(setup as never) };
}

/** Inputs and parameters as the oracle wants them. */
export function pairVariables(layer: PairsLayer): Variables {
  return variablesOf(layer as unknown as Layer);
}

/** [batch, states, outputSize], flat, and the weights [batch, heads, states, stored, stored]. */
export function associatePairs(
  variables: Variables,
  { batch, options }: PairsCase,
  { heads, headSize }: SimplicialAssociation,
): { output: number[]; weights: number[] } {
  const { updateSteps = 1, window, layerNorm, beta = 1 / Math.sqrt(headSize) } = options;
  const output: number[] = [];
  const weights: number[] = [];
  for (let b = 0; b < batch; b++) {
    const way = (name: string, from: string) => {
      const rows = sampleOf(variables[from] ?? variables.stored, b);
      return projected(variables, name, normalised(variables, name, rows, layerNorm === 'plain'));
    };
    const Q = way('state', 'state');
    const [K, L] = [way('stored', 'stored'), way('partners', 'stored')];
    const [V, U] = [way('values', 'values'), way('partnerValues', 'values')];
    const gathered: Matrix = Q.map(() => []);
    for (let head = 0; head < heads; head++) {
      const part = (X: Matrix) => X.map((row) => row.slice(head * headSize, (head + 1) * headSize));
      const [k, l, v, u] = [K, L, V, U].map(part);
      const M = maskOf(variables, b, head, Q.length, K.length);
      const ofHead = Array.isArray(beta) ? beta[head] : (beta as number);
      const blank = variables.blank ? ofHead * variables.blank.values[head] : -Infinity;
      const windows = Array.isArray(window) ? window : [window, window];
      let q = part(Q);
      const associated = (values: Matrix, partners: Matrix) =>
        q.map((state, i) => {
          const sees = (j: number, size?: number) => size === undefined || (j <= i && j > i - size);
          const t = k.flatMap((member, j) =>
            l.map((partner, p) => {
              if (!sees(j, windows[0]) || !sees(p, windows[1])) return -Infinity;
              const score = state.reduce((sum, x, d) => sum + x * member[d] * partner[d], 0);
              return ofHead * score + M[i][j] + M[i][p];
            }),
          );
          const largest = Math.max(blank, ...t);
          const e = t.map((x) => (x === -Infinity ? 0 : Math.exp(x - largest)));
          const rest = blank === -Infinity ? 0 : Math.exp(blank - largest);
          const sum = e.reduce((a, x) => a + x, rest);
          const A = e.map((x) => (sum === 0 ? 0 : x / sum));
          const out = state.map((_, d) =>
            A.reduce((total, a, n) => {
              const [j, p] = [Math.floor(n / l.length), n % l.length];
              return total + a * values[j][d] * partners[p][d];
            }, 0),
          );
          return { A, out };
        });
      for (let t = 1; t < updateSteps; t++) q = associated(k, l).map(({ out }) => out);
      for (const [i, { A, out }] of associated(v, u).entries()) {
        gathered[i].push(...out);
        weights.push(...A);
      }
    }
    output.push(...projected(variables, 'output', gathered).flat());
  }
  return { output, weights };
}

const PLAIN: PairsCase = {
  seed: 1,
  batch: 2,
  states: 3,
  stored: 4,
  values: false,
  mask: 'none',
  storedMask: false,
  options: { stateSize: 6, storedSize: 6, valuesSize: 6, heads: 2 },
};

function like(
  changes: Partial<Omit<PairsCase, 'options'>>,
  options: Partial<PairsCase['options']> = {},
): PairsCase {
  return { ...PLAIN, ...changes, options: { ...PLAIN.options, ...options } };
}

/** One for each option and each mask. */
export const PAIRS: Readonly<Record<string, PairsCase>> = {
  plain: PLAIN,
  'sizes that differ': like(
    { values: true },
    { storedSize: 5, valuesSize: 4, headSize: 3, heads: 3, outputSize: 7 },
  ),
  'a β for each head': like({ values: true }, { beta: [0.3, 2] }),
  'a blank pair': like({}, { blank: 0.4 }),
  'three updates': like({ values: true }, { updateSteps: 3 }),
  'three updates with a blank pair': like({}, { updateSteps: 3, blank: 0.2, beta: [0.5, 1] }),
  'LayerNorm of all': like({ values: true }, { layerNorm: true }),
  'plain LayerNorm': like({}, { layerNorm: 'plain' }),
  'no bias': like({}, { bias: false }),
  'no projections': like({}, { projections: false, updateSteps: 2 }),
  'no projections but of partners': like(
    {},
    {
      projections: {
        state: false,
        stored: false,
        values: false,
        partnerValues: false,
        output: false,
      },
    },
  ),
  'a window': like({ states: 5, stored: 5 }, { window: 2, updateSteps: 2 }),
  'two windows': like({ states: 5, stored: 5 }, { window: [3, 1], blank: 0 }),
  'everything before': like({ states: 4, stored: 4 }, { window: Infinity }),
  'a boolean mask': like({ mask: 'boolean' }),
  'numbers as masks': like({ mask: 'numbers3' }, { updateSteps: 2 }),
  'a mask for each head and one of stored patterns': like({ mask: 'heads', storedMask: true }),
  'a state that sees nothing': like({ mask: 'hidden' }, { updateSteps: 2 }),
  'a state that sees nothing but the blank pair': like({ mask: 'hidden' }, { blank: 1 }),
};
