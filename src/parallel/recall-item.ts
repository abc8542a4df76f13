/** Recalls of a part of the cues of one call. */
import type { Bench } from './bench.ts';

export interface RecallItem {
  readonly model: number;
  /** The cues, one after the other in a typed array, or each by itself. */
  readonly cues: ArrayLike<number> | readonly ArrayLike<unknown>[];
  readonly count: number;
  /** Which of all cues the first of these is. */
  readonly first: number;
  readonly options: object;
}

interface Recalling {
  /** `into`: where states of bytes are to come, which may be where the cues are. */
  recallMany?(cues: unknown, options: object, into?: Int8Array): unknown;
  recall(cue: unknown, options: object): unknown;
}

/** What `recallMany` gives for these cues; of models that have none, a list of what `recall` gives for each: of sequences, their steps. */
export function recallItem({ model, cues, count, first, options }: RecallItem, bench: Bench) {
  const network = bench.model(model) as Recalling;
  try {
    // Fresh memory costs more than the states that are written into it.
    const into = cues instanceof Int8Array ? cues : undefined;
    if (network.recallMany) return network.recallMany(cues, options, into);
  } catch (error) {
    throw renumbered(error, first);
  }
  return splitCues(cues, count).map((cue) => {
    const found = network.recall(cue, options);
    return isIterable(found) ? [...found] : found;
  });
}

function isIterable(found: unknown): found is Iterable<unknown> {
  return typeof (found as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

function splitCues(cues: RecallItem['cues'], count: number): ArrayLike<unknown>[] {
  if (!ArrayBuffer.isView(cues)) return cues as ArrayLike<unknown>[];
  const flat = cues as unknown as Float64Array;
  const size = flat.length / count;
  return Array.from({ length: count }, (_, k) => flat.subarray(k * size, (k + 1) * size));
}

/** The error, with the number that the cue has among all. */
function renumbered(error: unknown, first: number): unknown {
  if (error instanceof Error) {
    error.message = error.message.replace(
      /^(cue|query) (\d+)/,
      (_, what: string, k: string) => `${what} ${Number(k) + first}`,
    );
  }
  return error;
}
