/** One run of a search, or those that are made side by side. */
import { prepareAnneal } from '../optimise/anneal.ts';
import { prepareDescend } from '../optimise/descend.ts';
import { prepareLocalSearch } from '../optimise/local-search.ts';
import { prepareMeanField } from '../optimise/mean-field.ts';
import type { SearchProgress } from '../optimise/options.ts';
import { preparePotts } from '../optimise/potts.ts';
import { searchGroup, type PreparedSearch, type SearchRun } from '../optimise/search.ts';
import type { Bench } from './bench.ts';

export interface SearchItem {
  readonly model: number;
  readonly solver: SolverName;
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
  localSearch: prepareLocalSearch,
  meanField: prepareMeanField,
  potts: preparePotts,
} satisfies Record<string, Prepare>;

export type SolverName = keyof typeof SEARCHES;

export function prepareSearch(name: SolverName, model: unknown, options: object) {
  const prepare = SEARCHES[name] as (model: unknown, options: object) => PreparedSearch<unknown>;
  return prepare(model, options);
}

export function searchItem(
  { model, solver, options, group, time }: SearchItem,
  bench: Bench,
): Promise<SearchRun<unknown>[]> {
  const { work, plan } = bench.once(
    () => prepareSearch(solver, bench.model(model), options),
    (prepared) => prepared.work.dispose(),
  );
  const { signal } = bench;
  const onProgress = (progress: SearchProgress) => bench.report(progress);
  const asked = performance.now();
  return searchGroup(work, { ...plan, asked, time, signal, onProgress }, group);
}
