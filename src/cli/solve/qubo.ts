/** QUBO for the command. */

import { qubo, readQubo, type QuboEntries, type SquareMatrix } from '../../optimise/index.ts';
import { amount, count } from '../words.ts';
import { COUNT, MATRIX, NUMBER, TRIPLES } from './json/shapes.ts';
import { numbersIn, puzzleOf, type ProblemKind, type Puzzle } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SPIN_SOLVERS } from './solvers.ts';
import { hasDiagonal, isTriples } from './triples.ts';
import { given } from './json/given.ts';

interface QuboDocument extends Partial<QuboEntries> {
  matrix?: SquareMatrix;
  offset?: number;
}

export const quboKind = {
  form: '"p qubo 0 VARIABLES NODES COUPLERS", then "I J VALUE", variables from 0',
  extensions: ['.qubo', '.sparse'],
  sign: {
    test: (text) => isQbsolv(text) || (isTriples(text) && hasDiagonal(text)),
  },
  told: (text) =>
    isQbsolv(text) ? undefined : 'the content: it has entries of one variable alone',
  options: ['target'],
  document: {
    properties: { variables: COUNT, entries: TRIPLES, matrix: MATRIX, offset: NUMBER },
    required: [],
  },
  read({ text }, source) {
    const entries = readQubo(text);
    return quboPuzzle(entries, sizeOf(entries), source);
  },
  fromDocument({ variables, entries, matrix, offset }: QuboDocument, source) {
    const { entries: list } = given({ entries, matrix }, { variables });
    return list
      ? quboPuzzle(
          { variables: variables!, entries: list },
          sizeOf({ variables: variables!, entries: list }),
          source,
          offset,
        )
      : quboPuzzle(matrix!, count(matrix!.length, 'variable'), source, offset);
  },
} as const satisfies ProblemKind;

function isQbsolv(text: string): boolean {
  return /^[ \t]*p[ \t]+qubo\s/m.test(text);
}

function sizeOf({ variables, entries }: QuboEntries): string {
  return `${count(variables, 'variable')}, ${count(entries.length, 'entry', 'entries')}`;
}

function quboPuzzle(
  instance: QuboEntries | SquareMatrix,
  size: string,
  source: string,
  offset = 0,
): Puzzle {
  const face = {
    result: (value: number) => `value ${amount(value)}`,
    best: (value: number) => `value ${amount(value, 8)}`,
    rows: (value: number): [string, string][] => [['xᵀQx', amount(value)]],
    draw: (bits: Uint8Array, { width }: { width: number }) =>
      screenful(chunks(bits.join(''), width)),
    file: (bits: Uint8Array) => `${bits.join('\n')}\n`,
    parse: numbersIn,
  };
  const titles = { name: source, title: `QUBO, ${size}` };
  return puzzleOf(titles, qubo(instance, { offset }), SPIN_SOLVERS, face);
}

function chunks(text: string, width: number): string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, k) =>
    text.slice(k * width, (k + 1) * width),
  );
}
