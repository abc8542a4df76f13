import { describe, expect, test, vi } from 'vitest';
import { groupLengthOf, lengthOf } from '../../src/optimise/lengthen.ts';
import { coolingPlan, planSearch, type SearchProgress } from '../../src/optimise/options.ts';
import { search } from '../../src/optimise/search.ts';
import { FakeSearch, planOf } from './fake-search.ts';

const finish = (state: number[]) => ({ state, energy: state[1] });
/** Falls by one a sweep. */
const falling = (run: number, sweep: number): number => 100 + run - sweep;

describe('runs', () => {
  test('all of them are made, in order, and the best state of all is kept', async () => {
    const floors = [5, -3, 7, -2];
    const work = new FakeSearch(50, (run, sweep) => (sweep === 20 ? floors[run] : 50));
    const result = await search(work, planOf({ restarts: 4 }), finish);
    expect(result.state).toEqual([1, -3]);
    expect(result.energy).toBe(-3);
    expect([...result.energies]).toEqual(floors);
    expect(result.ended).toBe('restarts');
    expect(result.restarts).toBe(4);
    expect(result.sweeps).toBe(200);
    expect(work.advanced).toBe(200);
    expect(work.begun.map(({ run }) => run)).toEqual([0, 1, 2, 3]);
    expect(work.disposed).toBe(1);
  });

  test('none is over while it is between sweeps, where the time can end it', async () => {
    class Halting extends FakeSearch {
      #left = 0;
      readonly #turns: number;
      constructor(turns: number) {
        super(20, falling);
        this.#turns = turns;
      }
      get between(): boolean {
        return this.#left > 0;
      }
      override advance(sweeps: number): number {
        this.#left = this.#left > 0 ? this.#left - 1 : this.#turns;
        return this.between ? 0 : super.advance(sweeps);
      }
    }
    const work = new Halting(3);
    const { sweeps, energies, completed } = await search(work, planOf({ restarts: 2 }), finish);
    expect({ sweeps, energies: [...energies], completed }).toEqual({
      sweeps: 40,
      energies: [80, 81],
      completed: 2,
    });
    const ended = await search(new Halting(Infinity), planOf({ time: 0.05 }), finish);
    expect(ended).toMatchObject({ ended: 'time', restarts: 1, completed: 0, sweeps: 0 });
  });

  test('only the first begins in the start state', async () => {
    const work = new FakeSearch(2, falling);
    await search(work, planOf({ start: [9] }), finish);
    expect(work.begun.map(({ start }) => start)).toEqual([[9], undefined, undefined]);
  });

  test('the energy reported is the one recomputed from the state', async () => {
    const result = await search(new FakeSearch(3, falling), planOf({}), (state) => ({
      state,
      energy: 1234,
    }));
    expect(result.energy).toBe(1234);
  });
});

describe('rank', () => {
  test('the best state is the one of lowest rank, whatever its energy', async () => {
    const work = new FakeSearch(50, falling);
    const rank = ([run]: number[]) => (run === 1 ? 0 : 5);
    const result = await search(work, planOf({ restarts: 4, rank }), finish);
    expect(result.state).toEqual([1, 51]);
    expect(result.energy).toBe(51);
    expect([...result.energies]).toEqual([50, 51, 52, 53]);
  });

  test('is asked at the end of runs, so that it does not matter how sweeps are divided', async () => {
    const ranked: number[][] = [];
    const rank = (state: number[]) => ranked.push(state);
    await search(new FakeSearch(300, falling, 0.02), planOf({ rank }), finish);
    expect(ranked.every(([run, energy]) => energy === run - 200)).toBe(true);
    expect(new Set(ranked.map(([run]) => run)).size).toBe(3);
  });

  test('the target is one', async () => {
    const rank = ([run]: number[]) => 3 - run;
    const plan = planOf({ restarts: 9, rank, target: 1 });
    const result = await search(new FakeSearch(50, falling), plan, finish);
    expect(result).toMatchObject({ ended: 'target', restarts: 3, state: [2, 52] });
  });

  test('a search cut short in its first run gives what there is', async () => {
    const work = new FakeSearch(1e9, falling, 1);
    const rank = () => 7;
    const told: number[] = [];
    const onProgress = ({ energy }: SearchProgress) => told.push(energy);
    const result = await search(work, planOf({ time: 0.1, rank, onProgress }), finish);
    expect(result).toMatchObject({ ended: 'time', restarts: 1 });
    expect(new Set(told)).toEqual(new Set([7]));
  });
});

describe('what is said of the course', () => {
  test('runs that came to their end: all, those before the time was over, none', async () => {
    const all = await search(new FakeSearch(50, falling), planOf({ restarts: 4 }), finish);
    expect(all.completed).toBe(4);
    const some = new FakeSearch(20, falling, 0.1);
    const timed = await search(some, planOf({ restarts: Infinity, time: 0.3 }), finish);
    // What has made its last sweep may not have been asked whether it is over.
    const through = Math.floor(some.advanced / 20);
    expect([through - 1, through]).toContain(timed.completed);
    expect(through).toBeGreaterThan(2);
    const long = new FakeSearch(1e9, falling, 1);
    expect((await search(long, planOf({ time: 0.05 }), finish)).completed).toBe(0);
    const late = { ...planOf({ time: 0.05 }), asked: performance.now() - 100 };
    expect(await search(new FakeSearch(50, falling), late, finish)).toMatchObject({
      completed: 0,
      restarts: 1,
    });
  });

  test('a run is at its end where it reaches the target, and one without end wherever it is', async () => {
    const work = new FakeSearch(50, (run, sweep) => (run === 2 && sweep >= 30 ? -1 : 0));
    const reached = await search(work, planOf({ restarts: 9, target: -1 }), finish);
    expect(reached.completed).toBe(3);
    const endless = new FakeSearch(Infinity, falling, 1);
    expect((await search(endless, planOf({ time: 0.05 }), finish)).completed).toBe(1);
  });

  test('when the best was met: early where nothing better follows', async () => {
    const early = new FakeSearch(100, (_, sweep) => (sweep >= 5 ? 1 : 2), 1);
    const found = await search(early, planOf({ restarts: 1 }), finish);
    expect(found.seconds).toBeGreaterThan(0.09);
    expect(found.reached).toBeGreaterThan(0.003);
    expect(found.reached).toBeLessThan(found.seconds / 2);
    const late = new FakeSearch(100, falling, 1);
    const last = await search(late, planOf({ restarts: 1 }), finish);
    expect(last.reached).toBeGreaterThan(0.09);
    expect(last.reached).toBeLessThanOrEqual(last.seconds);
  });
});

describe('what ends a search', () => {
  test('the target, in the run that reaches it', async () => {
    const work = new FakeSearch(50, (run, sweep) => (run === 2 && sweep >= 30 ? -1 : 0));
    const result = await search(work, planOf({ restarts: 9, target: -1 }), finish);
    expect(result.ended).toBe('target');
    expect(result.restarts).toBe(3);
    expect(result.energy).toBe(-1);
  });

  test('a start that is good enough needs no sweep', async () => {
    const work = new FakeSearch(0, () => -1);
    const result = await search(work, planOf({ target: -1 }), finish);
    expect(result).toMatchObject({ ended: 'target', sweeps: 0, restarts: 1 });
  });

  test('the time, in the middle of a run', async () => {
    const work = new FakeSearch(1e9, falling, 1);
    const result = await search(work, planOf({ restarts: Infinity, time: 0.1 }), finish);
    expect(result.ended).toBe('time');
    expect(result.seconds).toBeGreaterThanOrEqual(0.1);
    expect(result.seconds).toBeLessThan(1);
    expect(result.sweeps).toBe(work.advanced);
    expect(result.energy).toBe(100 - result.sweeps);
    expect(work.disposed).toBe(1);
  });

  test('the signal, while it works', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const work = new FakeSearch(1e9, falling, 1);
    const plan = planOf({ restarts: Infinity, signal: stop.signal });
    const result = await search(work, plan, finish);
    expect(result.ended).toBe('signal');
    expect(result.energy).toBe(100 - work.advanced);
    expect(work.disposed).toBe(1);
  });

  test('a signal that was aborted before throws what it gives, and disposes', async () => {
    const work = new FakeSearch(5, falling);
    const plan = planOf({ signal: AbortSignal.abort(new Error('enough')) });
    await expect(search(work, plan, finish)).rejects.toThrow('enough');
    expect(work.begun).toEqual([]);
    expect(work.disposed).toBe(1);
  });

  test('what a listener throws, after disposing', async () => {
    const work = new FakeSearch(5, falling);
    const onProgress = (): never => {
      throw new Error('no more');
    };
    await expect(search(work, planOf({ onProgress }), finish)).rejects.toThrow('no more');
    expect(work.disposed).toBe(1);
  });
});

describe('progress', () => {
  async function told(plan: Parameters<typeof planOf>[0], millis: number, sweeps = 40) {
    const list: SearchProgress[] = [];
    const onProgress = (progress: SearchProgress): void => void list.push(progress);
    const result = await search(
      new FakeSearch(sweeps, falling, millis),
      planOf({ ...plan, onProgress }),
      finish,
    );
    return { list, result };
  }

  test('rises from 0 to 1, and ends with what the result says', async () => {
    for (const plan of [{ restarts: 5 }, { restarts: Infinity, time: 0.2 }]) {
      const { list, result } = await told(plan, 1);
      expect(list.length).toBeGreaterThan(3);
      for (const [k, { done, energy, sweeps }] of list.entries()) {
        expect(done).toBeGreaterThanOrEqual(k === 0 ? 0 : list[k - 1].done);
        expect(done).toBeLessThanOrEqual(1);
        if (k === 0) continue;
        expect(energy).toBeLessThanOrEqual(list[k - 1].energy);
        expect(sweeps).toBeGreaterThanOrEqual(list[k - 1].sweeps);
      }
      const { restarts, sweeps, energy } = result;
      expect(list.at(-1)).toMatchObject({ done: 1, restarts, sweeps, energy });
    }
  });

  test('never falls, whatever ends when a pause is due', async () => {
    // A clock that goes on by a hundredth of a millisecond at each look: the same in every run.
    let clock = 0;
    const look = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 0.01));
    try {
      for (const [sweeps, millis] of [
        [30, 0.2],
        [37, 0.2],
        [1, 15],
        [7, 4],
        [3, 30],
      ]) {
        for (const plan of [{ restarts: 12 }, { restarts: Infinity, time: 0.15 }]) {
          const { list } = await told(plan, millis, sweeps);
          const done = list.map((progress) => progress.done);
          expect(done.length).toBeGreaterThan(2);
          expect(done).toEqual([...done].sort((a, b) => a - b));
          expect(done.at(-1)).toBe(1);
          // Each is said in the run it belongs to.
          for (const { done: share, restarts } of list.slice(0, -1)) {
            if (plan.restarts === 12) {
              expect(share * 12).toBeGreaterThan(restarts - 1);
              expect(share * 12).toBeLessThanOrEqual(restarts);
            }
          }
        }
      }
    } finally {
      look.mockRestore();
    }
  });

  test('comes once when the work is short', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1);
    const { list } = await told({}, 0).finally(() => clock.mockRestore());
    expect(list).toHaveLength(1);
  });

  test('lets other work have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await told({ restarts: 4 }, 1);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });
});

describe('options', () => {
  test('restarts: ten, or endless with a time; endless only when something else can end it', () => {
    const restarts = (options: object): number => planSearch(options, 'test').restarts;
    expect(restarts({})).toBe(10);
    expect(restarts({ time: 5 })).toBe(Infinity);
    expect(restarts({ time: Infinity })).toBe(10);
    expect(restarts({ time: 5, restarts: 3 })).toBe(3);
    expect(restarts({ restarts: Infinity, target: 1 })).toBe(Infinity);
    expect(restarts({ restarts: Infinity, signal: new AbortController().signal })).toBe(Infinity);
    expect(() => restarts({ restarts: Infinity })).toThrow(RangeError);
  });

  test.each([
    [{ restarts: 0 }, RangeError],
    [{ restarts: 1.5 }, RangeError],
    [{ time: 0 }, RangeError],
    [{ time: NaN }, RangeError],
    [{ time: '5' }, TypeError],
    [{ target: NaN }, RangeError],
    [{ seed: -1 }, RangeError],
    [{ signal: {} }, TypeError],
    [{ onProgress: 1 }, TypeError],
    [{ sweps: 1 }, TypeError],
    [null, TypeError],
  ])('%o is refused', (options, error) => {
    expect(() => planSearch(options as object, 'test')).toThrow(error);
  });
});

describe('temperatures', () => {
  const cool = (options: object, usual: readonly [number, number] = [8, 2], length?: number) => [
    ...coolingPlan(options, usual, length),
  ];

  test('fall linearly from the usual first to the last', () => {
    expect(cool({ sweeps: 4 })).toEqual([8, 6, 4, 2]);
    expect(cool({ sweeps: 1 })).toEqual([8]);
    expect(cool({})).toHaveLength(1000);
    expect(cool({ sweeps: 4 }, [8, 2], 3)).toHaveLength(12);
  });

  test('fall by equal factors when asked, or when the usual ones are far apart', () => {
    const expected = [8, 4, 2];
    cool({ sweeps: 3, schedule: 'geometric' }).forEach((t, k) =>
      expect(t).toBeCloseTo(expected[k]),
    );
    cool({ sweeps: 3 }, [1000, 1]).forEach((t, k) =>
      expect(t).toBeCloseTo(10 ** (1.5 * (2 - k)), 9),
    );
    expect(cool({ sweeps: 3, temperatures: [1000, 1] })[1]).toBe(500.5);
    expect(cool({ sweeps: 3 }, [1000, 0])).toEqual([1000, 500, 0]);
    const far = cool({ sweeps: 5, temperatures: [1e200, 1e-200], schedule: 'geometric' });
    expect(far[0]).toBe(1e200);
    expect(far[1] / 1e100).toBeCloseTo(1, 9);
    expect(far[2]).toBeCloseTo(1, 9);
  });

  test('are what a function says', () => {
    expect(cool({ sweeps: 3, schedule: (t: number) => 1 - t })).toEqual([1, 0.5, 0]);
  });

  test.each([
    [{ sweeps: 0 }, RangeError],
    [{ sweeps: 2.5 }, RangeError],
    [{ temperatures: [1] }, TypeError],
    [{ temperatures: 3 }, TypeError],
    [{ temperatures: [1, -1] }, RangeError],
    [{ temperatures: [NaN, 1] }, RangeError],
    [{ temperatures: [Infinity, 1] }, RangeError],
    [{ temperatures: [1, 0], schedule: 'geometric' }, RangeError],
    [{ schedule: 'cubic' }, TypeError],
    [{ schedule: (): number => -1 }, RangeError],
    [{ schedule: (): unknown => 'x' }, TypeError],
    [{ schedule: (): number => 1, temperatures: [1, 2] }, TypeError],
  ])('%o is refused', (options, error) => {
    expect(() => cool(options)).toThrow(error);
  });
});

test('lengths of runs are 1, 2, 1, 4, 1, 2, 1, 8 …, and each length gets as much time', () => {
  const lengths = Array.from({ length: 1024 }, (_, run) => lengthOf(run));
  expect(lengths.slice(0, 8)).toEqual([1, 2, 1, 4, 1, 2, 1, 8]);
  for (let length = 1; length < 1024; length *= 2) {
    expect(lengths.filter((x) => x === length).length * length).toBe(512);
  }
  expect(lengthOf(1024)).toBe(1);
  const groups = Array.from({ length: 130 }, (_, group) => groupLengthOf(group));
  expect(groups.slice(0, 10)).toEqual([1 / 8, 1, 8, 16, 8, 32, 8, 16, 8, 64]);
  expect(Math.max(...groups)).toBe(1024);
  expect(groupLengthOf(130)).toBe(8);
});
