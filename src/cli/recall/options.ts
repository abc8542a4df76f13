/** The options of `hopfield recall` as they come from the command line, and which go together. */

import type { RecallOptions } from '../../index.ts';
import { flag } from '../command.ts';
import type { Cover } from '../disturb.ts';
import { Failure } from '../failure.ts';
import { isStandard } from '../input-file.ts';
import type { Dreams } from './network.ts';
import type { PatternFlags } from './read-patterns.ts';
import { checkModelOptions, type ModelFlags } from './models.ts';
import { RULE_PARAMETERS } from './rule.ts';
import type { Heat } from './values.ts';

export type UpdateOrder = NonNullable<RecallOptions['update']>;

export interface RecallFlags extends ModelFlags, Dreams, PatternFlags {
  dataset?: 'mnist';
  count?: number;
  digits?: number[];
  load?: string;
  pattern?: number[];
  noise?: number;
  occlude?: Cover;
  clamp?: boolean;
  cue?: string;
  update?: UpdateOrder;
  temperature?: Heat;
  maxSweeps?: number;
  seed?: number;
  repeat?: number;
  verbose?: boolean;
  quiet?: boolean;
  json?: boolean;
  output?: string;
  save?: string;
}

type Key = keyof RecallFlags;

/** Options that make no sense together. */
const APART: [Key, Key[]][] = [
  ['cue', ['noise', 'occlude']],
  ['quiet', ['verbose', 'json']],
  ['load', ['dataset', 'rule', ...RULE_PARAMETERS]],
  ['dataset', ['shape']],
];

/** Options that need another. */
const NEEDS: [Key, Key][] = [
  ['count', 'dataset'],
  ['digits', 'dataset'],
  ['clamp', 'occlude'],
  ['strength', 'hold'],
];

/** Percentage of neurons or pixels to spoil when nobody says what to do to the patterns. */
const USUAL_NOISE = 10;

/** Percentage of neurons or pixels to spoil. */
export function noiseOf({ noise, cue, occlude }: RecallFlags): number {
  return noise ?? (cue !== undefined || occlude ? 0 : USUAL_NOISE);
}

/** @throws Failure when options are missing or contradict each other */
export function checkTogether(file: string | undefined, options: RecallFlags): void {
  if (file !== undefined && options.dataset) {
    throw new Failure(`FILE and --dataset cannot be used together`);
  }
  if (file === undefined && !options.dataset && options.load === undefined) {
    throw new Failure('nothing to store: name a FILE, --dataset mnist or --load NETWORK');
  }
  checkModelOptions(options, options.model ?? 'classical');
  for (const [key, others] of APART) {
    const other = others.find((other) => options[other] !== undefined);
    if (options[key] !== undefined && other) {
      throw new Failure(`${flag(key)} and ${flag(other)} cannot be used together`);
    }
  }
  for (const [key, other] of NEEDS) {
    if (options[key] !== undefined && options[other] === undefined) {
      throw new Failure(`${flag(key)} needs ${flag(other)}`);
    }
  }
  for (const key of ['luminance', 'scale'] as const) {
    if (options[key] === undefined || file !== undefined || options.dataset || options.cue)
      continue;
    throw new Failure(`${flag(key)} is for patterns that are read: name a FILE or --cue`);
  }
  checkStandard(file, options);
  const stochastic = options.update === 'stochastic';
  if (stochastic !== (options.temperature !== undefined)) {
    throw new Failure(
      stochastic
        ? '--update stochastic needs --temperature'
        : '--temperature needs --update stochastic',
    );
  }
}

/** @throws Failure when standard input or output is asked for twice, or for what does not go through it */
function checkStandard(
  file: string | undefined,
  { cue, load, save, output, json }: RecallFlags,
): void {
  const readers = Object.entries({ FILE: file, '--cue': cue, '--load': load })
    .filter(([, path]) => path !== undefined && isStandard(path))
    .map(([name]) => name);
  if (readers.length > 1) {
    throw new Failure(`${readers.join(' and ')} cannot both be standard input`);
  }
  if (save !== undefined && isStandard(save)) {
    throw new Failure('--save -: a network is not for standard output; name a file');
  }
  if (output !== undefined && isStandard(output) && json) {
    throw new Failure('--output - and --json cannot both be standard output');
  }
}
