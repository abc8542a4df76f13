/** The problems that the command knows: one entry for each, from which all lists of them come. */

import type { ProblemKind } from './puzzle.ts';
import { colouringKind } from './colouring.ts';
import { maxCutKind } from './maxcut.ts';
import { quboKind } from './qubo.ts';
import { queensKind } from './queens.ts';
import { sudokuKind } from './sudoku.ts';
import { tspKind } from './tsp.ts';

export const PROBLEMS = {
  maxcut: maxCutKind,
  colouring: colouringKind,
  tsp: tspKind,
  qubo: quboKind,
  queens: queensKind,
  sudoku: sudokuKind,
} as const satisfies Record<string, ProblemKind>;

export type ProblemName = keyof typeof PROBLEMS;

/** The problem as the table has it, without what TypeScript knows of that one alone. */
export function problemKind(name: ProblemName): ProblemKind {
  return PROBLEMS[name];
}
