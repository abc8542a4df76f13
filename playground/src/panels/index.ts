/** The panels, in the order of the page. */
import type { Panel } from '../panel.ts';
import { compare } from './compare.tsx';
import { cue } from './cue.tsx';
import { lessons } from './lessons.tsx';
import { memory } from './memory.tsx';
import { recall } from './recall.tsx';
import { take } from './take.tsx';
import { watch } from './watch.tsx';

export const PANELS: readonly Panel[] = [recall, cue, memory, watch, compare, lessons, take];
