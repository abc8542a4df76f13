/** From the file and the options to a puzzle. */

import { basename } from 'node:path';
import { blame, Failure } from '../failure.ts';
import { inputName, isStandard, readInput } from '../input-file.ts';
import { checkOwners, checkSource } from './check-options.ts';
import { guess } from './guess.ts';
import { isDocument, readDocument } from './json/document.ts';
import type { GivenProblem } from './given.ts';
import type { SolveFlags } from './options.ts';
import { problemKind } from './problems.ts';
import type { Content, Puzzle } from './puzzle.ts';

/** @throws Failure when there is nothing to solve, or the file is not one of its problem */
export function readPuzzle(file: string | undefined, options: SolveFlags): GivenProblem {
  checkSource(file, options);
  const { start: from } = options;
  if (file === undefined) {
    const problem = options.problem ?? 'queens';
    checkOwners(problem, options);
    const puzzle = problemKind(problem).make!(options);
    return { problem, puzzle, guessed: undefined, start: from && startIn(from, puzzle) };
  }
  const name = inputName(file);
  const content = contentOf(file);
  const given = isDocument(content.text)
    ? blame(name, () => readDocument(content.text, nameOf(file), options))
    : readFile(file, content, options);
  return { ...given, start: from === undefined ? given.start : startIn(from, given.puzzle) };
}

function readFile(file: string, content: Content, options: SolveFlags): GivenProblem {
  const guessed = options.problem === undefined ? guess(file, content.text) : undefined;
  const problem = options.problem ?? guessed!.problem;
  checkOwners(problem, options);
  const { read, make, form } = problemKind(problem);
  const name = inputName(file);
  if (!read) {
    const size = make ? ' or --size' : '';
    throw new Failure(`${name}: --problem ${problem} needs a JSON document${size}, this is none`);
  }
  const puzzle = blame(name, () => {
    try {
      return read(content, nameOf(file), options);
    } catch (error) {
      // What is amiss where the file begins is amiss with its format.
      const { message } = error as Error;
      if (!/^line [12]:/.test(message)) throw error;
      throw new Error(`${message} (files of ${problem}: ${form})`, { cause: error });
    }
  });
  return { problem, puzzle, guessed, start: undefined };
}

/** What the problem in a file is called where it does not say itself. */
function nameOf(file: string): string {
  return isStandard(file) ? inputName(file) : basename(file);
}

function contentOf(file: string): Content {
  const bytes = blame(inputName(file), () => readInput(file, 'problem'));
  return { bytes, text: bytes.toString('utf8') };
}

/** The solution in a file: as `--output` writes it, or the document of `--json`, or a solution as that has it. */
function startIn(file: string, puzzle: Puzzle): unknown {
  return blame(inputName(file), () => {
    const { text } = contentOf(file);
    if (!/^[\s\uFEFF]*[[{]/.test(text)) return puzzle.parse(text);
    const found = JSON.parse(text.replace(/^\uFEFF/, '')) as { solution?: unknown };
    return Array.isArray(found) ? found : (found.solution ?? found);
  });
}
