/** A sudoku, completed: what follows from its rules at once, and what a network of groups then finds. */
import { solve, sudoku } from 'hopfield-wasm/optimise';

export interface Puzzle {
  grid: number[];
  violations: string[];
  sweeps: number;
  milliseconds: number;
}

/** @throws for two equal digits in a unit, and for a cell or digit that has no place left */
export async function puzzle({ grid, seed }: { grid: number[]; seed: number }): Promise<Puzzle> {
  const before = performance.now();
  const found = await solve(sudoku(grid), { seed, restarts: 1500 });
  return {
    grid: found.solution,
    violations: found.violations,
    sweeps: found.sweeps,
    milliseconds: performance.now() - before,
  };
}
