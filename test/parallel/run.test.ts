/** Experiments dealt out to workers: the records of one thread, whoever made them. */
import { afterAll, describe, expect, test } from 'vitest';
import {
  capacity,
  experiment,
  formatRecord,
  mergeRecords,
  type Experiment,
  type TrialRecord,
} from '../../src/experiments/index.ts';
import { Pool } from '../../src/parallel/index.ts';
import { start } from './workers.ts';

const pools = [1, 2, 3, 7].map((workers) => new Pool({ workers, worker: () => start() }));
afterAll(() => Promise.all(pools.map((pool) => pool.dispose())));

async function lines<P extends object, R, S extends object>(
  experiment: Experiment<P, R, S>,
  pool?: Pool,
) {
  const records: TrialRecord[] = [];
  const onRecord = (record: TrialRecord) => records.push(record);
  const run = pool ? pool.run(experiment, { onRecord }) : experiment.run({ onRecord });
  const results = [];
  for await (const result of run) results.push(result);
  return { results, text: mergeRecords(records).map(formatRecord).join('') };
}

const small = () => capacity({ neurons: [60, 100], loads: [0.1, 0.2], trials: 4, seed: 3 });

describe.each([0, 1, 2, 3])('pool %d', (k) => {
  test('results and records are those of one thread', async () => {
    const pool = pools[k];
    expect(await lines(small(), pool)).toEqual(await lines(small()));
    expect(pool.kind).toBe('workers');
  });
});

test('with an error to reach, the same trials are made', async () => {
  const wanted = () => capacity({ neurons: 60, loads: 0.15, trials: 3, error: 0.05, seed: 1 });
  expect(await lines(wanted(), pools[2])).toEqual(await lines(wanted()));
});

test('a trial of a module is loaded by every worker', async () => {
  const code = 'export default async ({ x }, seed) => ({ y: x + seed });';
  const own = () =>
    experiment({
      points: [{ x: 1 }, { x: 2 }],
      trial: { module: `data:text/javascript,${encodeURIComponent(code)}` },
      summarise: (_, trials: readonly { y: number }[]) => ({ ys: trials.map(({ y }) => y) }),
      trials: 3,
      seed: 5,
    });
  expect(await lines(own(), pools[1])).toEqual(await lines(own()));
});

test('a function of one thread stays there, and the pool says so', async () => {
  const pool = pools[0];
  const own = experiment({
    points: [{ x: 1 }],
    trial: ({ x }, seed) => ({ y: x + (seed % 7) }),
    summarise: (_, trials: readonly { y: number }[]) => ({ sum: trials.length }),
    trials: 5,
    seed: 1,
  });
  expect((await lines(own, pool)).results).toMatchObject([{ x: 1, sum: 5 }]);
  expect([pool.kind, pool.reason]).toEqual([
    'this-thread',
    'the trial is a function, which runs on the thread it is of; { module, export } could go to workers',
  ]);
});

test('a trial that throws is named; the signal ends a run; who leaves early leaves nothing behind', async () => {
  const pool = pools[1];
  const code = "export default () => { throw new Error('no such thing'); };";
  const bad = experiment({
    points: [{ x: 1 }],
    trial: { module: `data:text/javascript,${encodeURIComponent(code)}` },
    summarise: () => ({}),
    seed: 1,
  });
  await expect(pool.run(bad).next()).rejects.toThrow(/the trial of \{"x":1\} .*no such thing/);
  const stop = new AbortController();
  const run = pool.run(small(), {
    signal: stop.signal,
    onRecord: () => stop.abort(new Error('enough')),
  });
  await expect(run.next()).rejects.toThrow('enough');
  for await (const { trials } of pool.run(small())) {
    expect(trials).toBe(4);
    break;
  }
  expect(await lines(small(), pool)).toEqual(await lines(small()));
});
