/**
 * Records of trials: one line of JSON each, complete in itself, so that files can be joined, sorted and gone on with.
 *
 *     {"version":"1.0.0","experiment":"capacity","seed":7,"point":{…},"number":3,"trialSeed":1234,"result":{…}}
 */
import { version } from '../../package.json';
import { mixBits } from '../random.ts';
import { canonical, comparePlain, differences, type Plain } from './plain.ts';

export interface TrialRecord<Point = Plain, Result = Plain> {
  /** The version of the package that ran it. */
  version: string;
  experiment: string;
  /** The master seed of the run. */
  seed: number;
  /** The parameters. */
  point: Point;
  /** Which trial of the point, from 0. */
  number: number;
  /** The seed of this trial: `trialSeed(seed, point, number)`. */
  trialSeed: number;
  result: Result;
}

/** What all records of one run have in common. */
export type Origin = Pick<TrialRecord, 'version' | 'experiment' | 'seed'>;

export { version };

/**
 * The seed of a trial: a hash of master seed, parameters and number. It does not depend on what other points there are, on
 * their order, or on how many trials are run; different numbers at one point have different seeds.
 */
export function trialSeed(seed: number, point: object, number: number): number {
  let hash = mixBits(seed);
  for (const character of canonical(point))
    hash = mixBits((hash ^ character.codePointAt(0)!) >>> 0);
  return mixBits((hash ^ number) >>> 0);
}

export function formatRecord(record: TrialRecord): string {
  const { version, experiment, seed, point, number, trialSeed, result } = record;
  return `${JSON.stringify({ version, experiment, seed, point, number, trialSeed, result })}\n`;
}

/**
 * Reads records. A last line without its end was torn when the program that wrote it ended: it is left out.
 *
 * @param text - lines of JSON
 * @param name - what to call it in messages
 * @throws TypeError naming the line that is no record
 */
export function parseRecords(text: string, name = 'records'): TrialRecord[] {
  const lines = text.slice(0, wholeLength(text)).split('\n').slice(0, -1);
  return lines.map((line, k) => {
    try {
      return checkRecord(JSON.parse(line));
    } catch (error) {
      const reason = error instanceof SyntaxError ? 'is no JSON' : (error as Error).message;
      throw new TypeError(`${name}, line ${k + 1}: ${reason}, expected a record of a trial`, {
        cause: error,
      });
    }
  });
}

/** How much of the text is whole lines. */
function wholeLength(text: string): number {
  return text.lastIndexOf('\n') + 1;
}

function checkRecord(value: unknown): TrialRecord {
  const record = value as TrialRecord;
  if (typeof value !== 'object' || value === null) throw new TypeError('is no object');
  const { version, experiment, seed, point, number, trialSeed: own, result } = record;
  if (typeof version !== 'string' || typeof experiment !== 'string') {
    throw new TypeError('has no version or experiment');
  }
  if (typeof point !== 'object' || point === null) throw new TypeError('has no point');
  if (!Number.isInteger(number) || number < 0) throw new TypeError('has no number');
  if (result === undefined) throw new TypeError('has no result');
  if (own !== trialSeed(seed, point, number)) {
    throw new TypeError('has another trialSeed than its seed, point and number give');
  }
  return record;
}

/** Which trial a record is of. */
function identity(point: object, number: number): string {
  return `${canonical(point)} ${number}`;
}

/** @throws TypeError with the difference when records come from elsewhere; `name` says what they are */
export function checkOrigin(records: readonly TrialRecord[], origin: Origin, name: string): void {
  const expected = originOf(origin);
  for (const record of records) {
    const [difference] = differences(originOf(record), expected);
    if (difference !== undefined) throw new TypeError(`${name}: ${difference}`);
  }
}

function originOf({ version, experiment, seed }: Origin): Origin {
  return { version, experiment, seed };
}

/**
 * Joins records of one run: each trial once, sorted by point and number, so that the same trials give the same list whatever
 * order they were run in.
 *
 * @throws TypeError when they are of different runs, or one trial has two results
 */
export function mergeRecords(records: readonly TrialRecord[], name = 'records'): TrialRecord[] {
  if (records.length > 0) checkOrigin(records, records[0], name);
  const found = new Map<string, TrialRecord>();
  for (const record of records) {
    const key = identity(record.point as object, record.number);
    const other = found.get(key);
    if (other && canonical(other.result) !== canonical(record.result)) {
      throw new TypeError(
        `${name}: trial ${record.number} of ${canonical(record.point)} has two different results`,
      );
    }
    if (!other) found.set(key, record);
  }
  return [...found.values()].sort((a, b) => comparePlain(a.point, b.point) || a.number - b.number);
}

/** Trials of the same point, by the order of the records, their results in the order of their numbers. */
export function byPoint(
  records: readonly TrialRecord[],
): { point: Plain; results: Plain[]; numbers: number[] }[] {
  const found = new Map<string, { point: Plain; results: Plain[]; numbers: number[] }>();
  for (const { point, number, result } of records) {
    const key = canonical(point);
    if (!found.has(key)) found.set(key, { point, results: [], numbers: [] });
    found.get(key)!.results.push(result);
    found.get(key)!.numbers.push(number);
  }
  return [...found.values()];
}
