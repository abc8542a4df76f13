/** All that a recall command did: what its reports, for people and for programs, are made of. */

import type { HopfieldNetwork } from '../index.ts';
import type { Library } from './library.ts';
import type { Trial } from './trial.ts';
import type { Cover, Heat } from './values.ts';

export interface Outcome {
  network: HopfieldNetwork;
  stored: Library;
  shape: Library['shape'];
  /** Where the cues are from, and whether they are ready-made, not disturbed patterns. */
  cues: { source: string; ready: boolean };
  /** Percentage of neurons flipped, and the part that was covered. */
  noise: number;
  cover: Cover | undefined;
  /** Whether what is not covered was held fixed. */
  clamp: boolean;
  update: 'asynchronous' | 'synchronous' | 'stochastic';
  heat: Heat | undefined;
  seed: number;
  repeat: number;
  trials: Trial[];
  warnings: string[];
}
