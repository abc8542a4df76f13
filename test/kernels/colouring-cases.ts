/** Graphs and colourings on a desk. */
import { list } from './cases.ts';
import type { Desk } from './desk.ts';

export interface ColouringCase {
  vertices: number;
  colours: number;
  /** Columns of a row. */
  row: number;
  edges: [number, number][];
  state: number[];
}

export function randomColouring(
  desk: Desk,
  vertices: number,
  colours: number,
  density: number,
): ColouringCase {
  const edges: [number, number][] = [];
  for (let a = 0; a < vertices; a++) {
    for (let b = a + 1; b < vertices; b++) if (desk.random.real() < density) edges.push([a, b]);
  }
  const row = 4 * Math.ceil(colours / 4) + 4 * desk.integer(0, 1);
  return {
    vertices,
    colours,
    row,
    edges,
    state: list(vertices, () => desk.integer(0, colours - 1)),
  };
}

export function conflictsOf({ edges }: ColouringCase, state: ArrayLike<number>): number {
  return edges.filter(([a, b]) => state[a] === state[b]).length;
}

export interface LaidColouring {
  run: number;
  colours: number;
  best: number;
  counts: number;
  writes: number[];
  scratch: number[];
}

/** A run of which nothing but the colours has been filled in. */
export function layColouring(desk: Desk, problem: ColouringCase): LaidColouring {
  const { vertices, colours, row, edges, state } = problem;
  const around = list(vertices, (v) =>
    edges.filter((edge) => edge.includes(v)).map(([a, b]) => (a === v ? b : a)),
  );
  const starts = list(vertices + 1, (v) => around.slice(0, v).flat().length);
  const at = {
    starts: desk.u32(starts),
    neighbours: desk.u32(around.flat()),
    colours: desk.u32(state),
    best: desk.take(vertices, 4),
    counts: desk.take(vertices * row, 4),
    tabu: desk.take(vertices * row, 4),
    conflicted: desk.take(vertices, 4),
    place: desk.take(vertices, 4),
    least: desk.take(vertices, 4),
  };
  const run = desk.take(20, 4);
  const { u32 } = desk.views;
  u32.set([vertices, colours, row, ...Object.values(at)], run / 4);
  u32.set(
    list(4, () => desk.random.next()),
    run / 4 + 16,
  );
  const { best, counts, tabu, conflicted, place, least } = at;
  return {
    run,
    colours: at.colours,
    best,
    counts,
    writes: [run, at.colours, best, counts, tabu, conflicted, place],
    scratch: [least],
  };
}
