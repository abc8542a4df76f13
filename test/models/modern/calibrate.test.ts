/** β and c from examples: networks made of them do what was promised. */
import { describe, expect, test } from 'vitest';
import { calibrate, HopfieldNetwork, ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, vector, vectors } from './cases.ts';
import { norm, scores } from './oracle.ts';

const unit = (v: Float32Array) => v.map((x) => x / norm(v));

/** Vectors of length 1, queries near them, and strangers. */
function world(seed: number) {
  const random = new Random(seed);
  const rows = vectors(random, 60, 24).map(unit);
  const queries = Array.from({ length: 150 }, (_, k) => {
    const noise = vector(random, 24, 0.05 + 0.3 * random.real());
    return unit(rows[k % 60].map((x, i) => x + noise[i]));
  });
  const strangers = vectors(random, 200, 24).map(unit);
  return { rows, queries, strangers };
}

const KINDS = (['dot', 'cosine', 'euclidean'] as const).flatMap((similarity) =>
  (['softmax', 'sparsemax', 'entmax'] as const).map((separation) => ({ similarity, separation })),
);

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('%o', (kind) => {
    const { rows, queries, strangers } = world(3);
    const network = new ModernHopfieldNetwork(24, { ...kind, backend }).store(rows);
    for (const falseAlarms of [0, 0.05, 0.3]) {
      const found = calibrate(network, queries, { falseAlarms, strangers });
      const { beta, nothing } = found;
      const made = new ModernHopfieldNetwork(24, { ...kind, beta, nothing, backend }).store(rows);
      const matched = (list: Float32Array[]) =>
        [...made.recallMany(list).matches.indices].map((index) => index >= 0);
      const among = (list: boolean[]) => list.filter(Boolean).length / list.length;
      expect(among(matched(strangers))).toBe(found.falseAlarms);
      expect(found.falseAlarms).toBeLessThanOrEqual(falseAlarms);
      // No more careful than it has to be.
      expect(found.falseAlarms).toBeGreaterThan(falseAlarms - 0.006);
      const known = matched(queries);
      expect(1 - among(known)).toBeCloseTo(found.missed, 12);
      // The same without nothing: the least β at which nine in ten of them settle.
      const settled = (b: number) => {
        const free = new ModernHopfieldNetwork(24, { ...kind, beta: b, backend }).store(rows);
        const { weights } = free.recallMany(queries.filter((_, k) => known[k])).matches;
        const enough = kind.separation === 'softmax' ? 0.9 : 1;
        return weights.filter((w) => w >= enough - 1e-5).length / weights.length;
      };
      expect(settled(beta * 1.001)).toBeGreaterThanOrEqual(0.9);
      expect(settled(beta * 0.98)).toBeLessThan(0.9);
      expect(found.settled).toBeGreaterThanOrEqual(0.9);
      expect(found.queries.count).toBe(150);
      expect(found.strangers.count).toBe(200);
      const best = queries.map((query) => Math.max(...scores({ ...kind, beta: 1 }, rows, query)));
      expect(found.queries.most).toBeCloseTo(Math.max(...best), 5);
      expect(found.queries.least).toBeCloseTo(Math.min(...best), 5);
    }
  });

  test('without strangers, each stored vector is one to the others', () => {
    const { rows, queries } = world(4);
    const network = new ModernHopfieldNetwork(24, { similarity: 'cosine', backend }).store(rows);
    const found = calibrate(network, queries, { falseAlarms: 0 });
    const next = rows.map((a, k) =>
      Math.max(
        ...rows
          .filter((_, j) => j !== k)
          .map((b) => scores({ beta: 1, similarity: 'cosine', separation: 'softmax' }, [b], a)[0]),
      ),
    );
    expect(found.strangers.most).toBeCloseTo(Math.max(...next), 5);
    expect(found.nothing).toBeGreaterThan(Math.max(...next) - 1e-6);
    expect(found.falseAlarms).toBe(0);
    expect(found.sentence).toMatch(/^150 queries are at best as similar as .* 60 strangers as /);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

test('both backends give the same', () => {
  const { rows, queries } = world(5);
  const [a, b] = BACKENDS.map((backend) =>
    calibrate(new ModernHopfieldNetwork(24, { backend }).store(rows), queries),
  );
  expect(a).toEqual(b);
});

/** Two numbers on a line: a query x is as similar as x to the first, and half as similar to the second. */
const line = () => new ModernHopfieldNetwork(1).store([[1], [0.5]]);

test('c is half-way between the last stranger that finds nothing and the next of anyone', () => {
  const strangers = [[3], [1], [4], [2]];
  const at = (queries: number[][], falseAlarms: number) =>
    calibrate(line(), queries, { strangers, falseAlarms });
  expect(at([[3.5], [10]], 0.25).nothing).toBe(3.25);
  expect(at([[10], [3.25]], 0.49).nothing).toBe(3.125);
  expect(at([[10], [3.5]], 0.5).nothing).toBe(2.5);
  expect(at([[10], [3.5]], 0).nothing).toBe(7);
  // Nobody is more similar than the last stranger.
  expect(at([[1], [2]], 0).nothing).toBeCloseTo(4 + 4e-6, 12);
  expect(at([[1], [2]], 0).missed).toBe(1);
  const { queries, strangers: aliens } = at([[10], [3.5], [6]], 0);
  expect(queries).toEqual({ count: 3, least: 3.5, median: 6, most: 10 });
  expect(aliens).toEqual({ count: 4, least: 1, median: 3, most: 4 });
});

test.each([999, 1000, 1001, 1500])('at most 1000 are looked at, evenly spaced: of %i', (count) => {
  const list = Array.from({ length: count }, (_, k) => [k + 1]);
  const { queries, strangers } = calibrate(line(), list, { strangers: list.map(([x]) => [x / 2]) });
  const looked = Math.min(1000, count);
  const seen = Array.from({ length: looked }, (_, k) => Math.floor((k * count) / looked) + 1);
  const [median, most] = [seen[looked >> 1], seen[looked - 1]];
  expect(queries).toEqual({ count: looked, least: 1, median, most });
  expect(strangers).toEqual({ count: looked, least: 0.5, median: median / 2, most: most / 2 });
});

test('the sentence says what was found', () => {
  const found = calibrate(line(), [[2], [9], [20], [30]], {
    strangers: [[1], [3], [4], [5]],
    falseAlarms: 0.25,
  });
  // Three find something, and lead by half their similarity. Two of three are not nine in ten: the least lead decides.
  expect(found.nothing).toBe(4.5);
  expect(found.beta).toBeCloseTo((2 * Math.log(9)) / 9, 9);
  expect(found.sentence).toBe(
    '4 queries are at best as similar as 2 to 30, 20 in the middle, 4 strangers as 1 to 5, 4 in the middle: ' +
      'with nothing at 4.5, 25 % of the strangers and 75 % of the queries find something, ' +
      'and at beta 0.49 100 % of these give it nine tenths of the weight',
  );
});

test('vectors stored twice have no β that tells them apart; others decide then', () => {
  const rows = [
    [1, 0],
    [1, 0],
    [0, 1],
  ];
  const network = new ModernHopfieldNetwork(2).store(rows);
  const queries = [
    [1, 0],
    [0, 1],
  ];
  const { beta, settled } = calibrate(network, queries, { strangers: [[-1, -1]] });
  // Σ e^(−β·1) twice: ln 2 + ln 9 = β.
  expect(beta).toBeCloseTo(Math.log(18), 9);
  expect(settled).toBe(0.5);
  const twins = new ModernHopfieldNetwork(2, { beta: 5 }).store(rows.slice(0, 2));
  expect(calibrate(twins, [[1, 0]], { strangers: [[-1, 0]] }).beta).toBe(5);
});

test('refuses what it cannot work on', () => {
  const network = new ModernHopfieldNetwork(2).store([1, 2]);
  expect(() => calibrate(new HopfieldNetwork(2) as never, [1, 2])).toThrow(
    'network is a HopfieldNetwork, expected a ModernHopfieldNetwork',
  );
  expect(() => calibrate(network, [1, 2])).toThrow(
    'there are 1 stored vectors, 1 queries and 0 strangers, expected some of each',
  );
  expect(() => calibrate(network, [1, 2, 3])).toThrow(RangeError);
  expect(() => calibrate(network, [1, 2], { falseAlarms: 1 })).toThrow(RangeError);
  expect(() => calibrate(network, [1, 2], { alarms: 1 } as never)).toThrow(TypeError);
  const top = new ModernHopfieldNetwork(2, { separation: { name: 'top-k', k: 1 } }).store([1, 2]);
  expect(() => calibrate(top, [1, 2])).toThrow("the separation is 'top-k', expected 'softmax'");
});
