/** What the command needs of a problem, whatever its solutions are. */

import {
  solve,
  type Problem,
  type SearchProgress,
  type SearchResult,
  type SolveOptions,
  type Solved,
} from '../../optimise/index.ts';
import { solverFor } from '../../optimise/problem.ts';
import { Failure } from '../failure.ts';
import type { Page } from '../terminal.ts';
import type { Schema } from './json/schema.ts';
import type { SolverName, Solvers } from './solvers.ts';

/** What a search may use; `target` is a cost here, not an energy. */
export type Budget = Pick<
  SolveOptions<never>,
  'time' | 'restarts' | 'sweeps' | 'target' | 'solutions' | 'signal'
> & {
  seed: number;
  solver?: SolverName;
  /** A solution to begin with, as documents have it. */
  start?: unknown;
};

/** Where a search stands, in words of its problem. */
export type Tell = (progress: SearchProgress, best: string) => void;

/** One of the best solutions, as the library gives it. */
export interface OneOfMany {
  cost: number;
  valid: boolean;
  solution: unknown;
}

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
  /** The best distinct ones, where several were asked for. */
  solutions?: OneOfMany[];
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
  /** The solver that is used. */
  solver(budget: Omit<Budget, 'signal'>): SolverName;
  /** Whether a cost is as good as the one asked for. */
  reaches(cost: number, target: number): boolean;
  /** The solution in a file that `--output` wrote, as documents have it. @throws Error when there is none in it */
  parse(text: string): unknown;
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
  /** What a document of it has, besides its name. */
  readonly document: DocumentShape;
  /** @throws Error when what is in a document is none of the problem, though it has its shape */
  fromDocument(document: never, source: string, options: OwnOptions): Puzzle;
  /** From options alone. */
  make?(options: OwnOptions): Puzzle;
} & Partial<FileKind>;

/** Members of a document by name. */
export interface DocumentShape {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

/** What is in a file. */
export interface Content {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A problem that is read from files of its own: all of these, or none. */
interface FileKind {
  /** What its files look like, for who wrote one by hand. */
  readonly form: string;
  /** Extensions of its files. */
  readonly extensions: readonly string[];
  /** Whether the content of a file is that of the problem, and of no other. */
  readonly sign: { test(text: string): boolean };
  /** What in the content tells it, where that is not plain. */
  told?(text: string): string | undefined;
  /** @throws Error when the file is not one of the problem */
  read(content: Content, source: string, options: OwnOptions): Puzzle;
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

/** What to call a problem by: the name that its document or file has for it, or where it came from. */
export interface Titles {
  readonly name: string;
  readonly title: string;
  readonly comment?: string;
}

/** How a problem is shown. */
export interface Face<Solution> {
  /** A cost in words, such as `tour of length 7542`. */
  result(cost: number): string;
  /** The best cost so far in words; `result` when left out. */
  best?(cost: number): string;
  rows?(cost: number, solution: Solution): Found['rows'];
  facts?(cost: number, solution: Solution): Found['facts'];
  faults?(solution: Solution): string[];
  draw(solution: Solution, page: Page): string[];
  file(solution: Solution): string;
  parse(text: string): unknown;
}

/** A problem that needs nothing but to be solved and shown. */
export function puzzleOf<Solution, State>(
  { name, title, comment = '' }: Titles,
  problem: Problem<Solution, State>,
  solvers: Solvers<State>,
  face: Face<Solution>,
  /** Whether more is better: energies are costs below 0 then. */
  more = false,
): Puzzle {
  const energyOf = (cost: number): number => (more ? -cost : cost);
  const best = face.best ?? face.result;
  return {
    name,
    title,
    comment,
    solver: solverIn(solvers, problem),
    reaches: (cost, target) => energyOf(cost) <= energyOf(target),
    parse: face.parse,
    async find({ target, ...budget }, tell): Promise<Found> {
      const energy = target === undefined ? undefined : energyOf(target);
      const solved = await solve(problem, {
        ...asked({ ...budget, target: energy }, solvers, problem),
        onProgress: (progress) => tell(progress, best(energyOf(progress.energy))),
      });
      const { solution, cost, violations } = solved;
      return {
        ...courseOf(solved),
        result: face.result(cost),
        cost,
        violations,
        ...(face.faults && { faults: face.faults(solution) }),
        rows: face.rows?.(cost, solution) ?? [],
        facts: face.facts?.(cost, solution) ?? {},
        solution: plain(solution),
        ...manyOf(solved, plain),
        draw: (page) => face.draw(solution, page),
        file: () => face.file(solution),
      };
    },
  };
}

/** A solution as JSON takes it. */
function plain(solution: unknown): unknown {
  return ArrayBuffer.isView(solution) ? Array.from(solution as Uint8Array) : solution;
}

/** The best solutions, where several were asked for. */
export function manyOf<Solution>(
  {
    solutions,
  }: { solutions?: { solution: Solution; cost: number; violations: readonly string[] }[] },
  shown: (solution: Solution) => unknown,
): Pick<Found, 'solutions'> {
  if (!solutions) return {};
  return {
    solutions: solutions.map(({ solution, cost, violations }) => {
      return { cost, valid: violations.length === 0, solution: shown(solution) };
    }),
  };
}

/** The name of the solver that is used with a budget. */
export function solverIn<State>(
  solvers: Solvers<State>,
  problem: Pick<Problem<never, State>, 'solver' | 'timed'>,
): Puzzle['solver'] {
  return ({ solver: asked, ...budget }) => {
    if (asked !== undefined) return asked;
    const solver = solverFor(problem, budget);
    return (Object.keys(solvers) as SolverName[]).find((name) => solvers[name] === solver)!;
  };
}

/** A budget for a call of `solve`: what was not asked for is left to it. */
export function asked<Solution, State>(
  { solver, start, ...budget }: Budget,
  solvers: Solvers<State>,
  problem: Pick<Problem<Solution, State>, 'encode'>,
): SolveOptions<State> {
  if (solver !== undefined && !solvers[solver]) {
    throw new Failure(
      `--solver is ${solver}, expected ${Object.keys(solvers).join(', ')} for this problem`,
    );
  }
  const entries = Object.entries(budget).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(entries),
    ...(solver && { solver: solvers[solver] }),
    // What is none of the problem is refused there.
    ...(start !== undefined && { start: problem.encode(start as Solution) }),
  };
}

/** A number for each thing, from a file of lines. @throws Error when there is something else in it */
export function numbersIn(text: string): number[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const wrong = words.findIndex((word) => !/^-?\d+$/.test(word));
  if (wrong >= 0) throw new Error(`${JSON.stringify(words[wrong])}, expected an integer`);
  return words.map(Number);
}
