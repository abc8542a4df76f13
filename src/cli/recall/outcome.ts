/** All that a recall command did: what its reports, for people and for programs, are made of. */

import type { Cover } from '../disturb.ts';
import type { Library } from '../library.ts';
import type { SignMemory } from './models.ts';
import type { UpdateOrder } from './options.ts';
import type { Trial } from './trial.ts';
import type { Heat } from './values.ts';

export interface RecallOutcome {
  network: SignMemory;
  stored: Library;
  shape: Library['shape'];
  /** Where the cues are from, and whether they are ready-made, not disturbed patterns. */
  cues: { source: string; ready: boolean };
  /** Percentage of neurons flipped, and the part that was covered. */
  noise: number;
  cover: Cover | undefined;
  /** Whether what is not covered was held fixed. */
  clamp: boolean;
  update: UpdateOrder;
  heat: Heat | undefined;
  seed: number;
  repeat: number;
  trials: Trial[];
  warnings: string[];
}
