/** What the command needs of a problem, whatever its solutions are. */

import type { SearchProgress, SearchResult, SolveOptions, Solved } from '../../optimise/index.ts';
import { Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import type { SolverName, Solvers } from './solvers.ts';

/** What a search may use; `target` is a cost here, not an energy. */
export type Budget = Pick<
  SolveOptions<never>,
  'time' | 'restarts' | 'sweeps' | 'target' | 'signal'
> & { seed: number; solver?: SolverName };

/** Where a search stands, in words of its problem. */
export type Tell = (progress: SearchProgress, best: string) => void;

/** What came out of a search. */
export interface Found {
  /** In words, such as `tour of length 7542`. */
  result: string;
  cost: number;
  /** What is wrong with the solution, as the library says it; empty when nothing is. */
  violations: string[];
  /** The same for people, counting from 1; left out where the library's words do. */
  faults?: string[];
  /** Facts about the solution, for the table of the report. */
  rows: [name: string, value: string][];
  /** The same for the document, with its own names. */
  facts: Record<string, unknown>;
  ended: SearchResult<never>['ended'];
  /** Whether nothing can be better. */
  proved: boolean;
  restarts: number;
  sweeps: number;
  seconds: number;
  /** Seconds after which the best was found. */
  reached: number;
  /** Runs that came to their end. */
  completed: number;
  /** As the library gives it. */
  solution: unknown;
  /** The solution as a picture or a list. */
  draw(page: Page): string[];
  /** The solution as a file. */
  file(): string;
}

export interface Puzzle {
  readonly name: string;
  /** Such as `travelling salesman, 52 cities`. */
  readonly title: string;
  /** What the file says about itself, if anything. */
  readonly comment: string;
  /** The solver that is used when none is named. */
  readonly solver: SolverName;
  /** Whether a cost is as good as the one asked for. */
  reaches(cost: number, target: number): boolean;
  find(budget: Budget, tell: Tell): Promise<Found>;
}

/** Options of some problems only. */
export interface OwnOptions {
  colours?: number;
  size?: number;
  twoOpt?: boolean;
  target?: number;
}

/** A problem as the command knows it. */
export type ProblemKind = {
  /** Options that belong to it, and not to every problem. */
  readonly options: readonly (keyof OwnOptions)[];
} & (FileKind | MadeKind);

/** What is in a file. */
export interface Content {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A problem that is read from a file. */
interface FileKind {
  /** Extensions of its files. */
  readonly extensions: readonly string[];
  /** Whether the content of a file is that of the problem, and of no other. */
  readonly sign: { test(text: string): boolean };
  /** What in the content tells it, where that is not plain. */
  told?(text: string): string | undefined;
  /** @throws Error when the file is not one of the problem */
  read(content: Content, source: string, options: OwnOptions): Puzzle;
}

/** A problem that is made from its options. */
interface MadeKind {
  make(options: OwnOptions): Puzzle;
}

type Course = Pick<
  Found,
  'ended' | 'proved' | 'restarts' | 'sweeps' | 'seconds' | 'reached' | 'completed'
>;

/** The members of a result that do not depend on the problem. */
export function courseOf({
  ended,
  proved,
  restarts,
  sweeps,
  seconds,
  reached,
  completed,
}: Pick<Solved<never, never>, keyof Course>): Course {
  return { ended, proved, restarts, sweeps, seconds, reached, completed };
}

/** A budget for a call of `solve`: what was not asked for is left to it. */
export function asked<State>(
  { solver, ...budget }: Budget,
  solvers: Solvers<State>,
): SolveOptions<State> {
  if (solver !== undefined && !solvers[solver]) {
    throw new Failure(
      `--solver is ${solver}, expected ${Object.keys(solvers).join(', ')} for this problem`,
    );
  }
  const entries = Object.entries(budget).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), ...(solver && { solver: solvers[solver] }) };
}
