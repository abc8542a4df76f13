/** Which problem a file holds, when nobody says. */

import { extname } from 'node:path';
import { Failure } from '../failure.ts';
import { inputName } from '../input-file.ts';
import { namesIn } from '../values.ts';
import { problemKind, PROBLEMS, type ProblemName } from './problems.ts';

export interface Guess {
  problem: ProblemName;
  /** What told it, for people. */
  from: string;
}

/** @throws Failure when neither the extension nor the content tells */
export function guess(path: string, text: string): Guess {
  const extension = extname(path).toLowerCase();
  let signed: Guess | undefined;
  for (const problem of namesIn(PROBLEMS)) {
    const { extensions, sign, told } = problemKind(problem);
    if (extensions?.includes(extension)) return { problem, from: `the extension ${extension}` };
    if (sign?.test(text)) signed ??= { problem, from: told?.(text) ?? 'the content' };
  }
  if (signed) return signed;
  const known = namesIn(PROBLEMS).filter((problem) => problemKind(problem).read);
  throw new Failure(
    `${inputName(path)}: cannot tell which problem this is; name it with --problem: ${known.join(', ')}`,
  );
}
