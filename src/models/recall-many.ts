/** Collects the results of many recalls in typed arrays. */
import type { Run } from '../dynamics/run.ts';
import type { Label } from '../patterns/labels.ts';
import type { Followed } from './follow.ts';
import type { Match } from './match.ts';
import type { RecallPlan } from '../dynamics/options.ts';
import type { RecallManyResult } from './results.ts';

export class RecallMany {
  readonly result: RecallManyResult;
  readonly #neurons: number;

  /** Room for `count` recalls; their seeds count up from the plan's. */
  constructor(
    count: number,
    neurons: number,
    { seed, top }: RecallPlan,
    states = new Int8Array(count * neurons),
  ) {
    this.#neurons = neurons;
    this.result = {
      states,
      energies: new Float64Array(count),
      converged: new Uint8Array(count),
      periods: new Uint32Array(count),
      sweeps: new Uint32Array(count),
      flips: new Uint32Array(count),
      seeds: new Uint32Array(count).map((_, k) => seed + k),
      matches: {
        indices: new Int32Array(count).fill(-1),
        overlaps: new Float64Array(count),
        correlations: new Float64Array(count),
      },
    };
    if (top > 0) this.result.tops = [];
  }

  get seeds(): Uint32Array {
    return this.result.seeds;
  }

  /** Enters the end of run `k`. */
  enter(
    k: number,
    run: Run,
    { landscape, low }: Followed,
    match: Match | undefined,
    { top }: { top?: Match[] },
  ): void {
    const { result } = this;
    const start = k * this.#neurons;
    const end = start + this.#neurons;
    const { i8 } = landscape.machine.memory.views;
    result.states.set(i8.subarray(run.signs, run.signs + this.#neurons), start);
    if (low === 0)
      for (let i = start; i < end; i++) result.states[i] = result.states[i] > 0 ? 1 : 0;
    result.energies[k] = run.energy;
    result.converged[k] = Number(run.converged);
    result.periods[k] = run.period ?? 0;
    result.sweeps[k] = run.sweeps;
    result.flips[k] = run.flips;
    if (match) {
      result.matches.indices[k] = match.index;
      result.matches.overlaps[k] = match.overlap;
      result.matches.correlations[k] = match.correlation;
      enterLabel(result.matches, k, match.label);
    }
    if (top) result.tops!.push(top);
  }
}

/** Enters the label of match `k`; the list is there from the first label on. */
export function enterLabel(
  matches: { labels?: (Label | undefined)[]; indices: ArrayLike<number> },
  k: number,
  label: Label | undefined,
): void {
  if (label === undefined) return;
  matches.labels ??= Array.from({ length: matches.indices.length });
  matches.labels[k] = label;
}
