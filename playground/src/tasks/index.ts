/** What workers can do for panels: functions of plain data. A line here, a file beside it. */
import { attend } from './attend.ts';
import { cliff } from './cliff.ts';
import { open, save } from './file.ts';
import { film } from './film.ts';
import { heat } from './heat.ts';
import { load } from './load.ts';
import { look } from './look.ts';
import { map } from './map.ts';
import { million } from './million.ts';
import { puzzle } from './puzzle.ts';
import { slice } from './slice.ts';
import { speed } from './speed.ts';
import { tour } from './tour.ts';
import { trace } from './trace.ts';

export const TASKS = {
  trace,
  look,
  load,
  save,
  open,
  heat,
  cliff,
  slice,
  attend,
  film,
  tour,
  puzzle,
  map,
  million,
  speed,
};

export type TaskName = keyof typeof TASKS;
export type Argument<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
export type Result<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;
