/** `hopfield experiment NAME`: go on from what there is, measure with a bar, write, draw. */

import {
  mergeRecords,
  type Experiment,
  type PointResult,
  type Shard,
  type TrialRecord,
} from '../../experiments/index.ts';
import { checkOrigin, version } from '../../experiments/records.ts';
import { blame, EXIT, Failure, messageOf, type Result } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { checkOutput, writeOutput } from '../output-file.ts';
import { progressBars, silent } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { count } from '../words.ts';
import { contentOf, isRecords, type Outcome } from './outputs.ts';
import { earlierRecords, openRecords } from './records-file.ts';
import { withWorkers } from './workers.ts';
import { drawing, experimentDocument, figureNamed } from './report.ts';

/** What all experiments have. */
export interface CommonFlags {
  shard?: Shard;
  workers?: number;
  figure?: string;
  output?: string[];
  json?: boolean;
}

/** Any built-in experiment, ready to run. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Ready = Experiment<any, any, any>;
type AnyResult = PointResult<object, object>;

/** @param make - the experiment, with the seed of an earlier run that is gone on from */
export async function runExperimentCommand(
  make: (seed?: number) => Ready,
  flags: CommonFlags,
  terminal: Terminal,
): Promise<Result> {
  const { output = [], shard, json = false } = flags;
  for (const path of output) blame(path, () => checkOutput(path, {}));
  const kept = output.filter(isRecords);
  if (kept.length > 1) throw new Failure(`${kept.join(' and ')}: expected one file of records`);
  const [file] = kept;
  if (shard && file === undefined) {
    throw new Failure('--shard needs --output with a name that ends in .jsonl, for merge');
  }
  const earlier = file === undefined ? [] : earlierRecords(file);
  const experiment = make(earlier[0]?.seed);
  const origin = { version, experiment: experiment.name, seed: experiment.plan.seed };
  if (file !== undefined) checkOrigin(earlier, origin, file);
  const { results, records } = await measure(experiment, file, earlier, flags, terminal);
  const figure = figureNamed(experiment, flags.figure, results);
  const document = experimentDocument(experiment.name, experiment.plan.seed, results);
  const outcome: Outcome = { records: mergeRecords(records), figure, document };
  const warnings = output.flatMap((path) => {
    try {
      writeOutput(path, contentOf(path, outcome));
      return [];
    } catch (error) {
      return [`${path}: ${messageOf(error)}`];
    }
  });
  const open = results.filter(({ converged }) => converged === false).length;
  const exitCode = warnings.length > 0 ? EXIT.failed : open > 0 ? EXIT.unfinished : EXIT.success;
  const closing = closingLine(experiment, records.length, output, shard);
  return { output: json ? document : drawing(figure, closing, terminal), warnings, exitCode };
}

/** Runs it; every trial is in the file as soon as it is made. */
async function measure(
  experiment: Ready,
  file: string | undefined,
  earlier: TrialRecord[],
  { shard, workers = 1, json }: CommonFlags,
  terminal: Terminal,
): Promise<{ results: AnyResult[]; records: TrialRecord[] }> {
  const bar = (json ? silent : progressBars(terminal))('Measuring', 'trials');
  const results: AnyResult[] = [];
  const records = [...earlier];
  const opened: { file?: ReturnType<typeof openRecords> } = {};
  const onRecord = (record: TrialRecord) => {
    if (file !== undefined) (opened.file ??= openRecords(file)).add(record);
    records.push(record);
  };
  let begun = false;
  const onProgress = ({ done, of }: { done: number; of: number }) => {
    begun = true;
    // Not all of it before the end: the bar would go away.
    bar?.(Math.min(done, of * 0.999), of);
  };
  try {
    await interruptible(
      (signal) =>
        withWorkers(workers, async (run) => {
          const options = { records: earlier, onRecord, shard, signal, onProgress };
          for await (const result of run(experiment, options)) results.push(result);
        }),
      () => interrupted(records.length, file),
    );
  } finally {
    if (begun) bar?.(1, 1);
    opened.file?.close();
  }
  return { results, records };
}

function interrupted(trials: number, file: string | undefined): string {
  if (file === undefined) return 'interrupted; --output with a .jsonl file keeps what was measured';
  return `interrupted: ${count(trials, 'trial')} in ${file}; the same command goes on from there`;
}

function closingLine(
  { name, plan }: Ready,
  trials: number,
  output: readonly string[],
  shard: Shard | undefined,
): string {
  const part = shard ? `, shard ${shard.index} of ${shard.of}` : '';
  const written = output.length > 0 ? `; written: ${output.join(', ')}` : '';
  return `${name}${part}: ${count(trials, 'trial')}; seed ${plan.seed}${written}`;
}
