/** A file of records that a run goes on from, and adds to line by line, so that nothing is lost when it is killed. */

import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { formatRecord, parseRecords, type TrialRecord } from '../../experiments/index.ts';

export interface RecordsFile {
  add(record: TrialRecord): void;
  close(): void;
}

/** The records of a file; none of one that is not there. @throws TypeError naming the line that is none */
export function readRecords(path: string): TrialRecord[] {
  return existsSync(path) ? parseRecords(readFileSync(path, 'utf8'), path) : [];
}

/** Opens the file to be added to, without the torn line that a killed run may have left. */
export function openRecords(path: string): RecordsFile {
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) truncateSync(path, whole);
  }
  const file = openSync(path, 'a');
  return {
    add: (record) => void writeSync(file, formatRecord(record)),
    close: () => closeSync(file),
  };
}
