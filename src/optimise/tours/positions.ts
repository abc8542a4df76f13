/** States of tours: the position of each city. */
import { checkNumber, describe, isList } from '../../checks.ts';

/** A copy. @throws TypeError, RangeError unless there are `cities` positions from 0 to one less */
export function readPositions(state: ArrayLike<number>, cities: number, name: string): Int32Array {
  if (!isList(state)) {
    throw new TypeError(`${name} is ${describe(state)}, expected ${cities} positions`);
  }
  if (state.length !== cities) {
    throw new RangeError(`${name} has length ${state.length}, expected ${cities} (the cities)`);
  }
  return Int32Array.from(state, (position, city) => {
    const expected = `an integer from 0 to ${cities - 1}`;
    return checkNumber(position, `${name}[${city}]`, expected, (x) => {
      return Number.isInteger(x) && x >= 0 && x < cities;
    });
  });
}
