/** Solutions that give each thing one of two sides, 0 or 1; +1 stands for 1. */
import { describe, isList } from '../../checks.ts';

/** What is wrong with n values of 0 or 1, in words. */
export function bitFaults(solution: ArrayLike<number>, n: number, of: string): string[] {
  if (!isList(solution)) {
    return [`the solution is ${describe(solution)}, expected ${n} values of 0 or 1`];
  }
  if (solution.length !== n) {
    return [`the solution has length ${solution.length}, expected ${n} (one for each ${of})`];
  }
  const faults: string[] = [];
  for (let i = 0; i < n; i++) {
    const value: unknown = solution[i];
    if (value !== 0 && value !== 1) {
      faults.push(`${of} ${i} has ${describe(value)}, expected 0 or 1`);
    }
  }
  return faults;
}

/** @throws RangeError saying what is wrong, TypeError when it is no list at all */
function checkBits(solution: ArrayLike<number>, n: number, of: string): void {
  const [fault] = bitFaults(solution, n, of);
  if (fault === undefined) return;
  const isList = typeof solution === 'object' && solution !== null && 'length' in solution;
  throw new (isList ? RangeError : TypeError)(fault);
}

/** The spins of a solution. @throws TypeError, RangeError when it is none */
export function bitsToSpins(solution: ArrayLike<number>, n: number, of: string): Int8Array {
  checkBits(solution, n, of);
  return Int8Array.from(solution, (bit) => 2 * bit - 1);
}

export function spinsToBits(state: Int8Array): Uint8Array {
  return Uint8Array.from(state, (s) => (s + 1) / 2);
}
