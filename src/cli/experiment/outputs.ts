/** What an experiment writes, by the extension of the file. */

import { extname } from 'node:path';
import { formatRecord, type Figure, type TrialRecord } from '../../experiments/index.ts';
import { figureToSvg } from '../../plot/index.ts';
import { Failure } from '../failure.ts';
import { either } from '../words.ts';
import { csvOf, npyOf } from './raw.ts';

/** What there is to write when an experiment is done. */
export interface Outcome {
  /** Sorted. */
  records: readonly TrialRecord[];
  /** Undefined where there is nothing that could draw it. */
  figure: Figure | undefined;
  /** The document of `--json`. */
  document: string;
}

const WRITERS: Record<string, (outcome: Outcome) => string | Uint8Array> = {
  '.svg'({ figure }) {
    if (!figure) throw new Failure('nothing to draw');
    return figureToSvg(figure);
  },
  '.json': ({ document }) => document,
  '.csv': ({ records }) => csvOf(records),
  '.npy': ({ records }) => npyOf(records),
  '.jsonl': ({ records }) => records.map(formatRecord).join(''),
};

/** The extensions, for people. */
export const EXTENSIONS = either(Object.keys(WRITERS));

/** @throws Failure for a file that nothing is written to */
export function checkExtension(path: string): string {
  if (Object.hasOwn(WRITERS, extname(path))) return path;
  throw new Failure(`${path}: expected a name that ends in ${EXTENSIONS}`);
}

/** Whether a file holds records, which are written one by one and gone on from. */
export function isRecords(path: string): boolean {
  return extname(path) === '.jsonl';
}

export function contentOf(path: string, outcome: Outcome): string | Uint8Array {
  return WRITERS[extname(path)](outcome);
}
