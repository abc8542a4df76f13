/** Whether codes are worth a look. */

/** Most batches that go by between two scans. */
const LONGEST_PAUSE = 31;

/**
 * When to scan codes: always, while that leaves few rows to be read; where it was for nothing, once in 2 batches, in 4 … in 32, as
 * memories and queries that are flat mostly stay so. Results do not depend on it.
 */
export class Scanning {
  #pause = 0;
  #left = 0;

  /** Whether the next batch is to be scanned for. */
  due(): boolean {
    if (this.#left === 0) return true;
    this.#left--;
    return false;
  }

  /** What came of a scan: whether it spared anything. */
  told(spared: boolean): void {
    this.#pause = spared ? 0 : Math.min(LONGEST_PAUSE, 2 * this.#pause + 1);
    this.#left = this.#pause;
  }
}
