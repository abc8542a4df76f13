/** States that give each of some things one of several: groups their states, vertices their colours, cities their positions. */
import { checkNumber, describe, isList } from '../checks.ts';

/** Whose states they are, for messages. */
export interface Indexed {
  readonly count: number;
  /** Such as `the vertices`. */
  readonly things: string;
  /** Such as `colours`. */
  readonly values: string;
}

/**
 * A copy of a state.
 *
 * @param size - how many values thing k has
 * @throws TypeError, RangeError unless there is an integer from 0 to one less for each thing
 */
export function readIndices(
  state: ArrayLike<number>,
  name: string,
  { count, things, values }: Indexed,
  size: (k: number) => number,
): Int32Array {
  if (!isList(state)) {
    throw new TypeError(`${name} is ${describe(state)}, expected ${count} ${values}`);
  }
  if (state.length !== count) {
    throw new RangeError(`${name} has length ${state.length}, expected ${count} (${things})`);
  }
  const indices = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    const index = state[k];
    if (!(Number.isInteger(index) && index >= 0 && index < size(k))) {
      // Names are made only when they are needed: there can be millions.
      checkNumber(index, `${name}[${k}]`, `an integer from 0 to ${size(k) - 1}`, () => false);
    }
    indices[k] = index;
  }
  return indices;
}
