/** Closed tours, shortened by exchanges of edges, moves of stretches, and kicks; see src/kernels/abi/tours.ts. */
import { nextBelow } from "./random";

const ROUNDING: f64 = 1e-12;
const LONGEST_MOVE: u32 = 3;
const LONGEST_KICK: u32 = 50;

// The block of the run at work, read once a call: what does not change stays in these, which the engine keeps in registers
// better than loads from a block that any store might have changed.
let base: usize = 0;
let cities: u32 = 0;
let neighbours: u32 = 0;
let metric: u32 = 0;
let places: usize = 0;
let order: usize = 0;
let position: usize = 0;
let lists: usize = 0;

function open(run: usize): void {
  base = run;
  cities = load<u32>(run);
  neighbours = load<u32>(run, 4);
  metric = load<u32>(run, 8);
  places = load<u32>(run, 12);
  order = load<u32>(run, 16);
  position = load<u32>(run, 20);
  lists = load<u32>(run, 24);
}

@inline
function waiting(): u32 {
  return load<u32>(base, 48);
}

@inline
function onTrial(): bool {
  return load<u32>(base, 56) == 1;
}

@inline
function lengthen(by: f64): void {
  store<f64>(base, load<f64>(base, 64) + by, 64);
}

@inline
function at(place: u32): u32 {
  return load<u32>(order + (place << 2));
}

@inline
function placeOf(city: u32): u32 {
  return load<u32>(position + (city << 2));
}

@inline
function next(city: u32): u32 {
  const place = placeOf(city) + 1;
  return at(place == cities ? 0 : place);
}

@inline
function previous(city: u32): u32 {
  const place = placeOf(city);
  return at(place == 0 ? cities - 1 : place - 1);
}

@inline
function beside(city: u32, after: bool): u32 {
  return after ? next(city) : previous(city);
}

@inline
function near(city: u32, k: u32): u32 {
  return load<u32>(lists + ((city * neighbours + k) << 2));
}

/** To the nearest integer, halves upwards. */
@inline
function nearest(x: f64): f64 {
  return Math.floor(x + 0.5);
}

function distance(a: u32, b: u32): f64 {
  if (metric == 0) return load<f64>(places + ((<usize>a * cities + b) << 3));
  const p = places + (<usize>a << 5);
  const q = places + (<usize>b << 5);
  const x = Math.abs(load<f64>(p) - load<f64>(q));
  const y = Math.abs(load<f64>(p, 8) - load<f64>(q, 8));
  const z = Math.abs(load<f64>(p, 16) - load<f64>(q, 16));
  if (metric == 4) return nearest(x + y + z);
  if (metric == 5) return max(max(nearest(x), nearest(y)), nearest(z));
  const square = x * x + y * y + z * z;
  if (metric == 1) return Math.sqrt(square);
  if (metric == 2) return nearest(Math.sqrt(square));
  return Math.ceil(Math.sqrt(metric == 3 ? square : square / 10.0));
}

function take(): u32 {
  const first = load<u32>(base, 44);
  const city = load<u32>(load<u32>(base, 28) + (first << 2));
  store<u32>(base, first + 1 == cities ? 0 : first + 1, 44);
  store<u32>(base, waiting() - 1, 48);
  store<u8>(load<u32>(base, 32) + city, 0);
  return city;
}

function put(city: u32): void {
  const queued = <usize>load<u32>(base, 32) + city;
  if (load<u8>(queued) == 1) return;
  store<u8>(queued, 1);
  const count = waiting();
  const end = load<u32>(base, 44) + count;
  store<u32>(load<u32>(base, 28) + ((end < cities ? end : end - cities) << 2), city);
  store<u32>(base, count + 1, 48);
}

/** Turns the stretch round that begins and ends at these places. */
function turn(from: u32, to: u32): void {
  const length: u32 = to - from + 1 + (to < from ? cities : 0);
  let i = from;
  let j = to;
  for (let k = length >> 1; k > 0; k--) {
    const a = at(i);
    const b = at(j);
    store<u32>(order + (i << 2), b);
    store<u32>(position + (b << 2), i);
    store<u32>(order + (j << 2), a);
    store<u32>(position + (a << 2), j);
    i = i + 1 == cities ? 0 : i + 1;
    j = j == 0 ? cities - 1 : j - 1;
  }
}

/** Turns a stretch round, or the rest of the tour where that is shorter, and notes it while a kick is on trial. */
function reverse(from: u32, to: u32): void {
  const length: u32 = to - from + 1 + (to < from ? cities : 0);
  let first = from;
  let last = to;
  if (length > cities >> 1) {
    first = to + 1 == cities ? 0 : to + 1;
    last = from == 0 ? cities - 1 : from - 1;
  }
  turn(first, last);
  if (!onTrial()) return;
  const reversals = load<u32>(base, 52);
  const note = <usize>load<u32>(base, 36) + (reversals << 3);
  store<u32>(note, first);
  store<u32>(note, last, 4);
  store<u32>(base, reversals + 1, 52);
}

@inline
function room(): bool {
  return !onTrial() || load<u32>(base, 52) + 3 <= load<u32>(base, 40);
}

function restore(): void {
  const journal = <usize>load<u32>(base, 36);
  for (let k = load<u32>(base, 52); k > 0; k--) {
    const note = journal + ((k - 1) << 3);
    turn(load<u32>(note), load<u32>(note, 4));
  }
  store<u32>(base, 0, 52);
}

/** Edges a–b and c–d become a–c and b–d; b comes after a as d after c, or both before. */
function exchange(a: u32, b: u32, c: u32, d: u32): void {
  if (next(a) == b) reverse(placeOf(b), placeOf(c));
  else reverse(placeOf(a), placeOf(d));
}

@inline
function shortens(gone: f64, added: f64): bool {
  return gone - added > gone * ROUNDING;
}

/** Exchanges two edges, one of them from `city` to the city after or before it, if a nearest one offers it. */
function exchanged(city: u32, after: bool): bool {
  const b = beside(city, after);
  const edge = distance(city, b);
  for (let k: u32 = 0; k < neighbours; k++) {
    const c = near(city, k);
    const close = distance(city, c);
    if (close >= edge) return false;
    const d = beside(c, after);
    const gone = edge + distance(c, d);
    const added = close + distance(b, d);
    if (!shortens(gone, added)) continue;
    exchange(city, b, c, d);
    lengthen(added - gone);
    put(city);
    put(b);
    put(c);
    put(d);
    return true;
  }
  return false;
}

/** Whether a city is one of a stretch of `size` that begins at `first`. */
@inline
function within(city: u32, first: u32, size: u32, after: bool): bool {
  let ahead = after ? placeOf(city) - placeOf(first) : placeOf(first) - placeOf(city);
  if (<i32>ahead < 0) ahead += cities;
  return ahead < size;
}

/** p–s…e–q and c–d become p–q and c–s…e–d, by two or three exchanges. */
function carry(p: u32, s: u32, e: u32, q: u32, c: u32, d: u32): void {
  const forward = next(p) == s;
  if (beside(c, forward) == d) {
    // p s…e q … c d: turned round on its way, and back.
    exchange(p, s, c, d);
    exchange(p, c, q, e);
    exchange(c, e, s, d);
  } else {
    // p s…e q … d c
    exchange(p, s, d, c);
    exchange(p, d, q, e);
  }
}

/** Moves a stretch that ends at `city`, and goes on after or before it, beside a nearest one. */
function moved(city: u32, after: bool): bool {
  const p = beside(city, !after);
  let end = city;
  for (let size: u32 = 1; size <= LONGEST_MOVE; size++) {
    const q = beside(end, after);
    if (q == p) return false;
    const out = distance(p, city) + distance(end, q);
    const closed = distance(p, q);
    for (let k: u32 = 0; k < neighbours; k++) {
      const c = near(city, k);
      const close = distance(city, c);
      if (closed + close >= out) break;
      if (within(c, city, size, after)) continue;
      for (let side = 0; side < 2; side++) {
        const d = beside(c, side == 0);
        if (within(d, city, size, after)) continue;
        const gone = out + distance(c, d);
        const added = closed + close + distance(end, d);
        if (!shortens(gone, added)) continue;
        carry(p, city, end, q, c, d);
        lengthen(added - gone);
        put(p);
        put(q);
        put(city);
        put(end);
        put(c);
        put(d);
        return true;
      }
    }
    end = q;
  }
  return false;
}

/** Two neighbouring stretches, drawn, change places. */
function kick(): void {
  const longest = min(LONGEST_KICK, (cities - 2) >> 1);
  const generator = base + 80;
  const start = nextBelow(generator, cities);
  const one = 1 + nextBelow(generator, longest);
  const two = 1 + nextBelow(generator, longest);
  const a = at(start);
  const b = at((start + 1) % cities);
  const c = at((start + one) % cities);
  const d = at((start + one + 1) % cities);
  const e = at((start + one + two) % cities);
  const f = at((start + one + two + 1) % cities);
  const gone = distance(a, b) + distance(c, d) + distance(e, f);
  const added = distance(a, d) + distance(e, b) + distance(c, f);
  exchange(a, b, e, f);
  exchange(a, e, d, c);
  exchange(e, c, b, f);
  lengthen(added - gone);
  put(a);
  put(b);
  put(c);
  put(d);
  put(e);
  put(f);
}

export function lengthTour(run: usize): f64 {
  open(run);
  let length: f64 = 0.0;
  for (let k: u32 = 0; k < cities; k++) length += distance(at(k), next(at(k)));
  return length;
}

export function improveTour(run: usize, steps: u32, target: f64): u32 {
  open(run);
  let made: u32 = 0;
  while (true) {
    if (waiting() == 0 && onTrial()) {
      store<u32>(base, 0, 56);
      if (load<f64>(base, 64) > load<f64>(base, 72)) {
        restore();
        store<f64>(base, load<f64>(base, 72), 64);
      }
    }
    if (!onTrial() && (made >= steps || load<f64>(base, 64) <= target)) break;
    made++;
    if (waiting() == 0) {
      store<u32>(base, 0, 52);
      store<u32>(base, 1, 56);
      store<f64>(base, load<f64>(base, 64), 72);
      kick();
      continue;
    }
    const city = take();
    while (
      room() &&
      (exchanged(city, true) || exchanged(city, false) || moved(city, true) || moved(city, false))
    ) {}
  }
  return made;
}
