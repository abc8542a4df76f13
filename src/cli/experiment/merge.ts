/** `hopfield experiment merge`: files of records into one, checked, and drawn. */

import {
  byPoint,
  EXPERIMENTS,
  mergeRecords,
  type ExperimentName,
  type TrialRecord,
} from '../../experiments/index.ts';
import { blame, EXIT, Failure, type Result } from '../failure.ts';
import { checkOutput, writeOutput } from '../output-file.ts';
import type { Terminal } from '../terminal.ts';
import { count } from '../words.ts';
import { contentOf, type Outcome } from './outputs.ts';
import { readRecords } from './records-file.ts';
import { drawing, experimentDocument, figureNamed } from './report.ts';
import type { CommonFlags, Ready } from './run.ts';

export function mergeCommand(
  files: readonly string[],
  { output = [], json = false, figure: name }: CommonFlags,
  terminal: Terminal,
): Result {
  for (const path of output) blame(path, () => checkOutput(path, {}));
  const records = mergeRecords(files.flatMap(readRecords), 'merge');
  if (records.length === 0) throw new Failure(`${files.join(', ')}: no trial in any of them`);
  const [{ experiment, seed }] = records;
  const results = resultsOf(records);
  const kind = kindOf(experiment);
  const figure = kind && figureNamed(kind, name, results);
  const document = experimentDocument(experiment, seed, results);
  const outcome: Outcome = { records, figure, document };
  for (const path of output) blame(path, () => writeOutput(path, contentOf(path, outcome)));
  const written = output.length > 0 ? `; written: ${output.join(', ')}` : '';
  const closing = `${experiment}: ${count(records.length, 'trial')} of ${count(files.length, 'file')}; seed ${seed}${written}`;
  const gaps = gapsIn(records);
  return {
    output: json ? document : drawing(figure, closing, terminal),
    warnings: gaps,
    exitCode: gaps.length > 0 ? EXIT.unfinished : EXIT.success,
  };
}

type Kind = Pick<Ready, 'figures' | 'summarise'>;

/** Undefined for an experiment of one's own: only its module can draw it. */
function kindOf(name: string): Kind | undefined {
  if (!Object.hasOwn(EXPERIMENTS, name)) return undefined;
  return EXPERIMENTS[name as ExperimentName].kind as unknown as Kind;
}

function resultsOf(records: readonly TrialRecord[]): object[] {
  const kind = kindOf(records[0].experiment);
  return byPoint(records).map(({ point, results }) => ({
    ...(point as object),
    ...(kind?.summarise(point, results) as object | undefined),
    trials: results.length,
  }));
}

/** Trials that are missing between those that are there, and points with fewer than others. */
function gapsIn(records: readonly TrialRecord[]): string[] {
  const points = byPoint(records);
  const most = Math.max(...points.map(({ numbers }) => numbers.at(-1)! + 1));
  const short = points.filter(({ numbers }) => numbers.length < most);
  return short.map(({ point, numbers }) => {
    return `${numbers.length} of ${most} trials of ${JSON.stringify(point)}`;
  });
}
