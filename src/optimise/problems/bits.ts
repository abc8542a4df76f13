/** Solutions that give each thing one of two sides, 0 or 1; +1 stands for 1. */
import { describe, isList } from '../../checks.ts';
import { anneal } from '../anneal.ts';
import type { IsingModel } from '../ising-model.ts';
import type { Problem } from '../problem.ts';
import { timedSolver } from './timed-solver.ts';

/**
 * The problem of giving each spin's thing its side.
 *
 * @param of - what has a side
 * @param target - an energy that nothing is below
 * @param cost - of a solution that has been checked
 */
export function bitProblem(
  model: IsingModel,
  of: string,
  target: number,
  cost: (solution: ArrayLike<number>) => number,
): Problem<Uint8Array, Int8Array> {
  const { spins } = model;
  return {
    model,
    solver: anneal,
    get timed() {
      return timedSolver(model);
    },
    target: model.exact ? target : -Infinity,
    encode: (solution) => bitsToSpins(solution, spins, of),
    decode: spinsToBits,
    check: (solution) => bitFaults(solution, spins, of),
    cost(solution) {
      checkBits(solution, spins, of);
      return cost(solution);
    },
  };
}

/** What is wrong with n values of 0 or 1, in words. */
function bitFaults(solution: ArrayLike<number>, n: number, of: string): string[] {
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
function bitsToSpins(solution: ArrayLike<number>, n: number, of: string): Int8Array {
  checkBits(solution, n, of);
  return Int8Array.from(solution, (bit) => 2 * bit - 1);
}

function spinsToBits(state: Int8Array): Uint8Array {
  return Uint8Array.from(state, (s) => (s + 1) / 2);
}
