/** Which options of `hopfield solve` go together. */

import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { isStandard } from '../input-file.ts';
import { namesIn } from '../values.ts';
import type { SolveFlags } from './options.ts';
import { problemKind, PROBLEMS, type ProblemName } from './problems.ts';
import type { OwnOptions } from './puzzle.ts';

const OWN = namesIn({ colours: 1, size: 1, twoOpt: 1, target: 1 } satisfies Record<
  keyof OwnOptions,
  1
>);

/** @throws Failure when it cannot be told what to solve, or options contradict each other */
export function checkSource(file: string | undefined, options: SolveFlags): void {
  const { problem, size } = options;
  if (isStandard(file ?? '') && isStandard(options.start ?? '')) {
    throw new Failure('FILE and --start cannot both be standard input');
  }
  if (options.quiet && options.json) {
    throw new Failure('--quiet and --json cannot be used together');
  }
  const given = (['restarts', 'sweeps', 'solutions', 'start'] as const).find(
    (key) => options[key] !== undefined,
  );
  if (options.solver === 'exact' && given) {
    throw new Failure(
      `--${given} cannot be used with --solver exact, which visits all states once`,
    );
  }
  if (options.solver === 'descend' && options.sweeps !== undefined) {
    throw new Failure('--sweeps cannot be used with --solver descend, which falls until it stops');
  }
  if (file !== undefined) {
    if (size !== undefined) throw new Failure('FILE and --size cannot be used together');
  } else if (problem === 'queens') {
    if (size === undefined) throw new Failure('--problem queens needs --size');
  } else if (problem !== undefined || size === undefined) {
    throw new Failure('nothing to solve: name a FILE, or --problem queens --size N');
  }
}

/** @throws Failure when an option does not belong to the problem */
export function checkOwners(problem: ProblemName, options: SolveFlags): void {
  for (const key of OWN) {
    if (options[key] === undefined || problemKind(problem).options.includes(key)) continue;
    const owners = namesIn(PROBLEMS).filter((name) => problemKind(name).options.includes(key));
    throw new Failure(`${flag(key)} is for ${owners.join(', ')}; the problem is ${problem}`);
  }
}
