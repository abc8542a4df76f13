/** The panels, in the order of the page. */
import type { Panel } from '../panel.ts';
import { attend } from './attend.tsx';
import { cliff } from './cliff.tsx';
import { compare } from './compare.tsx';
import { cue } from './cue.tsx';
import { film } from './film.tsx';
import { heat } from './heat.tsx';
import { lessons } from './lessons.tsx';
import { map } from './map.tsx';
import { memory } from './memory.tsx';
import { million } from './million.tsx';
import { puzzle } from './puzzle.tsx';
import { recall } from './recall.tsx';
import { slice } from './slice.tsx';
import { speed } from './speed.tsx';
import { take } from './take.tsx';
import { tour } from './tour.tsx';
import { watch } from './watch.tsx';

export const PANELS: readonly Panel[] = [
  recall,
  cue,
  memory,
  watch,
  compare,
  slice,
  heat,
  cliff,
  attend,
  film,
  speed,
  puzzle,
  map,
  tour,
  million,
  lessons,
  take,
];
