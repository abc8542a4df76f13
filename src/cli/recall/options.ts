/** The options of `hopfield recall` as they come from the command line, and which go together. */

import type { Backend, RecallOptions } from '../../index.ts';
import { flag } from '../command.ts';
import type { Cover } from '../disturb.ts';
import { Failure } from '../failure.ts';
import type { Dreams } from './network.ts';
import { RULE_PARAMETERS, type RuleFlags } from './rule.ts';
import type { Heat } from './values.ts';

export type Update = NonNullable<RecallOptions['update']>;

export interface RecallFlags extends RuleFlags, Dreams {
  backend?: Backend;
  dataset?: 'mnist';
  count?: number;
  digits?: number[];
  columns?: number;
  load?: string;
  pattern?: number[];
  noise?: number;
  occlude?: Cover;
  clamp?: boolean;
  cue?: string;
  update?: Update;
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
];

/** Options that need another. */
const NEEDS: [Key, Key][] = [
  ['count', 'dataset'],
  ['digits', 'dataset'],
  ['clamp', 'occlude'],
];

/** @throws Failure when options are missing or contradict each other */
export function checkTogether(file: string | undefined, options: RecallFlags): void {
  if (file !== undefined && options.dataset) {
    throw new Failure(`FILE and --dataset cannot be used together`);
  }
  if (file === undefined && !options.dataset && options.load === undefined) {
    throw new Failure('nothing to store: name a FILE, --dataset mnist or --load NETWORK');
  }
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
  const stochastic = options.update === 'stochastic';
  if (stochastic !== (options.temperature !== undefined)) {
    throw new Failure(
      stochastic
        ? '--update stochastic needs --temperature'
        : '--temperature needs --update stochastic',
    );
  }
}
