/** The engine: seeds, records, resumption, shards, errors, whoever runs the trials. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  experiment,
  formatRecord,
  meanOf,
  mergeRecords,
  parseRecords,
  runHere,
  shareOf,
  trialSeed,
  type Executor,
  type TrialRecord,
} from '../../src/experiments/index.ts';
import { Random } from '../../src/index.ts';

/** Coins of two kinds: what is known of them is exact. */
function coins(
  options: { trials?: number; error?: number; mostTrials?: number; seed?: number } = {},
) {
  const made: string[] = [];
  const coin = experiment({
    name: 'coins',
    points: [{ p: 0.2 }, { p: 0.5 }],
    trial({ p }, seed) {
      made.push(`${p} ${seed}`);
      return { heads: new Random(seed).real() < p ? 1 : 0 };
    },
    summarise: (_, trials: readonly { heads: number }[]) => ({
      share: shareOf(
        trials.map(({ heads }) => heads),
        1,
      ),
    }),
    precision: ({ share }) => share,
    seed: 7,
    trials: 10,
    ...options,
  });
  return { coin, made };
}

type Run = Parameters<ReturnType<typeof coins>['coin']['run']>[0];

async function run({ coin }: ReturnType<typeof coins>, options: Run = {}) {
  const records: TrialRecord[] = [];
  const results = [];
  const onRecord = (record: TrialRecord) => records.push(record);
  for await (const result of coin.run({ onRecord, ...options })) results.push(result);
  return { results, records, text: mergeRecords(records).map(formatRecord).join('') };
}

/** Gives results in an order of its own, as workers do. */
const shuffled = (seed: number): Executor =>
  async function* (work, tasks, signal) {
    const order = new Random(seed).shuffle(tasks.map((_, k) => k));
    const some = order.map((k) => tasks[k]);
    for await (const { index, result } of runHere(work, some, signal)) {
      yield { index: order[index], result };
    }
  };

test('points come in order, with their trials', async () => {
  const { results, records } = await run(coins());
  expect(results.map(({ p, trials }) => [p, trials])).toEqual([
    [0.2, 10],
    [0.5, 10],
  ]);
  expect(records).toHaveLength(20);
  expect(results[0].share.value).toBe(
    records.slice(0, 10).filter(({ result }) => (result as { heads: number }).heads === 1).length /
      10,
  );
  expect(new Set(records.map((record) => record.trialSeed)).size).toBe(20);
});

test('seeds are a hash of master seed, parameters and number, and of nothing else', () => {
  expect(trialSeed(7, { a: 1, b: 2 }, 3)).toBe(trialSeed(7, { b: 2, a: 1 }, 3));
  const seeds = [
    trialSeed(7, { a: 1 }, 3),
    trialSeed(8, { a: 1 }, 3),
    trialSeed(7, { a: 2 }, 3),
    trialSeed(7, { a: 1 }, 4),
  ];
  expect(new Set(seeds).size).toBe(4);
  const many = Array.from({ length: 1e4 }, (_, number) => trialSeed(1, { load: 0.1 }, number));
  expect(new Set(many).size).toBe(1e4);
});

test('any order of trials gives the same results and the same sorted records', async () => {
  const expected = await run(coins());
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const other = await run(coins(), { executor: shuffled(seed) });
      expect(other.text).toBe(expected.text);
      expect(other.results).toEqual(expected.results);
    }),
    { numRuns: 10 },
  );
});

test('an interrupted run goes on: no trial is lost, none is made twice', async () => {
  const expected = await run(coins());
  for (const kept of [0, 1, 9, 10, 13, 20]) {
    const again = coins();
    const earlier = expected.records.slice(0, kept);
    const { results, records } = await run(again, { records: earlier });
    expect(again.made).toHaveLength(20 - kept);
    expect(results).toEqual(expected.results);
    expect(mergeRecords([...earlier, ...records])).toEqual(mergeRecords(expected.records));
  }
});

test('more trials later are the trials that more would have been at once', async () => {
  const few = await run(coins({ trials: 4 }));
  const more = coins({ trials: 10 });
  const { results } = await run(more, { records: few.records });
  expect(more.made).toHaveLength(12);
  expect(results).toEqual((await run(coins())).results);
  // And fewer use the first of them.
  const { results: first } = await run(coins({ trials: 4 }), {
    records: (await run(coins())).records,
  });
  expect(first).toEqual(few.results);
});

test.each([1, 2, 3, 7, 30])('%d shards make every trial once', async (of) => {
  const expected = await run(coins());
  const parts = [];
  for (let index = 1; index <= of; index++)
    parts.push(await run(coins(), { shard: { index, of } }));
  const records = parts.flatMap((part) => part.records);
  expect(records).toHaveLength(20);
  expect(mergeRecords(records.reverse()).map(formatRecord).join('')).toBe(expected.text);
});

describe('error', () => {
  test('goes on until the interval is that small, and says so', async () => {
    const { results } = await run(coins({ error: 0.1 }));
    for (const { share, trials, converged } of results) {
      expect(converged).toBe(true);
      expect((share.high! - share.low!) / 2).toBeLessThanOrEqual(0.1);
      expect(trials % 10).toBe(0);
      // Wilson's half width of 0.1 takes 50 to 110 trials for such shares.
      expect(trials).toBeGreaterThan(40);
      expect(trials).toBeLessThan(120);
    }
  });

  test('ends at mostTrials, and says that it was not reached', async () => {
    const { results } = await run(coins({ error: 0.001, mostTrials: 25 }));
    expect(results.map(({ trials, converged }) => [trials, converged])).toEqual([
      [25, false],
      [25, false],
    ]);
  });

  test('makes the same trials in any order, and after any interruption', async () => {
    const expected = await run(coins({ error: 0.1 }));
    const options = { executor: shuffled(3), records: expected.records.slice(0, 33) };
    const { results } = await run(coins({ error: 0.1 }), options);
    expect(results).toEqual(expected.results);
  });
});

describe('records', () => {
  test('survive their file; a torn last line is dropped, at whatever byte it was torn', async () => {
    const { records, text } = await run(coins({ trials: 2 }));
    const sorted = mergeRecords(records);
    expect(parseRecords(text)).toEqual(sorted);
    const lines = text.split('\n').slice(0, -1);
    for (let end = 0; end < text.length; end++) {
      const whole = text.slice(0, end).split('\n').length - 1;
      expect(parseRecords(text.slice(0, end))).toEqual(sorted.slice(0, whole));
    }
    expect(lines).toHaveLength(4);
  });

  test('of other parameters are refused with the difference', async () => {
    const { records } = await run(coins());
    const [record] = records;
    const refused = (part: Partial<TrialRecord>) =>
      run(coins(), { records: [{ ...record, ...part }] }).then(
        () => 'accepted',
        ({ message }: Error) => message,
      );
    expect(await refused({})).toBe('accepted');
    expect(await refused({ seed: 8 })).toBe('records: seed is 8, expected 7');
    expect(await refused({ version: '0.0.0' })).toMatch(/version is "0.0.0", expected "/);
    expect(await refused({ experiment: 'dice' })).toMatch(/experiment is "dice", expected "coins"/);
    expect(await refused({ point: { p: 0.3 } })).toMatch(/p is 0.3, expected 0.2/);
  });

  test('that are none are refused with their line', async () => {
    const { text, records } = await run(coins({ trials: 1 }));
    expect(() => parseRecords(`${text}nonsense\n`, 'a.jsonl')).toThrow(
      'a.jsonl, line 3: is no JSON, expected a record of a trial',
    );
    const forged = formatRecord({ ...records[0], trialSeed: 1 });
    expect(() => parseRecords(forged)).toThrow(/another trialSeed/);
  });

  test('of one trial with two results are refused', async () => {
    const { records } = await run(coins({ trials: 1 }));
    const other = { ...records[0], result: { heads: 2 } };
    expect(mergeRecords([...records, ...records])).toHaveLength(2);
    expect(() => mergeRecords([...records, other])).toThrow(/two different results/);
  });
});

test('a trial that throws is named; the signal stops a run', async () => {
  const bad = experiment({
    points: [{ x: 1 }],
    trial: () => {
      throw new Error('no such thing');
    },
    summarise: () => ({}),
    seed: 1,
  });
  const seed = trialSeed(1, { x: 1 }, 0);
  await expect(bad.run().next()).rejects.toThrow(
    `the trial of {"x":1} with seed ${seed}: no such thing`,
  );
  const stop = new AbortController();
  let made = 0;
  const onRecord = () => {
    if (++made === 3) stop.abort(new Error('enough'));
  };
  await expect(run(coins(), { signal: stop.signal, onRecord })).rejects.toThrow('enough');
  expect(made).toBe(3);
});

test('progress counts what is there and what is to come', async () => {
  const { records } = await run(coins());
  const seen: string[] = [];
  const onProgress = ({ done, of }: { done: number; of: number }) => seen.push(`${done}/${of}`);
  await run(coins(), { records: records.slice(0, 18), onProgress });
  expect(seen).toEqual(['18/20', '19/20', '20/20']);
});

test('what is no definition, option or result is refused', async () => {
  const good = {
    points: [{ x: 1 }],
    trial: ({ x }: { x: number }) => ({ y: x }),
    summarise: (_: object, trials: readonly { y: number }[]) => ({
      y: meanOf(trials.map(({ y }) => y)),
    }),
  };
  const bad = (part: object) => () => experiment({ ...good, ...part } as typeof good);
  expect(bad({ points: [] })).toThrow(/points/);
  expect(bad({ points: [{ x: NaN }] })).toThrow('points[0].x is NaN');
  expect(bad({ trial: 3 })).toThrow(/trial is 3, expected a function or { module, export }/);
  expect(bad({ error: 0.1 })).toThrow(/precision/);
  expect(bad({ mostTrials: 5 })).toThrow(/mostTrials/);
  expect(bad({ trails: 5 })).toThrow(/no trails/);
  const twice = experiment({ ...good, points: [{ x: 1 }, { x: 1 }] });
  await expect(twice.run().next()).rejects.toThrow(/two points are equal/);
  const odd = experiment({ ...good, trial: () => ({ y: Infinity }) });
  await expect(odd.run().next()).rejects.toThrow('the result of a trial.y is Infinity');
  const { coin } = coins({ error: 0.1 });
  await expect(coin.run({ shard: { index: 1, of: 2 } }).next()).rejects.toThrow(/shard/);
  await expect(
    coins()
      .coin.run({ shard: { index: 3, of: 2 } })
      .next(),
  ).rejects.toThrow(/at most 2/);
});

test('a trial of a module is loaded from it', async () => {
  const code = 'export const double = ({ x }, seed) => ({ y: 2 * x, seed });';
  const own = experiment({
    points: [{ x: 21 }],
    trial: { module: `data:text/javascript,${encodeURIComponent(code)}`, export: 'double' },
    summarise: (_, trials: readonly { y: number }[]) => ({ y: trials[0].y }),
    trials: 1,
  });
  expect((await own.run().next()).value).toMatchObject({ x: 21, y: 42, trials: 1 });
  const none = experiment({
    points: [{ x: 21 }],
    trial: { module: 'data:text/javascript,' },
    summarise: () => ({}),
  });
  await expect(none.run().next()).rejects.toThrow(/default of data:.* is undefined/);
});
