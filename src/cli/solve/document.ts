/** The outcome as one JSON document, a line for each member. Solutions are as the library gives them: everything counts from 0. */

import { visible } from '../visible.ts';
import type { SolveOutcome } from './outcome.ts';

export function solveDocument(outcome: SolveOutcome, exitCode: number): string {
  const { puzzle, guessed, found, target, reached } = outcome;
  const document = {
    problem: outcome.problem,
    guessedFrom: guessed?.from ?? null,
    name: puzzle.name,
    comment: puzzle.comment,
    title: puzzle.title,
    solver: outcome.solver,
    seed: outcome.seed,
    cost: found.cost,
    result: found.result,
    valid: outcome.valid,
    violations: found.violations,
    target: target ?? null,
    targetReached: reached ?? null,
    ended: found.ended,
    proved: found.proved,
    restarts: found.restarts,
    sweeps: found.sweeps,
    seconds: found.seconds,
    reached: found.reached,
    completed: found.completed,
    ...found.facts,
    solution: found.solution,
    ...(found.solutions && { solutions: found.solutions }),
    exitCode,
  };
  const members = Object.entries(document).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${visible(JSON.stringify(value))}`,
  );
  return `{\n${members.join(',\n')}\n}\n`;
}
