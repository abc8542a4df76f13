/**
 * Spoilt texts and safetensors files: what is read holds finite numbers only, and what is refused is refused with an
 * error that says what is wrong. Input k depends on k alone.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/index.ts';
import { readCsv, readGrid, writeGrid } from '../../../src/io/index.ts';
import { readSafetensors, tensor, writeSafetensors } from '../../../src/layers/index.ts';
import {
  readDimacsGraph,
  readGset,
  readQubo,
  readSudoku,
  readTsplib,
  readTsplibTour,
} from '../../../src/optimise/index.ts';
import { isRaw, pick, spoilBytes, spoilJson, spoilText } from './mutate.ts';
import { FIRST, inTime, RUNS, TIMEOUT } from './runs.ts';

const instance = (name: string) =>
  readFileSync(new URL(`../../instances/${name}`, import.meta.url), 'utf8');

const READERS: [name: string, read: (text: string) => unknown, texts: string[]][] = [
  [
    'readTsplib',
    readTsplib,
    ['burma14.tsp', 'gr17.tsp', 'fri26.tsp', 'swiss42.tsp', 'att48.tsp'].map(instance),
  ],
  ['readTsplibTour', readTsplibTour, [instance('ulysses16.opt.tour')]],
  ['readDimacsGraph', readDimacsGraph, [instance('myciel3.col'), 'p edge 3 2\ne 1 2\ne 2 3\n']],
  ['readGset', readGset, ['3 2\n1 2 -1\n2 3\n', '4 4\n1 2 1\n2 3 1\n3 4 1\n4 1 0.5\n']],
  [
    'readQubo',
    readQubo,
    [instance('smallest.qubo'), 'c x\np qubo 0 3 2 1\n0 0 -1\n2 2 1\n0 2 3\n'],
  ],
  [
    'readSudoku',
    readSudoku,
    [`${'12345678.\n'.repeat(9)}`, `${'1 2 3 | 4 5 6 | 7 8 9\n'.repeat(9)}`],
  ],
  ['readGrid', readGrid, ['2 3 1\n\n*.*\n.*.\n', '2 2 2\n\n**\n..\n\n*.\n.*\n']],
];

/** Fails when something in a result is a number that is none. */
function checkNumbers(value: unknown): void {
  if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite);
  else if (ArrayBuffer.isView(value)) {
    const numbers = value as unknown as Float64Array;
    for (let k = 0; k < numbers.length; k++) if (!Number.isFinite(numbers[k])) expect.fail();
  } else if (typeof value === 'object' && value !== null)
    Object.values(value).forEach(checkNumbers);
}

/** Tries inputs `make(random)`; returns how many `read` took. */
function trial<T>(
  runs: number,
  make: (random: Random) => T,
  read: (input: T) => unknown,
  check: (result: unknown) => void,
): number {
  let accepted = 0;
  for (let k = FIRST; k < FIRST + runs; k++) {
    const input = make(new Random(k));
    let result: unknown;
    try {
      result = inTime(() => read(input));
    } catch (error) {
      if (!isRaw(error)) continue;
      throw new Error(`input ${k}: ${String(error)}`, { cause: error });
    }
    check(result);
    accepted++;
  }
  return accepted;
}

describe.each(READERS)('%s', (_, read, texts) => {
  test('the texts that are spoilt can be read', () => {
    for (const text of texts) checkNumbers(read(text));
  });

  test('spoilt texts', { timeout: TIMEOUT }, () => {
    const runs = RUNS ?? 2000;
    const make = (random: Random) => {
      let text = pick(random, texts);
      for (let changes = 1 + random.below(3); changes > 0; changes--)
        text = spoilText(random, text);
      return text;
    };
    const accepted = trial(runs, make, read, checkNumbers);
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(runs);
  });

  test.each([
    ['digits', '1'.repeat(200_000) + 'x'],
    ['a number with two points', `1.${'1'.repeat(200_000)}.`],
    ['spaces', `A${' '.repeat(200_000)}B`],
    ['a value with a line separator', `NAME:${' '.repeat(200_000)}x\u2028y`],
    ['lines', 'c\n'.repeat(100_000)],
  ])('one long line of %s is read in no time', (__, line) => {
    for (const text of texts) {
      const [head, ...rest] = text.split('\n');
      for (const long of [line, `${head}\n${line}`, [head, line, ...rest].join('\n')]) {
        let error: unknown;
        try {
          read(long);
        } catch (caught) {
          error = caught;
        }
        if (error !== undefined) expect(isRaw(error)).toBe(false);
      }
    }
  });
});

test('line ends take no memory of their own', () => {
  const { maxRSS } = process.resourceUsage();
  const blank = '\n'.repeat(2 ** 23);
  for (const [, read, [text]] of [...READERS, ['readCsv', readCsv, ['1,1\n']] as const]) {
    expect(() => read(blank)).toThrow();
    expect(read(text + blank)).toEqual(read(text));
  }
  // In kilobytes; a list of these lines would take four times as much.
  expect(process.resourceUsage().maxRSS - maxRSS).toBeLessThan(150_000);
});

test('a grid that is read is written as it was', () => {
  const make = (random: Random) => spoilText(random, '2 3 1\n\n*.*\n.*.\n');
  const again = (text: string) => {
    const set = readGrid(text);
    expect(readGrid(writeGrid(set))).toEqual(set);
    return set;
  };
  expect(trial(500, make, again, () => {})).toBeGreaterThan(0);
});

test('spoilt safetensors files', { timeout: TIMEOUT }, () => {
  const runs = RUNS ?? 2000;
  const tensors = {
    a: tensor(Float32Array.of(1, 2, 3, 4), [2, 2]),
    b: tensor(Float32Array.of(5), [1]),
    none: tensor(new Float32Array(0), [0, 3]),
  };
  const valid = writeSafetensors(tensors, { by: 'test' });
  const length = new DataView(valid.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(valid.subarray(8, 8 + length)));
  const make = (random: Random) => {
    const value = random.below(4) === 0 ? header : spoilJson(random, header);
    const text = new TextEncoder().encode(JSON.stringify(value) ?? '');
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, text.length, true);
    const file = Uint8Array.of(...head, ...text, ...valid.subarray(8 + length));
    return random.below(2) === 0 ? file : spoilBytes(random, file);
  };
  const read = (file: Uint8Array) => readSafetensors(file);
  const accepted = trial(runs, make, read, (result) => {
    const { tensors: found, metadata } = result as ReturnType<typeof readSafetensors>;
    const again = readSafetensors(writeSafetensors(found, metadata));
    expect(again).toEqual({ tensors: found, metadata, skipped: {} });
  });
  expect(accepted).toBeGreaterThan(0);
  expect(accepted).toBeLessThan(runs);
});
