/** What may happen to workers: calls reject with what happened, or give what one thread gives; nothing hangs. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HopfieldNetwork, Random, SequenceMemory } from '../../src/index.ts';
import { descend, IsingModel } from '../../src/optimise/index.ts';
import { Pool, type PoolOptions, type WorkerLike } from '../../src/parallel/index.ts';
import { Pool as OwnPool } from '../../src/parallel/own.ts';
import { start, THROWS, VANISHES, WORKER } from './workers.ts';

const N = 60;
const random = new Random(2);
const patterns = Array.from({ length: 6 }, () => random.signs(N));
const cues = Array.from({ length: 24 }, () => random.signs(N));
const network = new HopfieldNetwork(N).store(patterns);
const expected = network.recallMany(cues, { seed: 1 });

const pools: Pool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});
function open(options: PoolOptions): Pool {
  const pool = new Pool(options);
  pools.push(pool);
  return pool;
}
const recall = (pool: OwnPool, options = {}) =>
  pool.recallMany(network, cues, { seed: 1, ...options });

/** Workers of these sources, one after the other; then as they should be. */
function inTurn(...sources: string[]): () => WorkerLike {
  return () => start(sources.shift() ?? WORKER);
}

describe('a worker that', () => {
  test('throws when it is loaded: the call rejects, the next one gets another', async () => {
    const pool = open({ workers: 1, worker: inTurn("throw new Error('no good')") });
    await expect(recall(pool)).rejects.toThrow(/^worker 1 could not be started: .*no good/);
    expect(await recall(pool)).toStrictEqual(expected);
    expect(pool.kind).toBe('workers');
  });

  test('cannot be made: the same', async () => {
    let made = 0;
    const worker = () => {
      if (made++ === 0) throw new RangeError('none left');
      return start();
    };
    const pool = open({ workers: 1, worker });
    await expect(recall(pool)).rejects.toThrow('worker 1 could not be started: none left');
    expect(await recall(pool)).toStrictEqual(expected);
    const none = open({ workers: 1, worker: () => 5 as never });
    await expect(recall(none)).rejects.toThrow(
      /worker gave 5, expected a function that makes a Worker/,
    );
  });

  test('the pool that carries none has to be given one; where it fails, no thread stands in', async () => {
    for (const options of [undefined, {}, { workers: 1 }, { worker: 5 }]) {
      expect(() => new OwnPool(options as never)).toThrow(TypeError);
    }
    expect(() => new OwnPool({ workers: 1 } as never)).toThrow(
      /^worker is undefined, expected a function that makes a Worker$/,
    );
    const pool = new OwnPool({ workers: 1, worker: start });
    expect(await recall(pool)).toStrictEqual(expected);
    expect(pool.kind).toBe('workers');
    await pool.dispose();
    const broken = new OwnPool({ workers: 1, worker: () => start('throw new Error("no")') });
    await expect(recall(broken)).rejects.toThrow('worker 1 could not be started');
    await broken.dispose();
  });

  test('never says anything: the call rejects after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const pool = open({ workers: 1, worker: inTurn('') });
      const call = recall(pool);
      const rejects = expect(call).rejects.toThrow(/worker 1 could not be started: .* within 30 s/);
      // The worker is there once the promises before it have had their turn.
      await Promise.resolve();
      vi.advanceTimersByTime(30_001);
      await rejects;
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ['ends without a word', VANISHES, /exit code 3|it ended without an error/],
    ['throws where nobody catches it', THROWS, /out of nowhere/],
  ])('%s: the call it was in rejects and says which it was', async (_, source, cause) => {
    const pool = open({ workers: 1, worker: inTurn(source) });
    const error: Error = await recall(pool).then(
      () => expect.fail(),
      (fault) => fault,
    );
    expect(error.message).toMatch(/^worker 1 died while it was busy with recallMany: /);
    expect(error.message).toMatch(cause);
    expect(await recall(pool)).toStrictEqual(expected);
  });

  test('is of another version: the call rejects', async () => {
    const source = WORKER.replace(/"\d+\.\d+\.\d+"/, '"0.0.0-other"');
    expect(source).not.toBe(WORKER);
    const pool = open({ workers: 1, worker: inTurn(source) });
    await expect(recall(pool)).rejects.toThrow(/it is of version 0\.0\.0-other, expected \d/);
  });
});

describe('what is thrown in a task', () => {
  test('is what this thread throws, of the lowest cue; the worker is named and replaced', async () => {
    const started: WorkerLike[] = [];
    const worker = () => {
      started.push(start());
      return started.at(-1)!;
    };
    const pool = open({ workers: 2, worker });
    const bad = cues.map((cue, k) =>
      k === 5 || k === 20 ? cue.map((s, i) => (i === 3 ? 7 : s)) : cue,
    );
    const here = () => network.recallMany(bad, { seed: 1 });
    expect(here).toThrow(/^cue 5\[3\] is 7, expected/);
    const error: Error & { worker?: number } = await pool
      .recallMany(network, bad, { seed: 1 })
      .then(
        () => expect.fail(),
        (fault) => fault,
      );
    expect(error).toBeInstanceOf(RangeError);
    expect(() => {
      throw error;
    }).toThrow(/^cue 5\[3\] is 7, expected/);
    expect([1, 2]).toContain(error.worker);
    const before = started.length;
    expect(await recall(pool)).toStrictEqual(expected);
    expect(started.length).toBeGreaterThan(before - 1);
  });

  test('options that are wrong, or cannot be copied', async () => {
    const pool = open({ workers: 2 });
    await expect(recall(pool, { tie: 'never' })).rejects.toThrow(TypeError);
    await expect(recall(pool, { tempreature: 1 })).rejects.toThrow('have no tempreature');
    await expect(recall(pool, { seed: -1 })).rejects.toThrow(RangeError);
    await expect(recall(pool, { onProgress: 3 })).rejects.toThrow(
      'onProgress is 3, expected a function',
    );
    await expect(recall(pool, { clamp: { length: N, at: Symbol.iterator } })).rejects.toThrow();
    await expect(pool.recallMany(network, [])).rejects.toThrow('cues is empty');
    await expect(pool.recallMany({} as never, cues)).rejects.toThrow(
      'network is an Object, expected',
    );
    await expect(pool.recallMany(new SequenceMemory(N), cues, { steps: Infinity })).rejects.toThrow(
      'steps is Infinity, expected a number',
    );
    expect(await recall(pool)).toStrictEqual(expected);
  });

  test('what onProgress throws', async () => {
    const pool = open({ workers: 2 });
    const onProgress = () => {
      throw new Error('not now');
    };
    await expect(recall(pool, { onProgress })).rejects.toThrow('not now');
    expect(await recall(pool)).toStrictEqual(expected);
  });
});

test('workers are killed at random moments: calls give the bytes of one thread or say who died', async () => {
  const alive = new Set<WorkerLike>();
  const terminated: unknown[] = [];
  const worker = () => {
    const made = start();
    alive.add(made);
    return made;
  };
  const pool = open({ workers: 2, worker });
  const large = new HopfieldNetwork(300).store(Array.from({ length: 20 }, () => random.signs(300)));
  const many = Array.from({ length: 200 }, () => random.signs(300));
  const right = large.recallMany(many, { seed: 1 });
  const model = new IsingModel(60, {
    couplings: Float64Array.from({ length: 3600 }, () => random.real() - 0.5),
  });
  const found = await descend(model, { restarts: 300, seed: 1 });
  let died = 0;
  let whole = 0;
  for (let round = 0; round < 8; round++) {
    const calls = [
      pool.recallMany(large, many, { seed: 1 }),
      pool.solver(descend)(model, { restarts: 300, seed: 1 }),
    ] as const;
    const settled = Promise.allSettled(calls);
    await new Promise((resume) => setTimeout(resume, random.below(50)));
    for (const victim of alive) {
      if (random.real() < 0.5) continue;
      alive.delete(victim);
      terminated.push(victim.terminate());
    }
    for (const [k, call] of (await settled).entries()) {
      if (call.status === 'rejected') {
        expect(call.reason.message).toMatch(
          /^worker [12] (died while it was busy with (recallMany|search)|could not be started): /,
        );
        died++;
      } else {
        if (k === 0) expect(call.value).toStrictEqual(right);
        else expect((call.value as typeof found).energies).toEqual(found.energies);
        whole++;
      }
    }
  }
  expect(died).toBeGreaterThan(0);
  expect(whole).toBeGreaterThan(0);
  await Promise.all(terminated);
  expect(await pool.recallMany(large, many, { seed: 1 })).toStrictEqual(right);
});

describe('signals and the end', () => {
  test('an aborted call rejects with the reason at once, and the pool goes on', async () => {
    const pool = open({ workers: 2 });
    const stop = new AbortController();
    const done: number[] = [];
    const onProgress = (cue: number, of: number) => {
      expect(of).toBe(cues.length);
      done.push(cue);
      if (done.length === 2) stop.abort(new Error('enough'));
    };
    await expect(recall(pool, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(done.length).toBe(2);
    await expect(recall(pool, { signal: stop.signal })).rejects.toThrow('enough');
    expect(await recall(pool)).toStrictEqual(expected);
  });

  test('progress ends with all cues', async () => {
    const pool = open({ workers: 3 });
    const done: number[] = [];
    await recall(pool, { onProgress: (cue: number) => done.push(cue) });
    expect(done.at(-1)).toBe(cues.length);
    expect(done.length).toBeGreaterThan(4);
    expect(done.every((cue, k) => cue > (done[k - 1] ?? 0))).toBe(true);
  });

  test('dispose rejects what is under way, and all that comes after', async () => {
    const pool = open({ workers: 2 });
    const call = recall(pool);
    const other = pool.solver(descend)(new IsingModel(3, { couplings: [] }), { restarts: 9 });
    const rejects = [call, other].map((promise) =>
      expect(promise).rejects.toThrow('has been disposed of'),
    );
    await pool.dispose();
    await Promise.all(rejects);
    await expect(recall(pool)).rejects.toThrow('the pool has been disposed of');
    await expect(pool.solver(descend)(new IsingModel(3, { couplings: [] }))).rejects.toThrow(
      'disposed',
    );
    await pool.dispose();
  });

  test('await using', async () => {
    expect(typeof Symbol.asyncDispose).toBe('symbol');
    let held: Pool;
    {
      await using pool = new Pool({ workers: 1 });
      held = pool;
      expect(await recall(pool)).toStrictEqual(expected);
    }
    await expect(recall(held)).rejects.toThrow('disposed');
  });

  test('calls at the same time share the workers', async () => {
    const pool = open({ workers: 2 });
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, seed) => pool.recallMany(network, cues, { seed })),
    );
    for (const [seed, result] of all.entries()) {
      expect(result).toStrictEqual(network.recallMany(cues, { seed }));
    }
  });
});

describe('networks travel', () => {
  test('once to each worker, and again when they have changed', async () => {
    const sent: string[] = [];
    const worker = () => {
      const made = start();
      const post = made.postMessage.bind(made);
      made.postMessage = (message, transfer) => {
        sent.push((message as { say: string }).say);
        post(message, transfer);
      };
      return made;
    };
    const kept = () => sent.filter((say) => say === 'keep').length;
    const pool = open({ workers: 1, worker });
    const own = new HopfieldNetwork(N).store(patterns);
    await pool.recallMany(own, cues, { seed: 1 });
    await pool.recallMany(own, cues, { seed: 2 });
    expect(kept()).toBe(1);
    own.store(cues[3]);
    expect(await pool.recallMany(own, cues, { seed: 1 })).toStrictEqual(
      own.recallMany(cues, { seed: 1 }),
    );
    expect(kept()).toBe(2);
    own.forget(0);
    await own.daydream({ epochs: 1, seed: 1 });
    expect(await pool.recallMany(own, cues, { seed: 1 })).toStrictEqual(
      own.recallMany(cues, { seed: 1 }),
    );
    expect(kept()).toBe(3);
  });

  test('as they are when the call is made', async () => {
    const pool = open({ workers: 2 });
    const own = new HopfieldNetwork(N).store(patterns);
    const call = pool.recallMany(own, cues, { seed: 1 });
    own.store(cues[0]);
    expect(await call).toStrictEqual(expected);
  });
});

describe('on this thread', () => {
  const temperature = (sweep: number) => 1 / (1 + sweep);
  const options = { seed: 3, update: 'stochastic', temperature, maxSweeps: 6 } as const;

  test('a function among the options: said, with the same bytes', async () => {
    const pool = open({ workers: 2 });
    expect([pool.kind, pool.reason]).toEqual(['workers', undefined]);
    const call = pool.recallMany(network, cues, options);
    expect(pool.kind).toBe('this-thread');
    expect(pool.reason).toBe('temperature is a function, which runs on the thread it is of');
    expect(await call).toStrictEqual(network.recallMany(cues, options));
    await recall(pool);
    expect([pool.kind, pool.reason]).toEqual(['workers', undefined]);
  });

  test('a network that changes meanwhile is an error', async () => {
    const pool = open({ workers: 2 });
    const own = new HopfieldNetwork(N).store(patterns);
    const call = pool.recallMany(own, cues, { ...options, onProgress: () => own.store(cues[0]) });
    await expect(call).rejects.toThrow('the network was changed during a call about it');
  });
});

test('a pool is checked when it is made', () => {
  expect(() => new Pool({ workers: 0 })).toThrow('workers is 0, expected a positive integer');
  expect(() => new Pool({ workers: 1025 })).toThrow('workers is 1025, expected at most 1024');
  expect(() => new Pool({ workers: '2' as never })).toThrow(TypeError);
  expect(() => new Pool({ worker: 5 as never })).toThrow('worker is 5, expected a function');
  expect(() => new Pool({ threads: 2 } as never)).toThrow('pool options have no threads');
  const { workers } = new Pool();
  expect(workers).toBeGreaterThanOrEqual(1);
  expect(workers).toBeLessThanOrEqual(8);
});
