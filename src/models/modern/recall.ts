/** Follows queries, a batch at a time, from update to update until they rest; the quiet ones leave the batch. */
import type { Address } from '../../numbers.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Batch, Attended } from './attended.ts';
import type { Retrieval } from './retrieval.ts';
import type { RetrievalPlan } from './options.ts';
import type { Rows } from './rows.ts';
import type { Stored } from './stored.ts';

/** What recall works on. */
export interface RecallSetting {
  readonly machine: Machine<ModernGroup>;
  readonly stored: Stored;
  readonly retrieval: Retrieval;
}

/** Where a query came to. */
export interface End {
  readonly state: Float32Array;
  /** The average of the values with the weights of the last update. */
  readonly value: Float32Array | undefined;
  readonly steps: number;
  readonly converged: boolean;
  readonly attended: Attended;
  /** Address of the query of the last update, for as long as it is being reported. */
  readonly query: Address;
}

/**
 * @param count - how many queries
 * @param read - writes query k to the address it is given
 * @param finish - is told where query k came to; may move memory
 */
export function followAll(
  setting: RecallSetting,
  count: number,
  plan: RetrievalPlan,
  read: (k: number, address: number) => void,
  finish: (k: number, end: End) => void,
): void {
  const { machine, stored, retrieval } = setting;
  const row = stored.vectors.width * 4;
  const { batch: most, values } = retrieval;
  for (let from = 0; from < count; from += most) {
    const size = Math.min(most, count - from);
    machine.memory.scope((take) => {
      const batch = {
        queries: take(size * row),
        states: take(size * row),
        readouts: values ? take(size * values.width * 4) : 0,
      };
      for (let b = 0; b < size; b++) read(from + b, batch.queries + b * row);
      const ids = Array.from({ length: size }, (_, b) => from + b);
      follow(setting, batch, ids, plan, finish);
    });
  }
}

function follow(
  { machine, stored, retrieval }: RecallSetting,
  batch: Batch,
  ids: number[],
  plan: RetrievalPlan,
  finish: (k: number, end: End) => void,
): void {
  const { dimension, width } = stored.vectors;
  const reach = plan.tolerance * retrieval.members.largestNorm;
  for (let steps = 1; ids.length > 0; steps++) {
    const updated = retrieval.update(batch, ids.length, plan.error);
    let moving = 0;
    for (const [b, attended] of updated.entries()) {
      const { f32 } = machine.memory.views;
      const state = (batch.states >>> 2) + b * width;
      const query = (batch.queries >>> 2) + b * width;
      const converged = distance(f32, query, f32, state, dimension) <= reach;
      if (converged || steps === plan.steps) {
        const copy = f32.slice(state, state + dimension);
        const value = valueAt(f32, batch.readouts, b, retrieval.values);
        finish(ids[b], { state: copy, value, steps, converged, attended, query: query * 4 });
      } else {
        f32.copyWithin((batch.queries >>> 2) + moving * width, state, state + width);
        ids[moving++] = ids[b];
      }
    }
    ids.length = moving;
  }
}

function valueAt(f32: Float32Array, readouts: number, b: number, values: Rows | undefined) {
  if (!values) return undefined;
  const from = (readouts >>> 2) + b * values.width;
  return f32.slice(from, from + values.dimension);
}

export function distance(
  x: Float32Array,
  a: number,
  y: Float32Array,
  b: number,
  count: number,
): number {
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const difference = x[a + k] - y[b + k];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
