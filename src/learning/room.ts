/**
 * Whether a matrix of couplings fits into a network's memory: asked before any of it is taken.
 *
 * While a rule learns real couplings there are doubles and, at the end, 32-bit integers beside them.
 */
import { LIMIT } from '../memory.ts';

/** Bytes a coupling while real ones are learnt. */
export const LEARNING = 12;

/** A network that would not fit. */
export class RoomError extends RangeError {
  /** The most neurons that would. */
  readonly largest: number;

  constructor(message: string, largest: number) {
    super(message);
    this.largest = largest;
  }
}

/**
 * @param each - bytes a coupling, at most at one time
 * @param what - what needs them
 * @param used - bytes that are taken by other things
 * @throws RoomError saying how many neurons would do
 */
export function checkRoom(neurons: number, each: number, what: string, used: number): void {
  const bytes = each * neurons * neurons;
  if (bytes + used <= LIMIT) return;
  const largest = Math.max(1, Math.floor(Math.sqrt((LIMIT - Math.min(used, LIMIT)) / each)));
  throw new RoomError(
    `${what} with ${neurons} neurons needs ${bytes} bytes, ${each} a coupling, and a network holds at most ` +
      `${LIMIT} (4 GiB), enough for about ${largest} neurons; the Hebbian rule can do without couplings (representation 'patterns')`,
    largest,
  );
}
