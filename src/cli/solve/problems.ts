/** The problems that the command knows: one entry for each, from which all lists of them come. */

import type { ProblemKind } from './puzzle.ts';
import { colouringKind } from './colouring.ts';
import { constraintsKind } from './constraints.ts';
import { isingKind } from './ising.ts';
import { maxCutKind } from './maxcut.ts';
import { partitionKind } from './partition.ts';
import { pottsKind } from './potts.ts';
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
  ising: isingKind,
  potts: pottsKind,
  partition: partitionKind,
  constraints: constraintsKind,
} as const satisfies Record<string, ProblemKind>;

export type ProblemName = keyof typeof PROBLEMS;

/** The problem as the table has it, without what TypeScript knows of that one alone. */
export function problemKind(name: ProblemName): ProblemKind {
  return PROBLEMS[name];
}

/** Other spellings of names. */
const SPELLINGS: Record<string, ProblemName> = { coloring: 'colouring', 'max-cut': 'maxcut' };

/** The problem of a name, in any spelling; undefined when there is none. */
export function problemFrom(name: unknown): ProblemName | undefined {
  const asked = Object.hasOwn(SPELLINGS, name as string) ? SPELLINGS[name as string] : name;
  return typeof asked === 'string' && Object.hasOwn(PROBLEMS, asked)
    ? (asked as ProblemName)
    : undefined;
}
