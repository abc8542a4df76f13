/** The options of `hopfield recall` as they come from the command line, and which go together. */

import type { Backend } from '../index.ts';
import { Failure } from './failure.ts';
import type { Dreams } from './network.ts';
import { flag, type RuleOptions } from './rule.ts';
import type { Cover, Heat } from './values.ts';

export interface RecallOptions extends RuleOptions, Dreams {
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
  update?: 'asynchronous' | 'synchronous' | 'stochastic';
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

type Key = keyof RecallOptions;

/** Options that make no sense together. */
const APART: [Key, Key[]][] = [
  ['cue', ['noise', 'occlude']],
  ['quiet', ['verbose', 'json']],
  [
    'load',
    ['dataset', 'rule', 'margin', 'maxEpochs', 'tolerance', 'activity', 'threshold', 'bound'],
  ],
];

/** Options that need another. */
const NEEDS: [Key, Key][] = [
  ['count', 'dataset'],
  ['digits', 'dataset'],
  ['clamp', 'occlude'],
];

/** @throws Failure when options are missing or contradict each other */
export function checkTogether(file: string | undefined, options: RecallOptions): void {
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
