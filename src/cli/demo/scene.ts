/** A cue and several networks that recall it, on a terminal as a moving picture. */

import type { HopfieldNetwork } from '../../index.ts';
import { hammingDistance, overlapOf } from '../score.ts';
import { coloursFor, movesCursor, type Terminal } from '../terminal.ts';
import { gallery, WIDTH } from './view.ts';

export interface TrainedMemory {
  title: string;
  network: HopfieldNetwork;
}

/** Pictures of a recall, and milliseconds from one to the next. */
const FRAMES = 40;
const PAUSE = 40;

/** Writes the last picture; before it, on a terminal that has room for it, the way there. */
export async function showRecalls(
  cue: Int8Array,
  right: Int8Array,
  memories: readonly TrainedMemory[],
  { columns, seed, terminal }: { columns: number; seed: number; terminal: Terminal },
): Promise<void> {
  const { stdout, env } = terminal;
  const colours = coloursFor(stdout, env);
  const paths = memories.map(({ network }) =>
    Array.from(network.trajectory(cue, { seed, every: 'flip' }), ({ state }) => state),
  );
  const draw = (share: number): string[] => {
    const states = paths.map((path) => path[Math.round(share * (path.length - 1))]);
    const titles = ['cue', ...memories.map(({ title }) => title)];
    const exhibits = [cue, ...states].map((state, k) => {
      const overlap = overlapOf(hammingDistance(state, right), right.length);
      return { title: titles[k], overlap, state };
    });
    return gallery(exhibits, columns, colours);
  };
  const last = draw(1);
  const { columns: width = 0, rows: height = 0 } = stdout;
  if (movesCursor(stdout, env) && width > WIDTH && height > last.length) {
    for (let frame = 0; frame < FRAMES; frame++) {
      const lines = draw(frame / FRAMES);
      stdout.write(`${lines.join('\u001b[K\n')}\u001b[K\n`);
      await new Promise((resume) => setTimeout(resume, PAUSE));
      stdout.write(`\u001b[${lines.length}A`);
    }
    stdout.write('\u001b[J');
  }
  stdout.write(`${last.join('\n')}\n`);
}
