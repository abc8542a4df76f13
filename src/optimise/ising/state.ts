/** Reads states of an Ising model; says what is wrong with them. */
import { describe, isList } from '../../checks.ts';

/** A copy of N values of ±1. @throws TypeError, RangeError when it is anything else; names the first bad index */
export function readSpins(state: ArrayLike<number>, spins: number, name: string): Int8Array {
  if (!isList(state)) {
    throw new TypeError(`${name} is ${describe(state)}, expected ${spins} values of ±1`);
  }
  if (state.length !== spins) {
    throw new RangeError(
      `${name} has length ${state.length}, expected ${spins} (the model's spins)`,
    );
  }
  const copy = new Int8Array(spins);
  for (let i = 0; i < spins; i++) {
    const s = state[i];
    if (s !== 1 && s !== -1) {
      if (typeof s === 'number') throw new RangeError(`${name}[${i}] is ${s}, expected −1 or +1`);
      throw new TypeError(`${name}[${i}] is ${describe(s)}, expected −1 or +1`);
    }
    copy[i] = s;
  }
  return copy;
}
