/** Which problem a file holds, when nobody says. */

import { extname } from 'node:path';
import { Failure } from '../failure.ts';
import type { ProblemName } from './options.ts';

const EXTENSIONS: Record<string, ProblemName> = {
  '.tsp': 'tsp',
  '.col': 'colouring',
  '.qubo': 'qubo',
  '.mc': 'maxcut',
  '.gset': 'maxcut',
  '.rud': 'maxcut',
  '.rudy': 'maxcut',
  '.sudoku': 'sudoku',
  '.sdk': 'sudoku',
  '.sdm': 'sudoku',
};

/** What no other format has. */
const SIGNS: [RegExp, ProblemName][] = [
  [/^\s*(NODE_COORD_SECTION|EDGE_WEIGHT_SECTION|EDGE_WEIGHT_TYPE\s*:)/m, 'tsp'],
  [/^\s*p\s+qubo\s/m, 'qubo'],
  [/^\s*p\s+(edges?|col)\s/m, 'colouring'],
  [/^\s*\d+[ \t]+\d+[ \t]*\r?\n\s*\d+[ \t]+\d+([ \t]+\S+)?[ \t]*(\r?\n|$)/, 'maxcut'],
  [/^[\s|+-]*([\d.][\s|+-]*){81}$/, 'sudoku'],
];

export interface Guess {
  problem: ProblemName;
  /** What told it, for people. */
  from: string;
}

/** @throws Failure when neither the extension nor the content tells */
export function guess(path: string, text: string): Guess {
  const extension = extname(path).toLowerCase();
  const known = EXTENSIONS[extension];
  if (known) return { problem: known, from: `the extension ${extension}` };
  const sign = SIGNS.find(([pattern]) => pattern.test(text));
  if (sign) return { problem: sign[1], from: 'the content' };
  throw new Failure(`${path}: cannot tell which problem this is; name it with --problem`);
}
