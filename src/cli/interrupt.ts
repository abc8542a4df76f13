/** Ctrl-C ends the work, not the program; a second one ends that, too. */

import { EXIT, Failure } from './failure.ts';

/** What shells expect of a program that SIGINT ended. */
const INTERRUPTED = 130;

/**
 * Runs `work` with a signal that the first SIGINT aborts.
 *
 * @throws Failure with the message when the work throws what the signal gives
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  message: () => string,
): Promise<T> {
  const controller = new AbortController();
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted && error === controller.signal.reason) {
      throw new Failure(message(), EXIT.unfinished);
    }
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
