/** Closed tours, shortened by exchanges of edges, moves of stretches, and kicks. */
import type { Views } from '../../memory.ts';
import { nextBelow } from '../../random.ts';

/** Of an edge or a move, less than this part of it is rounding. */
const ROUNDING = 1e-12;
/** Cities of a stretch that is moved, of a stretch that is kicked. */
const LONGEST_MOVE = 3;
const LONGEST_KICK = 50;

/** The block of a run, with names; the numbers of words stand in src/kernels/abi/tours.ts. */
class Run {
  readonly cities: number;
  readonly neighbours: number;
  readonly #m: Views;
  readonly #block: number;
  readonly #metric: number;
  readonly #places: number;
  readonly #order: number;
  readonly #position: number;
  readonly #lists: number;
  readonly #queue: number;
  readonly #queued: number;
  readonly #journal: number;
  readonly #capacity: number;

  constructor(m: Views, run: number) {
    this.#m = m;
    this.#block = run >>> 2;
    const word = (k: number): number => m.u32[this.#block + k];
    this.cities = word(0);
    this.neighbours = word(1);
    this.#metric = word(2);
    this.#places = word(3) >>> 3;
    this.#order = word(4) >>> 2;
    this.#position = word(5) >>> 2;
    this.#lists = word(6) >>> 2;
    this.#queue = word(7) >>> 2;
    this.#queued = word(8);
    this.#journal = word(9) >>> 2;
    this.#capacity = word(10);
  }

  // What changes during a run.

  get #first(): number {
    return this.#m.u32[this.#block + 11];
  }
  set #first(value: number) {
    this.#m.u32[this.#block + 11] = value;
  }
  get waiting(): number {
    return this.#m.u32[this.#block + 12];
  }
  set waiting(value: number) {
    this.#m.u32[this.#block + 12] = value;
  }
  get #reversals(): number {
    return this.#m.u32[this.#block + 13];
  }
  set #reversals(value: number) {
    this.#m.u32[this.#block + 13] = value;
  }
  get onTrial(): boolean {
    return this.#m.u32[this.#block + 14] === 1;
  }
  set onTrial(value: boolean) {
    this.#m.u32[this.#block + 14] = value ? 1 : 0;
  }
  get length(): number {
    return this.#m.f64[(this.#block >>> 1) + 8];
  }
  set length(value: number) {
    this.#m.f64[(this.#block >>> 1) + 8] = value;
  }
  get before(): number {
    return this.#m.f64[(this.#block >>> 1) + 9];
  }
  set before(value: number) {
    this.#m.f64[(this.#block >>> 1) + 9] = value;
  }

  drawBelow(n: number): number {
    return nextBelow(this.#m.u32, this.#block + 20, n);
  }

  // The tour.

  at(place: number): number {
    return this.#m.u32[this.#order + place];
  }

  placeOf(city: number): number {
    return this.#m.u32[this.#position + city];
  }

  next(city: number): number {
    const place = this.placeOf(city) + 1;
    return this.at(place === this.cities ? 0 : place);
  }

  previous(city: number): number {
    const place = this.placeOf(city);
    return this.at(place === 0 ? this.cities - 1 : place - 1);
  }

  /** The k-th nearest of a city. */
  near(city: number, k: number): number {
    return this.#m.u32[this.#lists + city * this.neighbours + k];
  }

  distance(a: number, b: number): number {
    const { f64 } = this.#m;
    if (this.#metric === 0) return f64[this.#places + a * this.cities + b];
    const p = this.#places + 4 * a;
    const q = this.#places + 4 * b;
    const x = Math.abs(f64[p] - f64[q]);
    const y = Math.abs(f64[p + 1] - f64[q + 1]);
    const z = Math.abs(f64[p + 2] - f64[q + 2]);
    if (this.#metric === 4) return nearest(x + y + z);
    if (this.#metric === 5) return Math.max(Math.max(nearest(x), nearest(y)), nearest(z));
    const square = x * x + y * y + z * z;
    if (this.#metric === 1) return Math.sqrt(square);
    if (this.#metric === 2) return nearest(Math.sqrt(square));
    return Math.ceil(Math.sqrt(this.#metric === 3 ? square : square / 10));
  }

  // The queue of cities at which a move may be found.

  take(): number {
    const city = this.#m.u32[this.#queue + this.#first];
    this.#first = this.#first + 1 === this.cities ? 0 : this.#first + 1;
    this.waiting--;
    this.#m.u8[this.#queued + city] = 0;
    return city;
  }

  put(city: number): void {
    if (this.#m.u8[this.#queued + city] === 1) return;
    this.#m.u8[this.#queued + city] = 1;
    const end = this.#first + this.waiting;
    this.#m.u32[this.#queue + (end < this.cities ? end : end - this.cities)] = city;
    this.waiting++;
  }

  // Changes of the tour: all of them are reversals.

  /** Turns the stretch round that begins and ends at these places. */
  #turn(from: number, to: number): void {
    const { u32 } = this.#m;
    const n = this.cities;
    let i = from;
    let j = to;
    const length = to - from + 1 + (to < from ? n : 0);
    for (let k = length >>> 1; k > 0; k--) {
      const a = u32[this.#order + i];
      const b = u32[this.#order + j];
      u32[this.#order + i] = b;
      u32[this.#position + b] = i;
      u32[this.#order + j] = a;
      u32[this.#position + a] = j;
      i = i + 1 === n ? 0 : i + 1;
      j = j === 0 ? n - 1 : j - 1;
    }
  }

  /** Turns a stretch round, or the rest of the tour where that is shorter, and notes it while a kick is on trial. */
  reverse(from: number, to: number): void {
    const n = this.cities;
    const length = to - from + 1 + (to < from ? n : 0);
    const inside = length <= n >>> 1;
    const first = inside ? from : to + 1 === n ? 0 : to + 1;
    const last = inside ? to : from === 0 ? n - 1 : from - 1;
    this.#turn(first, last);
    if (!this.onTrial) return;
    const note = this.#journal + 2 * this.#reversals++;
    this.#m.u32[note] = first;
    this.#m.u32[note + 1] = last;
  }

  /** Whether the journal has room for one more move. */
  get room(): boolean {
    return !this.onTrial || this.#reversals + 3 <= this.#capacity;
  }

  forget(): void {
    this.#reversals = 0;
  }

  /** Takes back all reversals in the journal. */
  restore(): void {
    for (; this.#reversals > 0; this.#reversals--) {
      const note = this.#journal + 2 * (this.#reversals - 1);
      this.#turn(this.#m.u32[note], this.#m.u32[note + 1]);
    }
  }

  /** Edges a–b and c–d become a–c and b–d; b comes after a as d after c, or both before. */
  exchange(a: number, b: number, c: number, d: number): void {
    if (this.next(a) === b) this.reverse(this.placeOf(b), this.placeOf(c));
    else this.reverse(this.placeOf(a), this.placeOf(d));
  }
}

/** To the nearest integer, halves upwards. */
function nearest(x: number): number {
  return Math.floor(x + 0.5);
}

/** Whether a change that takes so much away and adds so much makes the tour shorter by more than rounding. */
function shortens(gone: number, added: number): boolean {
  return gone - added > gone * ROUNDING;
}

/** Exchanges two edges, one of them from `city` to the city after or before it, if a nearest one offers it. */
function exchanged(run: Run, city: number, after: boolean): boolean {
  const b = after ? run.next(city) : run.previous(city);
  const edge = run.distance(city, b);
  for (let k = 0; k < run.neighbours; k++) {
    const c = run.near(city, k);
    const near = run.distance(city, c);
    if (near >= edge) return false;
    const d = after ? run.next(c) : run.previous(c);
    const gone = edge + run.distance(c, d);
    const added = near + run.distance(b, d);
    if (!shortens(gone, added)) continue;
    run.exchange(city, b, c, d);
    run.length += added - gone;
    for (const end of [city, b, c, d]) run.put(end);
    return true;
  }
  return false;
}

/** Moves a stretch that ends at `city`, and goes on after or before it, beside a nearest one. */
function moved(run: Run, city: number, after: boolean): boolean {
  const p = after ? run.previous(city) : run.next(city);
  let end = city;
  for (let size = 1; size <= LONGEST_MOVE; size++) {
    const q = after ? run.next(end) : run.previous(end);
    if (q === p) return false;
    const out = run.distance(p, city) + run.distance(end, q);
    const closed = run.distance(p, q);
    for (let k = 0; k < run.neighbours; k++) {
      const c = run.near(city, k);
      const near = run.distance(city, c);
      if (closed + near >= out) break;
      if (within(run, c, city, size, after)) continue;
      for (let side = 0; side < 2; side++) {
        // Between c and d, with `city` beside c.
        const d = side === 0 ? run.next(c) : run.previous(c);
        if (within(run, d, city, size, after)) continue;
        const gone = out + run.distance(c, d);
        const added = closed + near + run.distance(end, d);
        if (!shortens(gone, added)) continue;
        carry(run, p, city, end, q, c, d);
        run.length += added - gone;
        for (const one of [p, q, city, end, c, d]) run.put(one);
        return true;
      }
    }
    end = q;
  }
  return false;
}

/** Whether a city is one of a stretch of `size` that begins at `first`. */
function within(run: Run, city: number, first: number, size: number, after: boolean): boolean {
  const ahead = after
    ? run.placeOf(city) - run.placeOf(first)
    : run.placeOf(first) - run.placeOf(city);
  return (ahead < 0 ? ahead + run.cities : ahead) < size;
}

/** p–s…e–q and c–d become p–q and c–s…e–d, by two or three exchanges. */
function carry(run: Run, p: number, s: number, e: number, q: number, c: number, d: number): void {
  // Along the direction in which s comes after p.
  const forward = run.next(p) === s;
  const dAfterC = (forward ? run.next(c) : run.previous(c)) === d;
  if (dAfterC) {
    // p s…e q … c d: turned round on its way.
    run.exchange(p, s, c, d); // p–c, s–d: p c … q e…s d
    run.exchange(p, c, q, e); // p–q, c–e: p q … c e…s d
    run.exchange(c, e, s, d); // c–s, e–d
  } else {
    // p s…e q … d c
    run.exchange(p, s, d, c); // p–d, s–c: p d … q e…s c
    run.exchange(p, d, q, e); // p–q, d–e: p q … d e…s c
  }
}

/** Two neighbouring stretches, drawn, change places. */
function kick(run: Run): void {
  const n = run.cities;
  const longest = Math.min(LONGEST_KICK, (n - 2) >>> 1);
  const start = run.drawBelow(n);
  const one = 1 + run.drawBelow(longest);
  const two = 1 + run.drawBelow(longest);
  const place = (k: number): number => (start + k) % n;
  const a = run.at(start);
  const b = run.at(place(1));
  const c = run.at(place(one));
  const d = run.at(place(one + 1));
  const e = run.at(place(one + two));
  const f = run.at(place(one + two + 1));
  // a b…c d…e f: a–d, e–b and c–f
  const gone = run.distance(a, b) + run.distance(c, d) + run.distance(e, f);
  const added = run.distance(a, d) + run.distance(e, b) + run.distance(c, f);
  run.exchange(a, b, e, f); // a e…d c…b f
  run.exchange(a, e, d, c); // a d…e c…b f
  run.exchange(e, c, b, f); // a d…e b…c f
  run.length += added - gone;
  for (const end of [a, b, c, d, e, f]) run.put(end);
}

export function lengthTour(m: Views, run: number): number {
  const search = new Run(m, run);
  let length = 0;
  for (let k = 0; k < search.cities; k++)
    length += search.distance(search.at(k), search.next(search.at(k)));
  return length;
}

export function improveTour(m: Views, run: number, steps: number, target: number): number {
  const search = new Run(m, run);
  for (let made = 0; ; made++) {
    if (search.waiting === 0 && search.onTrial) {
      search.onTrial = false;
      if (search.length > search.before) {
        search.restore();
        search.length = search.before;
      }
    }
    if (!search.onTrial && (made >= steps || search.length <= target)) return made;
    if (search.waiting === 0) {
      search.forget();
      search.onTrial = true;
      search.before = search.length;
      kick(search);
      continue;
    }
    const city = search.take();
    while (
      search.room &&
      (exchanged(search, city, true) ||
        exchanged(search, city, false) ||
        moved(search, city, true) ||
        moved(search, city, false))
    );
  }
}
