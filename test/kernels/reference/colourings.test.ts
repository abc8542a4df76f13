import { expect, test } from 'vitest';
import { conflictsOf, layColouring, randomColouring } from '../colouring-cases.ts';
import { onDesk, read } from './on-desk.ts';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);
const WORDS = { conflicted: 12, move: 13, conflicts: 14, fewest: 15 };

test('countColouring: neighbours of each colour, vertices with a conflict, conflicts', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomColouring(desk, 1 + (seed % 20), 1 + (seed % 7), 0.4);
    const { vertices, colours, row, state, edges } = problem;
    const at = layColouring(desk, problem);
    kernels.countColouring(at.run);
    const word = (k: number) => views.u32[at.run / 4 + k];
    expect(word(WORDS.conflicts)).toBe(conflictsOf(problem, state));
    expect(word(WORDS.fewest)).toBe(conflictsOf(problem, state));
    expect(read(views.u32, at.best, vertices)).toEqual(state);
    const counts = read(views.i32, at.counts, vertices * row);
    const around = (v: number, c: number) =>
      edges.filter(([a, b]) => (a === v && state[b] === c) || (b === v && state[a] === c)).length;
    for (let v = 0; v < vertices; v++) {
      for (let c = 0; c < colours; c++) expect(counts[v * row + c]).toBe(around(v, c));
    }
    const wrong = state.filter((colour, v) => around(v, colour) > 0).length;
    expect(word(WORDS.conflicted)).toBe(wrong);
  }
});

test('tabuColouring: what it counts are the conflicts, and the best colours have the fewest', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomColouring(desk, 2 + (seed % 30), 2 + (seed % 5), 0.5);
    const at = layColouring(desk, problem);
    kernels.countColouring(at.run);
    let fewest = conflictsOf(problem, problem.state);
    for (let call = 0; call < 20; call++) {
      const made = kernels.tabuColouring(at.run, 3);
      const state = read(views.u32, at.colours, problem.vertices);
      const best = read(views.u32, at.best, problem.vertices);
      expect(Math.max(...state)).toBeLessThan(problem.colours);
      expect(views.i32[at.run / 4 + WORDS.conflicts]).toBe(conflictsOf(problem, state));
      expect(views.i32[at.run / 4 + WORDS.fewest]).toBe(conflictsOf(problem, best));
      expect(conflictsOf(problem, best)).toBeLessThanOrEqual(fewest);
      fewest = conflictsOf(problem, best);
      if (made < 3) expect(fewest).toBe(0);
    }
  }
});

test('tabuColouring: the first move is the best there is, and does not come back within ⌊0.6·n⌋ moves', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomColouring(desk, 10 + (seed % 20), 4, 0.7);
    const { vertices, colours, state } = problem;
    const at = layColouring(desk, problem);
    kernels.countColouring(at.run);
    const conflicted = views.u32[at.run / 4 + WORDS.conflicted];
    if (conflictsOf(problem, state) === 0) continue;
    let least = Infinity;
    for (let v = 0; v < vertices; v++) {
      for (let c = 0; c < colours; c++) {
        if (c !== state[v])
          least = Math.min(
            least,
            conflictsOf(
              problem,
              state.map((own, u) => (u === v ? c : own)),
            ),
          );
      }
    }
    kernels.tabuColouring(at.run, 1);
    const after = read(views.u32, at.colours, vertices);
    const moved = after.findIndex((colour, v) => colour !== state[v]);
    expect(after.filter((colour, v) => colour !== state[v])).toHaveLength(1);
    expect(conflictsOf(problem, after)).toBe(least);
    let fewest = Math.min(least, conflictsOf(problem, state));
    for (let move = 1; move <= Math.floor(0.6 * conflicted); move++) {
      if (kernels.tabuColouring(at.run, 1) === 0) break;
      const now = read(views.u32, at.colours, vertices);
      const conflicts = conflictsOf(problem, now);
      // Unless it leads to fewer conflicts than ever.
      if (conflicts < fewest) break;
      expect(now[moved]).not.toBe(state[moved]);
      fewest = Math.min(fewest, conflicts);
    }
  }
});

test('tabuColouring: colours planted graphs, and the same however the moves are divided', () => {
  for (const seed of SEEDS.slice(0, 20)) {
    const ends = [[4000], [1, 7, 30, 4000]].map((goals) => {
      const { desk, kernels, views } = onDesk(seed);
      const problem = randomColouring(desk, 40, 5, 0.6);
      // Five classes: only edges between them.
      problem.edges = problem.edges.filter(([a, b]) => a % 5 !== b % 5);
      const at = layColouring(desk, problem);
      kernels.countColouring(at.run);
      let made = 0;
      for (const goal of goals) made += kernels.tabuColouring(at.run, goal - made);
      const state = read(views.u32, at.colours, 40);
      expect(conflictsOf(problem, state)).toBe(0);
      return [made, ...state];
    });
    expect(ends[1]).toEqual(ends[0]);
  }
});
