/** What can stand in each cell of a sudoku, as far as its rules say at once. */

/** Bit d − 1 of a cell is set while digit d can stand there. */
export type Candidates = Uint16Array;

const ALL = 0x1ff;

/** Cells by unit, and by cell those that share one with it; made when first asked for. */
let geometry: { units: readonly number[][]; peers: readonly number[][] } | undefined;

function grid(): NonNullable<typeof geometry> {
  if (geometry) return geometry;
  const units = Array.from({ length: 27 }, (_, u) =>
    Array.from({ length: 9 }, (__, k) => {
      const i = u % 9;
      if (u < 9) return 9 * i + k;
      if (u < 18) return 9 * k + i;
      return 9 * (3 * Math.floor(i / 3) + Math.floor(k / 3)) + 3 * (i % 3) + (k % 3);
    }),
  );
  const peers = Array.from({ length: 81 }, (_, cell) => {
    const around = units.filter((unit) => unit.includes(cell)).flat();
    return [...new Set(around)].filter((other) => other !== cell).sort((a, b) => a - b);
  });
  return (geometry = { units, peers });
}

/** The cells of the nine rows, nine columns and nine boxes. */
export function unitCells(): readonly (readonly number[])[] {
  return grid().units;
}

/** The cells that share a unit with each cell, in order, without itself. */
export function peerCells(): readonly (readonly number[])[] {
  return grid().peers;
}

export function unitName(u: number): string {
  return `${['row', 'column', 'box'][Math.floor(u / 9)]} ${(u % 9) + 1}`;
}

export function cellName(cell: number): string {
  return `row ${Math.floor(cell / 9) + 1}, column ${(cell % 9) + 1}`;
}

/** The digits of a set. */
export function digitsOf(set: number): number[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((d) => set & (1 << (d - 1)));
}

function isSingle(set: number): boolean {
  return (set & (set - 1)) === 0;
}

/**
 * The candidates of a grid after all that follows from four rules, again and again: a digit that stands is no candidate of its
 * cell's peers; a cell with one candidate has it (naked singles); a digit with one place in a unit stands there
 * (hidden singles); a candidate from which the first three lead to a contradiction is none (probing).
 *
 * @param grid - 81 numbers from 0 to 9
 * @throws RangeError when a cell or a digit is left with nothing: the grid has no solution
 */
export function propagate(grid: readonly number[]): Candidates {
  const cells = Uint16Array.from(grid, (digit) => (digit > 0 ? 1 << (digit - 1) : ALL));
  do {
    const contradiction = reduce(cells);
    if (contradiction !== undefined) {
      throw new RangeError(`the sudoku has no solution: ${contradiction}`);
    }
  } while (probe(cells));
  return cells;
}

/** Strikes out the candidates that lead to a contradiction at once; returns whether there were any. */
function probe(cells: Candidates): boolean {
  let found = false;
  for (let cell = 0; cell < 81; cell++) {
    if (isSingle(cells[cell])) continue;
    for (const digit of digitsOf(cells[cell])) {
      const trial = cells.slice();
      trial[cell] = 1 << (digit - 1);
      if (reduce(trial) === undefined) continue;
      cells[cell] &= ~(1 << (digit - 1));
      found = true;
    }
  }
  return found;
}

/** Applies the first three rules until nothing changes; returns what is wrong if nothing can be right. */
function reduce(cells: Candidates): string | undefined {
  const settled = new Uint8Array(81);
  for (;;) {
    const before = cells.slice();
    const contradiction = nakedSingles(cells, settled) ?? hiddenSingles(cells);
    if (contradiction !== undefined) return contradiction;
    if (cells.every((set, cell) => set === before[cell])) return undefined;
  }
}

/** Takes the digits of cells with one candidate from their peers. */
function nakedSingles(cells: Candidates, settled: Uint8Array): string | undefined {
  for (let cell = 0; cell < 81; cell++) {
    if (cells[cell] === 0) return `nothing can stand in ${cellName(cell)}`;
    if (settled[cell] || !isSingle(cells[cell])) continue;
    settled[cell] = 1;
    for (const peer of peerCells()[cell]) cells[peer] &= ~cells[cell];
  }
  return undefined;
}

/** Puts digits that have one place in a unit there. */
function hiddenSingles(cells: Candidates): string | undefined {
  for (const [u, unit] of unitCells().entries()) {
    let once = 0;
    let more = 0;
    for (const cell of unit) {
      more |= once & cells[cell];
      once |= cells[cell];
    }
    if (once !== ALL) return `${unitName(u)} has no place for ${digitsOf(ALL & ~once)[0]}`;
    for (const cell of unit) {
      const only = cells[cell] & ~more;
      // Where two digits have their one place in the same cell, the second is missed at the next look.
      if (only !== 0) cells[cell] = only & -only;
    }
  }
  return undefined;
}
