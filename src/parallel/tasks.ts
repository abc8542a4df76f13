/** What workers can do: functions of plain data, by name. */
import { attendItem } from './attend-item.ts';
import type { Bench } from './bench.ts';
import { recallItem } from './recall-item.ts';
import { searchItem } from './search-item.ts';
import { trialItem } from './trial-item.ts';

const TASKS = { attend: attendItem, recallMany: recallItem, search: searchItem, trial: trialItem };

export type TaskName = keyof typeof TASKS;

/** Tasks whose results are nobody else's: their buffers go as they are. */
export const GIVEN_AWAY: ReadonlySet<TaskName> = new Set<TaskName>([
  'attend',
  'recallMany',
  'search',
]);

export function runTask(name: TaskName, data: unknown, bench: Bench): unknown {
  return (TASKS[name] as (data: unknown, bench: Bench) => unknown)(data, bench);
}
