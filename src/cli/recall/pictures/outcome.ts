/** What the command did with pictures: what its reports are made of. */
import type { ModernHopfieldNetwork } from '../../../index.ts';
import type { Cover } from '../../disturb.ts';
import type { Gallery } from './gallery.ts';
import type { PictureTrial } from './trial.ts';

/** All that the command did. */
export interface PictureOutcome {
  network: ModernHopfieldNetwork;
  stored: Gallery;
  /** Where the cues are from, and whether they are ready-made, not damaged pictures. */
  cues: { source: string; ready: boolean };
  noise: number;
  cover: Cover | undefined;
  seed: number;
  repeat: number;
  trials: PictureTrial[];
  warnings: string[];
}
