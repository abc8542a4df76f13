import { describe, expect, test } from 'vitest';
import {
  anneal,
  descend,
  IsingModel,
  localSearch,
  maxCut,
  meanField,
  numberPartition,
  potts,
  PottsModel,
  qubo,
  Random,
  solve,
  type Problem,
  type SolveOptions,
  type Solver,
} from '../../src/optimise/index.ts';

const graph = {
  vertices: 5,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 0],
  ] as const,
};

describe('solve', () => {
  test('does what the solver does, and adds what the state stands for', async () => {
    const problem = maxCut(graph);
    const { solution, cost, violations, proved, ...rest } = await solve(problem, {
      seed: 3,
      sweeps: 50,
    });
    const found = await anneal(problem.model, { seed: 3, sweeps: 50, target: problem.target });
    expect({ ...rest, seconds: 0, reached: 0 }).toEqual({ ...found, seconds: 0, reached: 0 });
    expect(solution).toEqual(problem.decode(found.state));
    expect(proved).toBe(false);
    expect([cost, violations]).toEqual([4, []]);
    expect(rest.energy).toBe(-4);
  });

  test('takes another solver, and a target of the caller instead of the problem’s', async () => {
    const problem = maxCut(graph);
    const fallen = await solve(problem, { solver: descend, seed: 1, restarts: 20 });
    expect([fallen.cost, fallen.ended, fallen.restarts]).toEqual([4, 'restarts', 20]);
    expect((await solve(problem, { seed: 1, target: -2 })).ended).toBe('target');
  });

  test('a target that is left open is the problem’s', async () => {
    const pair = maxCut({ vertices: 2, edges: [[0, 1]] });
    expect((await solve(pair, { seed: 1, target: undefined })).ended).toBe('target');
    expect((await solve(pair, { seed: 1, target: -Infinity })).ended).toBe('restarts');
  });

  test('a time and nothing else said: the solver that suits that, where the problem has one', async () => {
    const weighted = {
      vertices: 3,
      edges: [
        [0, 1, 2],
        [1, 2, 3],
      ] as [number, number, number][],
    };
    const quadratic = {
      variables: 2,
      entries: [
        [0, 1, 3],
        [0, 0, 5],
      ] as [number, number, number][],
    };
    for (const problem of [maxCut(weighted), qubo(quadratic), numberPartition([3, 5, 9])]) {
      expect([problem.solver, problem.timed]).toEqual([anneal, localSearch]);
    }
    expect([maxCut(graph).solver, maxCut(graph).timed]).toEqual([anneal, undefined]);

    const asked: unknown[] = [];
    const timed: Solver<Int8Array> = async (model, options) => {
      asked.push(options.time);
      return anneal(model, options);
    };
    const problem = { ...maxCut(weighted), timed };
    await solve(problem, { time: 3, seed: 1, target: -5, start: new Int8Array([1, 1, 1]) });
    expect(asked).toEqual([3]);
    const saying: SolveOptions<Int8Array>[] = [
      { restarts: 2 },
      { sweeps: 9 },
      { solutions: 1 },
      { temperatures: [2, 1] },
      { schedule: 'linear' },
      { rule: 'glauber' } as SolveOptions<Int8Array>,
      { rank: () => 1, target: 1 },
      { time: Infinity },
      { solver: anneal },
    ];
    for (const said of saying) await solve(problem, { time: 3, target: -5, ...said });
    await solve(problem, { seed: 1 });
    expect(asked).toEqual([3]);
  });

  test('says what is wrong with a solution', async () => {
    const problem: Problem<Uint8Array, Int8Array> = {
      ...maxCut(graph),
      check: () => ['all of it'],
    };
    expect((await solve(problem, { seed: 1 })).violations).toEqual(['all of it']);
  });

  test.each([
    [{ solver: 'descend' }, TypeError],
    [{ solver: descend, sweeps: 10 }, TypeError],
    [{ solver: potts }, TypeError],
    [{ seed: -1 }, RangeError],
    [{ sead: 1 }, TypeError],
    [null, TypeError],
  ])('%o is refused', async (options, error) => {
    await expect(solve(maxCut(graph), options as never)).rejects.toThrow(error);
  });
});

test('what a solver of the caller gives has to be a state of the model', async () => {
  const problem = maxCut(graph);
  const given = (found: unknown) => solve(problem, { solver: async () => found as never });
  const { state, solution } = await given({ state: [1, -1, 1, -1, 1] });
  expect([state, solution]).toEqual([
    Int8Array.of(1, -1, 1, -1, 1),
    problem.decode(Int8Array.of(1, -1, 1, -1, 1)),
  ]);
  await expect(given(undefined)).rejects.toThrow('state of the solver is undefined, expected 5');
  await expect(given({})).rejects.toThrow('state of the solver is undefined, expected 5');
  await expect(given({ state: [1, -1] })).rejects.toThrow('state of the solver has length 2');
  await expect(given({ state: [1, -1, 1, -1, 7] })).rejects.toThrow('state of the solver[4] is 7');
});

test('what is no problem and no model is said to be none', async () => {
  await expect(solve(undefined as never)).rejects.toThrow(
    new TypeError('problem is undefined, expected what maxCut, colouring and the like return'),
  );
  await expect(solve({} as never)).rejects.toThrow('problem is an Object');
  const either = 'an IsingModel or a PottsModel';
  for (const [solver, expected] of [
    [anneal, either],
    [descend, either],
    [meanField, 'an IsingModel; potts is for groups'],
    [potts, 'a PottsModel; meanField is for spins'],
  ] as const) {
    await expect(solver({} as never)).rejects.toThrow(
      new TypeError(`model is an Object, expected ${expected}`),
    );
  }
});

describe('a rank that is never low enough', () => {
  const spins = maxCut(graph).model;
  const groups = new PottsModel([3, 3, 2], {
    pairs: [
      [0, 3, 5],
      [1, 4, 2],
      [2, 6, 3],
    ],
    costs: [1, 2, 3, 0, 1, 2, 4, 0],
  });
  // Far above all energies: without a rank, the first state would do.
  const target = 1000;

  test.each([
    ['anneal, metropolis', (o: object) => anneal(spins, { ...o, sweeps: 30, rule: 'metropolis' })],
    ['anneal, glauber', (o: object) => anneal(spins, { ...o, sweeps: 30, rule: 'glauber' })],
    ['descend', (o: object) => descend(spins, o)],
    ['meanField', (o: object) => meanField(spins, { ...o, sweeps: 30 })],
    ['anneal of groups', (o: object) => anneal(groups, { ...o, sweeps: 30 })],
    ['descend of groups', (o: object) => descend(groups, o)],
    ['potts', (o: object) => potts(groups, { ...o, sweeps: 30 })],
  ] as const)('%s: runs go on below a target that is one of ranks', async (_, search) => {
    const options = { seed: 5, restarts: 6 };
    const free = await search(options);
    const ranked = await search({ ...options, target, rank: () => 1001 });
    expect(ranked.ended).toBe('restarts');
    expect(ranked.energies).toEqual(free.energies);
    expect(ranked.sweeps).toBe(free.sweeps);
    const reached = await search({ ...options, target, rank: () => 1000 });
    // Runs side by side end together.
    const first = _.startsWith('anneal, ') ? options.restarts : 1;
    expect([reached.ended, reached.restarts]).toEqual(['target', first]);
    expect(reached.energies).toEqual(free.energies.slice(0, first));
  });
});

test.each([NaN, undefined, 'low', null])('a rank of %s is refused', async (rank) => {
  const options = { seed: 1, restarts: 2, sweeps: 5, rank: () => rank as never };
  await expect(anneal(maxCut(graph).model, options)).rejects.toThrow(TypeError);
});

test('what is left on Object.prototype is no option', async () => {
  const polluted = Object.prototype as { seed?: number };
  polluted.seed = 5;
  try {
    await expect(anneal(maxCut(graph).model, {})).rejects.toThrow('inherit seed');
    expect((await anneal(maxCut(graph).model, { seed: 1, restarts: 1 })).seed).toBe(1);
  } finally {
    delete polluted.seed;
  }
});

test('a list of edges is not a graph', () => {
  expect(() => maxCut([[0, 1]] as never)).toThrow(
    'the graph is an Array, expected { vertices, edges }',
  );
});

test('a signal aborted beforehand throws its reason', async () => {
  const signal = AbortSignal.abort(new Error('not now'));
  await expect(anneal(maxCut(graph).model, { seed: 1, signal })).rejects.toThrow('not now');
});

test('what comes out cannot be improved by one move in the numbers as given, where couplings were rounded', async () => {
  const edges = [[0, 1, 1e12], [1, 2, 1e12], [2, 3, 1], [0, 2, -1]] as const; // prettier-ignore
  const cut = maxCut({ vertices: 4, edges });
  const pairs = [[0, 2, 1e12], [1, 3, 1e12], [2, 4, 1], [3, 5, 1]] as const; // prettier-ignore
  const groups = new PottsModel([2, 2, 2], { pairs });
  expect([cut.model as IsingModel, groups].map(({ exact }) => exact)).toEqual([false, false]);
  for (let seed = 1; seed <= 8; seed++) {
    for (const solver of [anneal, descend, meanField] as Solver<Int8Array>[]) {
      expect((await solve(cut, { solver, seed, restarts: 2 })).cost).toBe(2000000000001);
    }
    for (const solver of [anneal, descend, potts] as Solver<Int32Array>[]) {
      const { state, energy } = await solver(groups, { seed, restarts: 2 });
      expect(energy).toBe(0);
      expect(Math.min(...groups.moveCosts(state))).toBeGreaterThanOrEqual(0);
    }
  }
});

test('however small a number is, no move that would save it is left', async () => {
  for (const small of [1, 1e-17, 1e-300]) {
    const spins = new IsingModel(5, {
      couplings: [
        [0, 1, 1],
        [2, 3, small],
      ],
      fields: [0, 0, -small, 0, 0],
    });
    const groups = new PottsModel([2, 2], { costs: [0, -1, 0, -small] });
    for (let seed = 1; seed <= 6; seed++) {
      for (const solver of [anneal, descend, localSearch, meanField] as Solver<Int8Array>[]) {
        const { state } = await solver(spins, { seed, restarts: 1 });
        expect(Math.min(...spins.deltas(state))).toBeGreaterThanOrEqual(0);
      }
      for (const solver of [anneal, descend, potts] as Solver<Int32Array>[]) {
        expect([...(await solver(groups, { seed, restarts: 1 })).state]).toEqual([1, 1]);
      }
    }
  }
});

test.each(['integers', 'real numbers'])(
  'what is stopped while it is hot cannot be improved by one move either: %s',
  async (kind) => {
    const random = new Random(4);
    const draw = () => (kind === 'integers' ? random.below(9) - 4 : random.real() - 0.5);
    const couplings = Array.from({ length: 9000 }, (_, k) => {
      return [k % 3000, (k + 1 + random.below(2998)) % 3000, draw()] as const;
    });
    const spins = new IsingModel(3000, { couplings });
    const pairs = Array.from({ length: 6000 }, (_, k) => {
      const other = (k + 4 + 4 * random.below(700)) % 3000;
      return [k % 3000, other, draw()] as const;
    }).filter(([a, b]) => a >> 2 !== b >> 2);
    const groups = new PottsModel(new Uint8Array(750).fill(4), { pairs });
    const stopped = () => {
      const stop = new AbortController();
      return {
        seed: 1,
        restarts: 1,
        sweeps: 2e5,
        signal: stop.signal,
        onProgress: () => stop.abort(),
      };
    };
    const fallen = await anneal(spins, stopped());
    expect(fallen).toMatchObject({ ended: 'signal', completed: 0 });
    expect(Math.min(...spins.deltas(fallen.state))).toBeGreaterThan(-1e-12);
    expect(fallen.energy).toBe(spins.energy(fallen.state));
    const settled = await anneal(groups, stopped());
    expect(settled).toMatchObject({ ended: 'signal', completed: 0 });
    expect(Math.min(...groups.moveCosts(settled.state))).toBeGreaterThan(-1e-12);
    expect(settled.energy).toBe(groups.energy(settled.state));
  },
);
