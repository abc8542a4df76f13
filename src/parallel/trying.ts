/** Trials of an experiment as parcels, and their results as they come. */
import { loadTrial, runTrial, type TrialTask, type Work } from '../experiments/executor.ts';
import type { Plain } from '../experiments/plain.ts';
import type { StopSignal } from '../pacing.ts';
import type { DealOptions } from './deal.ts';
import type { TrialItem } from './trial-item.ts';

/** Why trials cannot go to workers; undefined when they can. */
export function trialsHere({ builtIn, trial }: Work): string | undefined {
  if (builtIn !== undefined || typeof trial !== 'function') return undefined;
  return 'the trial is a function, which runs on the thread it is of; { module, export } could go to workers';
}

/** Trials by number. */
export class SharedTrials {
  readonly deal: DealOptions<unknown>;
  readonly #found: { index: number; result: Plain }[] = [];
  #wake = () => {};
  #over = false;

  constructor(work: Work, tasks: readonly TrialTask[], signal: StopSignal | undefined) {
    const { builtIn, trial } = work;
    const there = typeof trial === 'function' ? builtIn! : trial;
    this.deal = {
      count: tasks.length,
      signal,
      item: (index) => ({ data: { ...tasks[index], trial: there } satisfies TrialItem }),
      local: async (task: TrialTask, bench) =>
        runTrial(await bench.once(() => loadTrial(trial)), task),
      onResult: (result, index) => {
        this.#found.push({ index, result: result as Plain });
        this.#wake();
      },
    };
  }

  /** Results until all is over. @throws what `outcome` does, after what was found before */
  async *results(outcome: Promise<unknown>): AsyncGenerator<{ index: number; result: Plain }> {
    const end = () => {
      this.#over = true;
      this.#wake();
    };
    outcome.then(end, end);
    for (;;) {
      while (this.#found.length > 0) yield this.#found.shift()!;
      if (this.#over) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    await outcome;
  }
}
