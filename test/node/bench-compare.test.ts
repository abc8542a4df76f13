/** What `npm run bench -- --compare` calls slower. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, readSaved, type SavedRun } from '../../bench/compare.mjs';

/** A run of one thing whose runs took `median`, the middle half of them within `width` of it. */
function run(median: number, { width = 0, runs = 100, pace = 1, what = 'recall' } = {}): SavedRun {
  const timing = { what, low: median * (1 - width / 2), median, high: median * (1 + width / 2) };
  return { pace, timings: [{ ...timing, runs }] };
}

const verdict = (before: SavedRun, after: SavedRun) => compare(before, after).changes[0].verdict;

const times = fc.double({ min: 1e-6, max: 1e4, noNaN: true });
const width = fc.double({ min: 0, max: 0.5, noNaN: true });
const runs = fc.integer({ min: 1, max: 1000 });
const timing = fc
  .tuple(times, width, runs)
  .map(([median, width, runs]) => run(median, { width, runs }));

test.each([
  ['steady runs, twice the time', {}, {}, 2, 'slower'],
  ['steady runs, half the time', {}, {}, 0.5, 'faster'],
  ['a difference too small for any run', {}, {}, 1.08, 'same'],
  ['a difference that noise before hides', { width: 0.4 }, {}, 1.3, 'same'],
  ['a difference that noise after hides', {}, { width: 0.4 }, 1.3, 'same'],
  ['the same without noise', { width: 0.1 }, { width: 0.1 }, 1.3, 'slower'],
  ['noise that hides little', { width: 0.4 }, { width: 0.4 }, 2.1, 'slower'],
  ['few runs, which say little', { runs: 2 }, { runs: 2 }, 1.5, 'same'],
  ['few runs, much slower', { runs: 2 }, { runs: 2 }, 1.6, 'slower'],
] as const)('%s', (_, before, after, ratio, expected) => {
  expect(verdict(run(10, before), run(10 * ratio, after))).toBe(expected);
});

test('a run against itself changes nothing', () => {
  fc.assert(
    fc.property(timing, (saved) => {
      const [{ ratio, verdict }] = compare(saved, saved).changes;
      expect(ratio).toBeCloseTo(1, 12);
      expect(verdict).toBe('same');
    }),
  );
});

test('the other way round, slower is faster', () => {
  const opposite = { slower: 'faster', faster: 'slower', same: 'same' };
  fc.assert(
    fc.property(timing, timing, (a, b) => {
      const [there] = compare(a, b).changes;
      const [back] = compare(b, a).changes;
      expect(there.ratio * back.ratio).toBeCloseTo(1, 9);
      // On the border itself rounding may decide.
      fc.pre(Math.abs(Math.abs(Math.log(there.ratio)) - Math.log(there.noise)) > 1e-9);
      expect(back.verdict).toBe(opposite[there.verdict]);
    }),
  );
});

test('a machine that is slower in all, also in the loop that is always the same, hides nothing and blames nothing', () => {
  fc.assert(
    fc.property(timing, timing, times, (before, after, slowness) => {
      const slow: SavedRun = {
        pace: after.pace * slowness,
        timings: after.timings.map(({ what, low, median, high, runs }) => ({
          what,
          low: low * slowness,
          median: median * slowness,
          high: high * slowness,
          runs,
        })),
      };
      const [there] = compare(before, after).changes;
      const [here] = compare(before, slow).changes;
      expect(here.ratio / there.ratio).toBeCloseTo(1, 9);
      expect(here.noise / there.noise).toBeCloseTo(1, 9);
    }),
  );
});

test('the worst comes first; what stands in one run only is named, not judged', () => {
  const timings = (times: Record<string, number>): SavedRun => ({
    pace: 1,
    timings: Object.entries(times).flatMap(([what, time]) => run(time, { what }).timings),
  });
  const { changes, gone, added } = compare(
    timings({ a: 1, b: 1, c: 1, old: 1 }),
    timings({ a: 1, b: 3, c: 2, fresh: 1 }),
  );
  expect(changes.map(({ what }) => what)).toEqual(['b', 'c', 'a']);
  expect(gone).toEqual(['old']);
  expect(added).toEqual(['fresh']);
});

test('what was saved is read; what is no saved run is refused', () => {
  expect(readSaved(JSON.stringify(run(3)))).toEqual(run(3));
  expect(() => readSaved('table')).toThrow('no JSON');
  const broken = [
    null,
    {},
    { pace: 1 },
    { ...run(3), pace: 0 },
    run(Number.NaN),
    run(3, { runs: 0 }),
  ];
  for (const saved of broken) {
    expect(() => readSaved(JSON.stringify(saved))).toThrow('--save FILE');
  }
});
