/** From the file and the options to a puzzle. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readDimacsGraph, readGset, type Graph } from '../../optimise/index.ts';
import { blame } from '../failure.ts';
import { colouringPuzzle } from './colouring.ts';
import { guess, type Guess } from './guess.ts';
import { checkOwners, checkSource, type ProblemName, type SolveOptions } from './options.ts';
import { maxCutPuzzle } from './maxcut.ts';
import type { Puzzle } from './puzzle.ts';
import { quboPuzzle } from './qubo.ts';
import { queensPuzzle } from './queens.ts';
import { sudokuPuzzle } from './sudoku.ts';
import { tspPuzzle } from './tsp.ts';

/** What is to be solved, and how it was told which problem it is, if nobody said. */
export interface Given {
  puzzle: Puzzle;
  guessed: Guess | undefined;
}

/** @throws Failure when there is nothing to solve, or the file is not one of its problem */
export function readPuzzle(file: string | undefined, options: SolveOptions): Given {
  checkSource(file, options);
  if (file === undefined) {
    checkOwners('queens', options);
    return { puzzle: blame('--size', () => queensPuzzle(options.size!)), guessed: undefined };
  }
  const text = blame(file, () => readFileSync(file, 'utf8'));
  const guessed = options.problem ? undefined : guess(file, text);
  const problem = options.problem ?? guessed!.problem;
  checkOwners(problem, options);
  return { puzzle: blame(file, () => puzzleFrom(problem, text, basename(file), options)), guessed };
}

function puzzleFrom(
  problem: ProblemName,
  text: string,
  source: string,
  { colours, twoOpt = false }: SolveOptions,
): Puzzle {
  switch (problem) {
    case 'tsp':
      return tspPuzzle(text, source, twoOpt);
    case 'colouring':
      return colouringPuzzle(graphFrom(text), source, colours);
    case 'maxcut':
      return maxCutPuzzle(graphFrom(text), source);
    case 'qubo':
      return quboPuzzle(text, source);
    default:
      return sudokuPuzzle(text, source);
  }
}

/** Both formats of graphs do for both problems: a DIMACS file begins with a letter, a G-set file with a number. */
function graphFrom(text: string): Graph {
  return /^[\s\uFEFF]*[cp]/.test(text) ? readDimacsGraph(text) : readGset(text);
}
