/** Progress bars on stderr, where somebody looks at it. */

import { SingleBar } from 'cli-progress';

/**
 * Starts a bar and returns what to call with the work done so far, and what else there is to say; the bar goes away at
 * the end.
 */
export type Progress = (
  title: string,
  unit: string,
) => ((done: number, of: number, note?: string) => void) | undefined;

export const silent: Progress = () => undefined;

export const bars: Progress = (title, unit) => {
  if (!process.stderr.isTTY) return undefined;
  const format = `${title} {bar} {shown} of {total} ${unit}{note}`;
  const bar = new SingleBar({
    format,
    barsize: 40,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  let running = false;
  return (done, of, note = '') => {
    if (!running) bar.start(of, 0, { shown: 0, note });
    running = done < of;
    bar.update(done, { shown: Math.floor(done), note });
    if (!running) bar.stop();
  };
};
