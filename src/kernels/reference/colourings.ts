/** Colourings of a graph: tabu search (Hertz & de Werra 1987). */
import type { Views } from '../../memory.ts';
import { nextBelow } from '../../random.ts';

const NONE = 4294967295;
/** Counts of colours that there are none of. */
const FAR = 536870912;
/** Moves are numbered below this. */
const MOVES = 2147483648;

/** The block of a run, with names; the numbers of words stand in src/kernels/abi/colourings.ts. */
class Run {
  readonly vertices: number;
  readonly colours: number;
  readonly row: number;
  readonly #m: Views;
  readonly #block: number;
  readonly #starts: number;
  readonly #neighbours: number;
  readonly #colour: number;
  readonly #best: number;
  readonly #counts: number;
  readonly #tabu: number;
  readonly #conflicted: number;
  readonly #place: number;

  constructor(m: Views, run: number) {
    this.#m = m;
    this.#block = run >>> 2;
    const word = (k: number): number => m.u32[this.#block + k];
    this.vertices = word(0);
    this.colours = word(1);
    this.row = word(2);
    this.#starts = word(3) >>> 2;
    this.#neighbours = word(4) >>> 2;
    this.#colour = word(5) >>> 2;
    this.#best = word(6) >>> 2;
    this.#counts = word(7) >>> 2;
    this.#tabu = word(8) >>> 2;
    this.#conflicted = word(9) >>> 2;
    this.#place = word(10) >>> 2;
  }

  get conflicted(): number {
    return this.#m.u32[this.#block + 12];
  }
  set conflicted(value: number) {
    this.#m.u32[this.#block + 12] = value;
  }
  get move(): number {
    return this.#m.u32[this.#block + 13];
  }
  set move(value: number) {
    this.#m.u32[this.#block + 13] = value;
  }
  get conflicts(): number {
    return this.#m.i32[this.#block + 14];
  }
  set conflicts(value: number) {
    this.#m.i32[this.#block + 14] = value;
  }
  get fewest(): number {
    return this.#m.i32[this.#block + 15];
  }
  set fewest(value: number) {
    this.#m.i32[this.#block + 15] = value;
  }

  drawBelow(n: number): number {
    return nextBelow(this.#m.u32, this.#block + 16, n);
  }

  /** The k-th vertex that has a conflict. */
  conflictedAt(k: number): number {
    return this.#m.u32[this.#conflicted + k];
  }

  colourOf(v: number): number {
    return this.#m.u32[this.#colour + v];
  }

  /** How many neighbours of v have colour c. */
  count(v: number, c: number): number {
    return this.#m.i32[this.#counts + v * this.row + c];
  }

  isTabu(v: number, c: number): boolean {
    return this.#m.u32[this.#tabu + v * this.row + c] > this.move;
  }

  forbid(v: number, c: number, until: number): void {
    this.#m.u32[this.#tabu + v * this.row + c] = until;
  }

  /** Forbids nothing but the colour that each vertex has. */
  allowAll(): void {
    const { u32 } = this.#m;
    u32.fill(0, this.#tabu, this.#tabu + this.vertices * this.row);
    for (let v = 0; v < this.vertices; v++) this.forbid(v, this.colourOf(v), NONE);
  }

  keepBest(): void {
    this.fewest = this.conflicts;
    this.#m.u32.copyWithin(this.#best, this.#colour, this.#colour + this.vertices);
  }

  /** Puts v among the vertices with a conflict, or takes it out, as its count says. */
  #sort(v: number): void {
    const { u32 } = this.#m;
    const place = u32[this.#place + v];
    const conflict = this.count(v, this.colourOf(v)) > 0;
    if (conflict === (place !== NONE)) return;
    if (conflict) {
      u32[this.#place + v] = this.conflicted;
      u32[this.#conflicted + this.conflicted] = v;
      this.conflicted++;
      return;
    }
    this.conflicted--;
    const last = u32[this.#conflicted + this.conflicted];
    u32[this.#conflicted + place] = last;
    u32[this.#place + last] = place;
    u32[this.#place + v] = NONE;
  }

  /** Gives v another colour. */
  give(v: number, c: number): void {
    const { u32, i32 } = this.#m;
    const old = this.colourOf(v);
    this.conflicts += this.count(v, c) - this.count(v, old);
    u32[this.#colour + v] = c;
    const end = u32[this.#starts + v + 1];
    for (let k = u32[this.#starts + v]; k < end; k++) {
      const u = u32[this.#neighbours + k];
      const row = this.#counts + u * this.row;
      i32[row + old]--;
      i32[row + c]++;
      if (this.colourOf(u) === old || this.colourOf(u) === c) this.#sort(u);
    }
    this.#sort(v);
  }

  /** Everything from the colours. */
  fill(): void {
    const { u32, i32 } = this.#m;
    const { vertices, colours, row } = this;
    let ends = 0;
    this.conflicted = 0;
    for (let v = 0; v < vertices; v++) {
      const own = this.#counts + v * row;
      i32.fill(0, own, own + colours);
      i32.fill(FAR, own + colours, own + row);
      const end = u32[this.#starts + v + 1];
      for (let k = u32[this.#starts + v]; k < end; k++) {
        i32[own + this.colourOf(u32[this.#neighbours + k])]++;
      }
      u32[this.#place + v] = NONE;
      this.#sort(v);
      ends += this.count(v, this.colourOf(v));
    }
    this.conflicts = ends / 2;
  }
}

export function countColouring(m: Views, run: number): void {
  const search = new Run(m, run);
  search.fill();
  search.move = 0;
  search.allowAll();
  search.keepBest();
}

export function tabuColouring(m: Views, run: number, moves: number): number {
  const search = new Run(m, run);
  for (let made = 0; made < moves; made++) {
    if (search.conflicts === 0) return made;
    if (search.move === MOVES - 1) {
      search.move = 0;
      search.allowAll();
    }
    search.move++;
    const { conflicted } = search;
    const least = bestChange(search);
    const ties = least < FAR / 2 ? countMoves(search, least) : 0;
    if (ties === 0) continue;
    const [v, c] = nthMove(search, least, search.drawBelow(ties));
    const old = search.colourOf(v);
    search.give(v, c);
    search.forbid(v, old, search.move + Math.floor(0.6 * conflicted) + search.drawBelow(10));
    search.forbid(v, c, NONE);
    if (search.conflicts < search.fewest) search.keepBest();
  }
  return moves;
}

/** Whether giving v colour c, which changes the conflicts by `change`, may be done. */
function allowed(run: Run, v: number, c: number, change: number): boolean {
  return !run.isTabu(v, c) || run.conflicts + change < run.fewest;
}

/** Calls `visit` for each move that may be made with what it changes, in the order of the list and of the colours, until it says stop. */
function eachMove(run: Run, visit: (v: number, c: number, change: number) => boolean): void {
  for (let k = 0; k < run.conflicted; k++) {
    const v = run.conflictedAt(k);
    const own = run.count(v, run.colourOf(v));
    for (let c = 0; c < run.colours; c++) {
      const change = run.count(v, c) - own;
      if (allowed(run, v, c, change) && visit(v, c, change)) return;
    }
  }
}

function bestChange(run: Run): number {
  let least = FAR;
  eachMove(run, (_v, _c, change) => {
    least = Math.min(least, change);
    return false;
  });
  return least;
}

function countMoves(run: Run, least: number): number {
  let count = 0;
  eachMove(run, (_v, _c, change) => {
    if (change === least) count++;
    return false;
  });
  return count;
}

function nthMove(run: Run, least: number, n: number): [v: number, c: number] {
  let found: [number, number] = [0, 0];
  let left = n;
  eachMove(run, (v, c, change) => {
    if (change !== least || left-- > 0) return false;
    found = [v, c];
    return true;
  });
  return found;
}
