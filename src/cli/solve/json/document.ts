/** Problems as JSON documents: `{ "problem": "maxcut", "vertices": 3, "edges": [[0, 1], [1, 2]] }`. */

import { Failure } from '../../failure.ts';
import { namesIn } from '../../values.ts';
import { checkOwners } from '../check-options.ts';
import type { SolveFlags } from '../options.ts';
import { problemFrom, problemKind, PROBLEMS, type ProblemName } from '../problems.ts';
import type { GivenProblem } from '../given.ts';
import { DOCUMENT, mismatch, type Schema } from './schema.ts';

/** Members of all documents. */
const COMMON = {
  problem: { description: `one of ${namesIn(PROBLEMS).join(', ')}`, type: 'string' },
  name: { description: 'what to call it in reports, a string', type: 'string' },
  comment: { description: 'what else there is to say, a string', type: 'string' },
  start: { description: 'a solution to begin with, as `solution` in what comes out' },
} as const satisfies Record<string, Schema>;

export function isDocument(text: string): boolean {
  return /^[\s\uFEFF]*\{/.test(text);
}

/** The shape of the documents of a problem. */
export function documentSchema(problem: ProblemName): Schema {
  const { properties, required } = problemKind(problem).document;
  return {
    type: 'object',
    properties: { ...COMMON, problem: { const: problem }, ...properties },
    required: ['problem', ...required],
    additionalProperties: false,
  };
}

/** The shapes of all documents, as JSON Schema. */
export function schemaText(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A problem for hopfield solve',
    oneOf: namesIn(PROBLEMS).map(documentSchema),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

type Said = Pick<GivenProblem['puzzle'], 'name' | 'comment'>;

/** @throws Error saying what is wrong with a document, and where */
export function readDocument(text: string, source: string, options: SolveFlags): GivenProblem {
  const { problem: named, ...document } = parsed(text);
  if (named === undefined && options.problem === undefined) {
    throw new Failure(
      `${source}: ${DOCUMENT} has no problem, expected ${COMMON.problem.description}`,
    );
  }
  const told = named === undefined ? undefined : problemFrom(named);
  if (named !== undefined && told === undefined) {
    throw new Error(mismatch(named, { ...COMMON.problem, enum: [] }, 'problem'));
  }
  const problem = options.problem ?? told!;
  checkOwners(problem, options);
  const { name, comment, start, ...rest } = document;
  const { properties, required } = problemKind(problem).document;
  const shape: Schema = {
    type: 'object',
    properties: { ...COMMON, ...properties },
    required,
    additionalProperties: false,
  };
  const wrong = mismatch(document, shape, DOCUMENT);
  if (wrong !== undefined) throw new Error(wrong);
  const called = (name ?? source) as string;
  const puzzle = problemKind(problem).fromDocument(rest as never, called, options);
  const said = { name: name ?? puzzle.name, comment: comment ?? puzzle.comment };
  return { problem, puzzle: { ...puzzle, ...(said as Said) }, guessed: undefined, start };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`no JSON: ${(error as Error).message}`, { cause: error });
  }
}
