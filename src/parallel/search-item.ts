/** One run of a search, or those that are made side by side. */
import { prepareAnneal } from '../optimise/anneal.ts';
import { prepareDescend } from '../optimise/descend.ts';
import { prepareExact } from '../optimise/exact.ts';
import { prepareLocalSearch } from '../optimise/local-search.ts';
import { prepareMeanField } from '../optimise/mean-field.ts';
import type { SearchProgress } from '../optimise/options.ts';
import { preparePotts } from '../optimise/potts.ts';
import {
  openInTime,
  searchGroup,
  type PreparedSearch,
  type Search,
  type SearchRun,
} from '../optimise/search.ts';
import type { Bench } from './bench.ts';

export interface SearchItem {
  readonly model: number;
  readonly solver: SearchName;
  /** Without functions. */
  readonly options: object;
  /** Number of the run, or of the group of them. */
  readonly group: number;
  /** Seconds that are left. */
  readonly time: number;
}

type Prepare = (model: never, options: object) => unknown;

/** How the searches of the solvers begin. */
const SEARCHES = {
  anneal: prepareAnneal,
  descend: prepareDescend,
  exact: (model, options): unknown => prepareExact(model, options, true),
  localSearch: prepareLocalSearch,
  meanField: prepareMeanField,
  potts: preparePotts,
} satisfies Record<string, Prepare>;

export type SearchName = keyof typeof SEARCHES;

export function prepareSearch(name: SearchName, model: unknown, options: object) {
  const prepare = SEARCHES[name] as (model: unknown, options: object) => PreparedSearch<unknown>;
  return prepare(model, options);
}

export async function searchItem(
  { model, solver, options, group, time }: SearchItem,
  bench: Bench,
): Promise<SearchRun<unknown>[]> {
  const held = bench.once(
    () => new Held(prepareSearch(solver, bench.model(model), options)),
    (made) => made.dispose(),
  );
  const { signal } = bench;
  const onProgress = (progress: SearchProgress) => bench.report(progress);
  const asked = performance.now();
  return held.make({ ...held.plan, asked, time, signal, onProgress }, group);
}

/** What a search works with, kept between its groups of runs. */
class Held {
  readonly plan: PreparedSearch<unknown>['plan'];
  readonly #prepared: PreparedSearch<unknown>;
  #work: Search<unknown> | undefined;

  constructor(prepared: PreparedSearch<unknown>) {
    this.#prepared = prepared;
    this.plan = prepared.plan;
  }

  async make(plan: PreparedSearch<unknown>['plan'], group: number): Promise<SearchRun<unknown>[]> {
    const { open, anyState } = this.#prepared;
    const work = this.#work ?? (await openInTime(open(), plan));
    if (typeof work === 'object') return searchGroup((this.#work = work), plan, group);
    // A run that had no time to begin: there is nothing worse.
    const state = plan.start ?? anyState(plan.seed);
    return [{ state, energy: Infinity, sweeps: 0, complete: false }];
  }

  dispose(): void {
    this.#work?.dispose();
  }
}
