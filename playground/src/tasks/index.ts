/** What workers can do for panels: functions of plain data. A line here, a file beside it. */
import { open, save } from './file.ts';
import { load } from './load.ts';
import { look } from './look.ts';
import { trace } from './trace.ts';

export const TASKS = { trace, look, load, save, open };

export type TaskName = keyof typeof TASKS;
export type Argument<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
export type Result<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;
