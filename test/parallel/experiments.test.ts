/** Trials of experiments dealt out to workers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  capacity,
  experiment,
  mergeRecords,
  models,
  shareOf,
  type Experiment,
  type RunOptions,
  type TrialRecord,
} from '../../src/experiments/index.ts';
import { Pool } from '../../src/parallel/index.ts';
import { start } from './workers.ts';

const module = new URL('./coin-trial.mjs', import.meta.url).href;

const coins = (name: string | undefined, trials = 40) =>
  experiment({
    points: [{ p: 0.2 }, { p: 0.7 }],
    trial: { module, export: name },
    summarise: (_, all: readonly { heads: number }[]) => ({
      share: shareOf(
        all.map((t) => t.heads),
        1,
      ),
    }),
    trials,
    seed: 3,
  });

/** Points and records of a run. */
async function ran<P extends object, R, S extends object>(
  whole: Experiment<P, R, S>,
  run: (options: Omit<RunOptions, 'executor'>) => AsyncIterable<unknown> = (options) =>
    whole.run(options),
): Promise<{ points: unknown[]; records: TrialRecord[] }> {
  const records: TrialRecord[] = [];
  const points: unknown[] = [];
  const onRecord = (record: TrialRecord) => records.push(record);
  for await (const point of run({ onRecord })) points.push(point);
  return { points, records: mergeRecords(records) };
}

const EXPERIMENTS = {
  capacity: () => capacity({ neurons: [60], loads: [0.1, 0.2], trials: 4, seed: 1 }),
  models: () => models({ neurons: 24, most: 60, trials: 1, seed: 1 }),
  'one of a module': () => coins('coin'),
};

describe.each([1, 2, 3, 7])('%d workers', (workers) => {
  let pool: Pool;
  beforeAll(() => (pool = new Pool({ workers })));
  afterAll(() => pool.dispose());

  test.each(Object.entries(EXPERIMENTS))(
    '%s: points and records of one thread',
    async (_, make) => {
      const whole = make() as Experiment<object, unknown, object>;
      const by = await ran(whole, (options) => pool.run(whole, options));
      expect(by).toStrictEqual(await ran(whole));
      expect([pool.kind, pool.reason]).toEqual(['workers', undefined]);
    },
  );
});

describe('a run', () => {
  let pool: Pool;
  beforeAll(() => (pool = new Pool({ workers: 2 })));
  afterAll(() => pool.dispose());

  test('of a function is made on this thread, which is said', async () => {
    const whole = experiment({
      points: [{ x: 1 }, { x: 2 }],
      trial: ({ x }: { x: number }, seed: number) => x + (seed % 5),
      summarise: (_, all: readonly number[]) => ({ sum: all.reduce((a, b) => a + b, 0) }),
      trials: 5,
      seed: 1,
    });
    expect(await ran(whole, (options) => pool.run(whole, options))).toStrictEqual(await ran(whole));
    expect(pool.kind).toBe('this-thread');
    expect(pool.reason).toMatch('the trial is a function');
  });

  test('throws what a trial throws, by name', async () => {
    const run = () => ran(coins(undefined), (options) => pool.run(coins(undefined), options));
    await expect(run()).rejects.toThrow(
      /^the trial of \{"p":0.[27]\} with seed \d+: the coin rolled away$/,
    );
    const none = coins('number');
    await expect(ran(none, (options) => pool.run(none, options))).rejects.toThrow(
      /number of .*coin-trial.mjs.* is 7, expected the function of a trial/,
    );
  });

  test('can be left, stopped, and gone on with', async () => {
    const whole = coins('coin', 300);
    const records: TrialRecord[] = [];
    for await (const point of pool.run(whole, { onRecord: (record) => records.push(record) })) {
      expect(point.p).toBe(0.2);
      break;
    }
    const stop = new AbortController();
    // However much was made meanwhile, there is something left to stop.
    const kept = records.slice(0, 310);
    const more = [...kept];
    const stopped = ran(whole, (options) =>
      pool.run(whole, {
        records: kept,
        signal: stop.signal,
        onRecord: (record) => {
          options.onRecord?.(record);
          if (more.push(record) === kept.length + 3) stop.abort(new Error('enough'));
        },
      }),
    );
    await expect(stopped).rejects.toThrow('enough');
    const all = [...more];
    for await (const _ of pool.run(whole, { records: more, onRecord: (r) => all.push(r) }));
    expect(mergeRecords(all)).toStrictEqual((await ran(whole)).records);
    expect(all.length).toBe(600);
  });

  test('of what is no experiment is refused', () => {
    expect(() => pool.run(undefined as never)).toThrow('experiment is undefined, expected one');
  });

  test('survives a worker that is killed: the run rejects, its records stay good', async () => {
    const started: { terminate(): unknown }[] = [];
    const own = new Pool({
      workers: 2,
      worker: () => {
        const worker = start();
        started.push(worker);
        return worker;
      },
    });
    const whole = capacity({ neurons: [200], loads: [0.1], trials: 60, seed: 1 });
    const records: TrialRecord[] = [];
    const onRecord = (record: TrialRecord) => {
      if (records.push(record) === 5) for (const worker of started) void worker.terminate();
    };
    const run = async (options: Omit<RunOptions, 'executor'>) => {
      const points = [];
      for await (const point of own.run(whole, options)) points.push(point);
      return points;
    };
    await expect(run({ onRecord })).rejects.toThrow(
      /^worker [12] (died while it was busy with trial: |could not be started: )/,
    );
    expect(records.length).toBeGreaterThanOrEqual(5);
    expect(await run({ records })).toStrictEqual((await ran(whole)).points);
    await own.dispose();
  });
});
