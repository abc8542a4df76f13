/**
 * What workers can do: functions of plain data, by name. The same functions run on the caller's thread where there are no
 * workers, so both give the same bytes.
 */
import { prepareAnneal } from '../optimise/anneal.ts';
import { prepareDescend } from '../optimise/descend.ts';
import { prepareLocalSearch } from '../optimise/local-search.ts';
import { prepareMeanField } from '../optimise/mean-field.ts';
import type { SearchProgress } from '../optimise/options.ts';
import { preparePotts } from '../optimise/potts.ts';
import { searchRun, type PreparedSearch, type SearchRun } from '../optimise/search.ts';
import type { StopSignal } from '../pacing.ts';
import { recallItem, type RecallItem } from './recall-item.ts';

/** What a task has at hand. */
export interface Bench {
  /** The model that goes by this number. */
  model(key: number): unknown;
  /** What all items of a call share, made by the first that a worker gets of it. */
  once<T>(make: () => T, dispose?: (made: T) => void): T;
  /** Aborted when the item is to end with what it has. */
  readonly signal: StopSignal;
  report(progress: unknown): void;
}

/** One run of a search. */
export interface SearchItem {
  readonly model: number;
  readonly solver: SolverName;
  /** Without functions. */
  readonly options: object;
  readonly run: number;
  /** Seconds that are left. */
  readonly time: number;
}

type Prepare = (model: never, options: object) => unknown;

/** How the searches of the solvers begin. */
export const SEARCHES = {
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

function searchItem(
  { model, solver, options, run, time }: SearchItem,
  bench: Bench,
): Promise<SearchRun<unknown>> {
  const { work, plan } = bench.once(
    () => prepareSearch(solver, bench.model(model), options),
    (prepared) => prepared.work.dispose(),
  );
  const { signal } = bench;
  const onProgress = (progress: SearchProgress) => bench.report(progress);
  return searchRun(work, { ...plan, time, signal, onProgress }, run);
}

export interface Tasks {
  readonly recallMany: (item: RecallItem, bench: Bench) => unknown;
  readonly search: (item: SearchItem, bench: Bench) => Promise<SearchRun<unknown>>;
}

export type TaskName = keyof Tasks;

export type ItemOf<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type ResultOf<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

const TASKS: Tasks = { recallMany: recallItem, search: searchItem };

/** Tasks whose results are nobody else's: their buffers go as they are. */
export const GIVEN_AWAY: ReadonlySet<TaskName> = new Set<TaskName>(['recallMany', 'search']);

export function runTask(name: TaskName, data: unknown, bench: Bench): unknown {
  return (TASKS[name] as (data: unknown, bench: Bench) => unknown)(data, bench);
}
