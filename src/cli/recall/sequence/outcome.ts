/** All that a replay of sequences did. */

import type { SequenceMemory } from '../../../index.ts';
import type { RecallOutcome } from '../outcome.ts';
import type { Replay } from './replay.ts';

/** What its reports, for people and for programs, are made of. */
export interface SequenceOutcome extends Pick<
  RecallOutcome,
  'stored' | 'shape' | 'cues' | 'noise' | 'cover' | 'clamp' | 'seed' | 'repeat' | 'warnings'
> {
  memory: SequenceMemory;
  steps: number;
  replays: Replay[];
}
