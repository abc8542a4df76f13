/** Colourings of a graph: tabu search (Hertz & de Werra 1987); see src/kernels/abi/colourings.ts. */
import { nextBelow } from "./random";

const NONE: u32 = 0xffffffff;
const FAR: i32 = 536870912;
const MOVES: u32 = 2147483648;

/** Puts v among the vertices with a conflict, or takes it out, as its count says. */
function sort(run: usize, v: u32, conflict: bool): void {
  const conflicted = <usize>load<u32>(run, 36);
  const places = <usize>load<u32>(run, 40);
  const place = load<u32>(places + (v << 2));
  if (conflict == (place != NONE)) return;
  const count = load<u32>(run, 48);
  if (conflict) {
    store<u32>(places + (v << 2), count);
    store<u32>(conflicted + (count << 2), v);
    store<u32>(run, count + 1, 48);
    return;
  }
  const last = load<u32>(conflicted + ((count - 1) << 2));
  store<u32>(conflicted + (place << 2), last);
  store<u32>(places + (last << 2), place);
  store<u32>(places + (v << 2), NONE);
  store<u32>(run, count - 1, 48);
}

/** Forbids nothing but the colour that each vertex has. */
function allowAll(run: usize): void {
  const vertices = load<u32>(run);
  const row = load<u32>(run, 8);
  const colours = <usize>load<u32>(run, 20);
  const tabu = <usize>load<u32>(run, 32);
  memory.fill(tabu, 0, ((<usize>vertices * row) << 2));
  for (let v: u32 = 0; v < vertices; v++) {
    store<u32>(tabu + ((v * row + load<u32>(colours + (v << 2))) << 2), NONE);
  }
}

@inline
function keepBest(run: usize): void {
  store<i32>(run, load<i32>(run, 56), 60);
  memory.copy(load<u32>(run, 24), load<u32>(run, 20), load<u32>(run) << 2);
}

export function countColouring(run: usize): void {
  const vertices = load<u32>(run);
  const k = load<u32>(run, 4);
  const row = load<u32>(run, 8);
  const starts = <usize>load<u32>(run, 12);
  const neighbours = <usize>load<u32>(run, 16);
  const colours = <usize>load<u32>(run, 20);
  const places = <usize>load<u32>(run, 40);
  let counts = <usize>load<u32>(run, 28);
  let ends: i32 = 0;
  store<u32>(run, 0, 48);
  for (let v: u32 = 0; v < vertices; v++) {
    memory.fill(counts, 0, k << 2);
    for (let c = k; c < row; c++) store<i32>(counts + (c << 2), FAR);
    const end = neighbours + (load<u32>(starts + (v << 2), 4) << 2);
    for (let at = neighbours + (load<u32>(starts + (v << 2)) << 2); at < end; at += 4) {
      const count = counts + (load<u32>(colours + (load<u32>(at) << 2)) << 2);
      store<i32>(count, load<i32>(count) + 1);
    }
    store<u32>(places + (v << 2), NONE);
    const own = load<i32>(counts + (load<u32>(colours + (v << 2)) << 2));
    sort(run, v, own > 0);
    ends += own;
    counts += row << 2;
  }
  store<i32>(run, ends / 2, 56);
  store<u32>(run, 0, 52);
  allowAll(run);
  keepBest(run);
}

/** What giving v each of four colours would change, and 2²⁹ or more where it may not be done. */
@inline
function changes(counts: usize, tabu: usize, own: v128, move: v128, below: v128): v128 {
  const change = i32x4.sub(v128.load(counts), own);
  const may = v128.or(i32x4.le_u(v128.load(tabu), move), i32x4.lt_s(change, below));
  return v128.bitselect(change, i32x4.splat(FAR), may);
}

@inline
function leastOf(v: v128): i32 {
  const two = i32x4.min_s(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return i32x4.extract_lane(i32x4.min_s(two, i32x4.shuffle(two, two, 1, 0, 3, 2)), 0);
}

/** Gives v another colour. */
function give(run: usize, v: u32, c: u32): void {
  const row = load<u32>(run, 8);
  const starts = <usize>load<u32>(run, 12) + (v << 2);
  const neighbours = <usize>load<u32>(run, 16);
  const colours = <usize>load<u32>(run, 20);
  const counts = <usize>load<u32>(run, 28);
  const old = load<u32>(colours + (v << 2));
  const own = counts + ((v * row) << 2);
  const left = load<i32>(own + (c << 2));
  store<i32>(run, load<i32>(run, 56) + left - load<i32>(own + (old << 2)), 56);
  store<u32>(colours + (v << 2), c);
  const end = neighbours + (load<u32>(starts, 4) << 2);
  for (let at = neighbours + (load<u32>(starts) << 2); at < end; at += 4) {
    const u = load<u32>(at);
    const theirs = counts + ((u * row) << 2);
    const before = load<i32>(theirs + (old << 2)) - 1;
    const after = load<i32>(theirs + (c << 2)) + 1;
    store<i32>(theirs + (old << 2), before);
    store<i32>(theirs + (c << 2), after);
    const colour = load<u32>(colours + (u << 2));
    if (colour == old) sort(run, u, before > 0);
    else if (colour == c) sort(run, u, true);
  }
  sort(run, v, left > 0);
}

export function tabuColouring(run: usize, moves: u32): u32 {
  const k = load<u32>(run, 4);
  const row = load<u32>(run, 8);
  const bytes = ((k + 3) & ~3) << 2;
  const colours = <usize>load<u32>(run, 20);
  const counts = <usize>load<u32>(run, 28);
  const tabu = <usize>load<u32>(run, 32);
  const list = <usize>load<u32>(run, 36);
  const leasts = <usize>load<u32>(run, 44);
  for (let made: u32 = 0; made < moves; made++) {
    const conflicts = load<i32>(run, 56);
    if (conflicts == 0) return made;
    let move = load<u32>(run, 52);
    if (move == MOVES - 1) {
      move = 0;
      allowAll(run);
    }
    move++;
    store<u32>(run, move, 52);
    const now = i32x4.splat(move);
    const below = i32x4.splat(load<i32>(run, 60) - conflicts);
    const conflicted = load<u32>(run, 48);

    let least = FAR;
    for (let n: u32 = 0; n < conflicted; n++) {
      const v = load<u32>(list + (n << 2));
      const at = (v * row) << 2;
      const own = i32x4.splat(load<i32>(counts + at + (load<u32>(colours + (v << 2)) << 2)));
      let lanes = i32x4.splat(FAR);
      for (let c: u32 = 0; c < bytes; c += 16) {
        lanes = i32x4.min_s(lanes, changes(counts + at + c, tabu + at + c, own, now, below));
      }
      const its = leastOf(lanes);
      store<i32>(leasts + (n << 2), its);
      if (its < least) least = its;
    }
    if (least >= FAR / 2) continue;

    const wanted = i32x4.splat(least);
    let ties: u32 = 0;
    for (let n: u32 = 0; n < conflicted; n++) {
      if (load<i32>(leasts + (n << 2)) != least) continue;
      const v = load<u32>(list + (n << 2));
      const at = (v * row) << 2;
      const own = i32x4.splat(load<i32>(counts + at + (load<u32>(colours + (v << 2)) << 2)));
      for (let c: u32 = 0; c < bytes; c += 16) {
        const lanes = changes(counts + at + c, tabu + at + c, own, now, below);
        ties += popcnt(i32x4.bitmask(i32x4.eq(lanes, wanted)));
      }
    }

    let left = nextBelow(run + 64, ties);
    for (let n: u32 = 0; n < conflicted; n++) {
      if (load<i32>(leasts + (n << 2)) != least) continue;
      const v = load<u32>(list + (n << 2));
      const at = (v * row) << 2;
      const old = load<u32>(colours + (v << 2));
      const own = i32x4.splat(load<i32>(counts + at + (old << 2)));
      let chosen = NONE;
      for (let c: u32 = 0; c < bytes; c += 16) {
        const lanes = changes(counts + at + c, tabu + at + c, own, now, below);
        let mask = i32x4.bitmask(i32x4.eq(lanes, wanted));
        const here = <u32>popcnt(mask);
        if (left >= here) {
          left -= here;
          continue;
        }
        for (; left > 0; left--) mask &= mask - 1;
        chosen = (c >> 2) + <u32>ctz(mask);
        break;
      }
      if (chosen == NONE) continue;
      give(run, v, chosen);
      const until = move + <u32>(0.6 * <f64>conflicted) + nextBelow(run + 64, 10);
      store<u32>(tabu + at + (old << 2), until);
      store<u32>(tabu + at + (chosen << 2), NONE);
      if (load<i32>(run, 56) < load<i32>(run, 60)) keepBest(run);
      break;
    }
  }
  return moves;
}
