/** Progress bars on stderr, where somebody looks at it and the cursor can be moved. */

import { SingleBar } from 'cli-progress';
import { movesCursor, type Terminal } from './terminal.ts';

/**
 * Starts a bar and returns what to call with the work done so far, and what else there is to say; the bar goes away at
 * the end.
 */
export type Progress = (
  title: string,
  unit: string,
) => ((done: number, of: number, note?: string) => void) | undefined;

export const silent: Progress = () => undefined;

const LONGEST_BAR = 40;
const SHORTEST_BAR = 4;

/** One line, shorter than `columns`: what does not fit is the bar first, then the end. */
export function progressLine(title: string, words: string, share: number, columns: number): string {
  const room = Math.min(LONGEST_BAR, columns - title.length - words.length - 3);
  if (room < SHORTEST_BAR) return `${title} ${words}`.slice(0, columns - 1);
  const full = Math.round(share * room);
  return `${title} ${'█'.repeat(full)}${'░'.repeat(room - full)} ${words}`;
}

export function progressBars({ stderr, env }: Terminal): Progress {
  if (!movesCursor(stderr, env)) return silent;
  return (title, unit) => {
    let words = '';
    const bar = new SingleBar({
      format: (_, { progress }) => progressLine(title, words, progress, stderr.columns ?? 80),
      clearOnComplete: true,
      // The line always fits, and a program that is killed leaves nothing behind that it would have to restore.
      hideCursor: false,
      linewrap: true,
      // Signals end the program, or the search, not the bar alone.
      gracefulExit: false,
      stream: stderr as NodeJS.WritableStream,
    });
    let running = false;
    return (done, of, note = '') => {
      words = `${Math.floor(done)} of ${of} ${unit}${note}`;
      if (!running) bar.start(of, 0);
      running = done < of;
      bar.update(done);
      if (!running) bar.stop();
    };
  };
}
