/** Recall of rows that are apart: in other workers, in a file. What one memory gives, bit for bit. */
import { checkOptions, describe } from '../../checks.ts';
import type { Label } from '../../patterns/labels.ts';
import { enterLabel } from '../recall-many.ts';
import { NOTHING, type Attended, type Read } from './attended.ts';
import { foldBlocks, type BlockSums } from './blocks.ts';
import type { Reading } from './candidates.ts';
import { checkEnergy, energyOf } from './energy.ts';
import { scoreOfNothing } from './nothing.ts';
import { planRetrieval, type ModernPlan, type ModernRecallOptions } from './options.ts';
import { distance, type End } from './recall.ts';
import type { ModernManyResult, ModernResult } from './results.ts';
import { checkNorm } from './similarity.ts';
import { takeVector, takeVectors, writeNumbers, type Vector, type Vectors } from './vectors.ts';

/** Options of a recall of rows that are apart. */
export type ApartRecallOptions = Pick<
  ModernRecallOptions,
  'steps' | 'tolerance' | 'energy' | 'error'
>;

/** Where rows are. */
export interface Rowsource {
  readonly plan: ModernPlan;
  readonly valueDimension: number | undefined;
  /** How many vectors there are, and M, the largest norm. */
  readonly count: number;
  readonly largestNorm: number;
  /** How many queries may be asked at once; at most 64 in any case. */
  readonly batch?: number;
  /** Whether there are codes. */
  readonly codes?: boolean;
  /** The sums of all blocks for each query, judged by the final maximum; `reading` where there are codes. */
  sums(
    queries: readonly Float32Array[],
    reading?: Reading,
  ): Promise<readonly (readonly BlockSums[])[]>;
  label(index: number): Label | undefined | Promise<Label | undefined>;
}

/** What one update makes of a query. */
export type Update = Pick<End, 'state' | 'value' | 'attended'>;

/** Queries at a time. */
const MOST_QUERIES = 64;

/** @throws TypeError for options that need all rows at hand */
function planApart(options: ApartRecallOptions, { plan, codes }: Rowsource) {
  checkOptions(options, 'recall options', ['steps', 'tolerance', 'energy', 'error']);
  const retrieval = planRetrieval(options, plan, codes);
  checkEnergy(plan, retrieval.energy);
  return retrieval;
}

/** @throws TypeError for another separation than softmax */
export function checkSoftmax({ separation }: ModernPlan): void {
  if (separation === 'softmax') return;
  throw new TypeError(
    `the separation is ${describe(separation)}, expected 'softmax': no other is computed in parts`,
  );
}

/** Σ x² as `squaresF32` adds it up. */
export function squareOf(vector: Float32Array): number {
  const l = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < vector.length; k++) l[k & 7] += vector[k] * vector[k];
  return l[0] + l[4] + (l[2] + l[6]) + (l[1] + l[5] + (l[3] + l[7]));
}

/** A vector that was taken, in singles, its scores checked. @throws RangeError */
function singlesOf(source: Rowsource, vector: Vector, name: string): Float32Array {
  const { plan, largestNorm } = source;
  const singles = new Float32Array(plan.dimension);
  writeNumbers(singles, 0, vector, plan.dimension, name);
  checkNorm(plan, Math.sqrt(squareOf(singles)), largestNorm, name);
  return singles;
}

/** The update that sums of all blocks make; `largest` as `foldBlocks` has it. */
export function updateOf(
  plan: ModernPlan,
  sums: readonly BlockSums[],
  query: Float32Array,
  valueDimension: number | undefined,
): Update {
  const nothing = scoreOfNothing(plan);
  const largest = sums.reduce((most, sum) => Math.max(most, sum.largest), nothing);
  const pull = plan.similarity === 'euclidean' ? query : undefined;
  const { dimension } = plan;
  const folded = foldBlocks(sums, largest, nothing, pull, dimension, valueDimension ?? 0);
  const average = (totals: Float64Array) => Float32Array.from(totals, (sum) => sum / folded.z);
  const value = valueDimension === undefined ? undefined : average(folded.value);
  return { state: average(folded.state), value, attended: folded.attended };
}

async function update(
  source: Rowsource,
  queries: readonly Float32Array[],
  error?: number,
): Promise<Update[]> {
  const reading: Reading | undefined = error === undefined ? undefined : { error, reads: [] };
  const whole: Read = { rows: source.count, bound: 0 };
  const told = (attended: Attended, b: number): Attended =>
    reading ? { ...attended, read: reading.reads[b] ?? whole } : attended;
  if (source.count === 0) {
    const attended = told(NOTHING, 0);
    return queries.map((query) => ({ state: query.slice(), value: undefined, attended }));
  }
  const sums = await source.sums(queries, reading);
  return queries.map((query, b) => {
    const found = updateOf(source.plan, sums[b], query, source.valueDimension);
    return { ...found, attended: told(found.attended, b) };
  });
}

/** Where queries come to, in order. */
async function follow(
  source: Rowsource,
  queries: readonly Float32Array[],
  plan: { steps: number; tolerance: number; error: number | undefined },
): Promise<Omit<End, 'query'>[]> {
  const reach = plan.tolerance * source.largestNorm;
  const ends: Omit<End, 'query'>[] = [];
  let moving = queries.map((query, k) => ({ k, query }));
  for (let steps = 1; moving.length > 0; steps++) {
    const updates = await update(
      source,
      moving.map(({ query }) => query),
      plan.error,
    );
    moving = moving.filter((one, b) => {
      const { state } = updates[b];
      const converged = distance(one.query, 0, state, 0, state.length) <= reach;
      if (converged || steps === plan.steps) ends[one.k] = { ...updates[b], steps, converged };
      one.query = state;
      return ends[one.k] === undefined;
    });
  }
  return ends;
}

async function resultOf(source: Rowsource, end: Omit<End, 'query'>): Promise<ModernResult> {
  const { state, value, steps, converged, attended } = end;
  const { index, weight, entropy, nothing }: Attended = attended;
  const result: ModernResult = { state, value, steps, converged, match: undefined, entropy };
  if (index >= 0 && !(nothing > weight)) {
    const label = await source.label(index);
    result.match = label === undefined ? { index, weight } : { index, weight, label };
  }
  if (source.plan.nothing !== undefined) result.nothing = nothing;
  if (attended.read) result.read = { ...attended.read };
  return result;
}

/** Recalls `list`, vectors that were taken. @throws as `recallMany` of a network */
async function recallAll(
  source: Rowsource,
  list: readonly Vector[],
  options: ReturnType<typeof planApart>,
  name: (k: number) => string,
): Promise<ModernResult[]> {
  const results: ModernResult[] = [];
  const queries = list.map((vector, k) => singlesOf(source, vector, name(k)));
  if (options.energy && source.count === 0) throw new Error('nothing is stored');
  const batch = Math.max(1, Math.min(MOST_QUERIES, source.batch ?? MOST_QUERIES));
  for (let from = 0; from < queries.length; from += batch) {
    const ends = await follow(source, queries.slice(from, from + batch), options);
    // One after the other: a connection to a database has one question at a time.
    const found: ModernResult[] = [];
    for (const end of ends) found.push(await resultOf(source, end));
    if (options.energy) {
      const states = ends.map(({ state }) => state);
      for (const [b, { attended }] of (await update(source, states)).entries()) {
        const square = squareOf(states[b]);
        found[b].energy = energyOf(source, source.plan, attended.conjugate, square);
      }
    }
    results.push(...found);
  }
  return results;
}

/** What `recall` of one memory gives. */
export async function recallOneApart(
  source: Rowsource,
  query: Vector,
  options: ApartRecallOptions,
): Promise<ModernResult> {
  const plan = planApart(options, source);
  const given = takeVector(query, source.plan.dimension, 'query');
  return (await recallAll(source, [given], plan, () => 'query'))[0];
}

/** What `recallMany` of one memory gives. */
export async function recallManyApart(
  source: Rowsource,
  queries: Vectors,
  options: ApartRecallOptions,
): Promise<ModernManyResult> {
  const plan = planApart(options, source);
  const { dimension, nothing } = source.plan;
  const name = (k: number) => `query ${k}`;
  const list = takeVectors(queries, dimension, 'queries', name);
  const results = await recallAll(source, list, plan, name);
  const valueDimension = source.count > 0 ? source.valueDimension : undefined;
  const many: ModernManyResult = {
    states: flat(results.map(({ state }) => state)),
    values: valueDimension ? flat(results.map(({ value }) => value!)) : undefined,
    steps: Uint32Array.from(results, ({ steps }) => steps),
    converged: Uint8Array.from(results, ({ converged }) => Number(converged)),
    matches: {
      indices: Int32Array.from(results, ({ match }) => match?.index ?? -1),
      weights: Float64Array.from(results, ({ match }) => match?.weight ?? 0),
    },
    entropies: Float64Array.from(results, ({ entropy }) => entropy),
  };
  for (const [k, { match }] of results.entries()) enterLabel(many.matches, k, match?.label);
  if (nothing !== undefined) many.nothing = Float64Array.from(results, (one) => one.nothing!);
  if (plan.error !== undefined) {
    many.read = {
      rows: Uint32Array.from(results, ({ read }) => read!.rows),
      bounds: Float64Array.from(results, ({ read }) => read!.bound),
    };
  }
  if (plan.energy) many.energies = Float64Array.from(results, (one) => one.energy!);
  return many;
}

function flat(vectors: readonly Float32Array[]): Float32Array {
  const [{ length }] = vectors;
  const out = new Float32Array(vectors.length * length);
  for (const [k, vector] of vectors.entries()) out.set(vector, k * length);
  return out;
}
