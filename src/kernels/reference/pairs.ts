/** Attention to pairs of stored patterns (Clift et al. 2019; Sanford et al. 2023; Roy et al. 2025), and its gradient. */
import type { Views } from '../../memory.ts';
import { exp, expF32 } from '../../elementary.ts';
import { productF32, sumInLanes } from './tensors.ts';

const fround = Math.fround;

/** Members that are taken together. */
const TILE = 16;

/** What both kernels are given: addresses, then sizes, as src/kernels/abi/pairs.ts has them. */
interface Call {
  readonly q: number;
  readonly k: number;
  readonly l: number;
  readonly mask: number;
  readonly scale: number;
  readonly stored: number;
  readonly width: number;
  readonly step: number;
  readonly maskStep: number;
}

/** Some members of state i, and its partners. */
interface Tile {
  readonly i: number;
  readonly member: number;
  readonly members: number;
  readonly partner: number;
  readonly partners: number;
}

/** Scratch, as byte addresses: totals, products of a state with members, and scores. */
function placesIn(work: number, stored: number, width: number) {
  const totals = work + 16384;
  const qk = totals + 8 * width;
  const gv = qk + 4 * TILE * width;
  const mixed = gv + 4 * TILE * width;
  const scores = mixed + 4 * TILE * width;
  return { totals, qk, gv, mixed, scores, slopes: scores + 4 * TILE * stored };
}

/** The tiles of state i. */
function* tilesOf(i: number, stored: number, first: number, second: number): Generator<Tile> {
  const from = (window: number) => (window === 0 ? 0 : Math.max(0, i + 1 - window));
  const to = (window: number) => (window === 0 ? stored : Math.min(stored, i + 1));
  const partner = from(second);
  const partners = to(second) - partner;
  if (partners <= 0) return;
  for (let member = from(first); member < to(first); member += TILE) {
    yield { i, member, members: Math.min(TILE, to(first) - member), partner, partners };
  }
}

/** x_d·y_jd for the members of a tile; x a row, y with rows `step` apart. */
function timesRows(
  m: Views,
  out: number,
  x: number,
  y: number,
  { member, members }: Tile,
  width: number,
  step: number,
): void {
  for (let j = 0; j < members; j++) {
    for (let d = 0; d < width; d++) {
      m.f32[(out >>> 2) + j * width + d] =
        m.f32[(x >>> 2) + d] * m.f32[(y >>> 2) + (member + j) * step + d];
    }
  }
}

/** out_jk = Σ_d x_jd·y_kd, k over the partners. */
function timesPartners(
  m: Views,
  out: number,
  x: number,
  y: number,
  work: number,
  { members, partner, partners }: Tile,
  width: number,
  step: number,
): void {
  const from = y + 4 * partner * step;
  productF32(m, out, x, from, work, members, partners, width, partners, width, 1, 1, step, 0);
}

/** out_jd = Σ_k w_jk·y_kd, k over the partners. */
function mixPartners(
  m: Views,
  out: number,
  w: number,
  y: number,
  work: number,
  { members, partner, partners }: Tile,
  width: number,
  step: number,
): void {
  const from = y + 4 * partner * step;
  productF32(m, out, w, from, work, members, width, partners, width, partners, 1, step, 1, 0);
}

/** Writes q∘k and the t of a tile. */
function scoreTile(m: Views, qk: number, t: number, work: number, tile: Tile, call: Call): void {
  const { q, k, l, mask, width, step, maskStep } = call;
  const { i, member, members, partner, partners } = tile;
  const scale = fround(call.scale);
  timesRows(m, qk, q + 4 * i * step, k, tile, width, step);
  timesPartners(m, t, qk, l, work, tile, width, step);
  const row = (mask >>> 2) + i * maskStep;
  for (let j = 0; j < members; j++) {
    for (let p = 0; p < partners; p++) {
      const at = (t >>> 2) + j * partners + p;
      let score = fround(scale * m.f32[at]);
      if (mask !== 0) {
        score = fround(score + fround(m.f32[row + member + j] + m.f32[row + partner + p]));
      }
      m.f32[at] = score;
    }
  }
}

export function attendPairsF32(
  m: Views,
  out: number,
  stats: number,
  q: number,
  k: number,
  l: number,
  v: number,
  u: number,
  mask: number,
  work: number,
  scale: number,
  blank: number,
  states: number,
  stored: number,
  width: number,
  step: number,
  maskStep: number,
  first: number,
  second: number,
): void {
  const { totals, qk, mixed, scores } = placesIn(work, stored, width);
  const total = totals >>> 3;
  const call = { q, k, l, mask, scale, stored, width, step, maskStep };
  for (let i = 0; i < states; i++) {
    let largest = fround(blank);
    let z = largest === -Infinity ? 0 : 1;
    m.f64.fill(0, total, total + width);
    for (const tile of tilesOf(i, stored, first, second)) {
      scoreTile(m, qk, scores, work, tile, call);
      const { member, members, partners } = tile;
      const t = scores >>> 2;
      let most = largest;
      for (let p = 0; p < members * partners; p++) {
        if (m.f32[t + p] > most) most = m.f32[t + p];
      }
      const c = most > largest ? exp(largest - most) : 1;
      largest = most;
      const base = largest === -Infinity ? 0 : largest;
      z *= c;
      for (let j = 0; j < members; j++) {
        const row = t + j * partners;
        for (let p = 0; p < partners; p++) m.f32[row + p] = expF32(fround(m.f32[row + p] - base));
        z += sumInLanes(partners, (p) => m.f32[row + p]);
      }
      mixPartners(m, mixed, scores, u, work, tile, width, step);
      for (let d = 0; d < width; d++) {
        let sum = 0;
        for (let j = 0; j < members; j++) {
          const value = m.f32[(v >>> 2) + (member + j) * step + d];
          sum = fround(sum + fround(value * m.f32[(mixed >>> 2) + j * width + d]));
        }
        m.f64[total + d] = m.f64[total + d] * c + sum;
      }
    }
    const inverse = z === 0 ? 0 : 1 / z;
    for (let d = 0; d < width; d++) {
      m.f32[(out >>> 2) + i * step + d] = m.f64[total + d] * inverse;
    }
    // No −0: of two equal scores either may have been taken for the larger.
    m.f32[(stats >>> 2) + 3 * i] = largest === -Infinity ? 0 : largest + 0;
    m.f32[(stats >>> 2) + 3 * i + 1] = inverse;
  }
}

export function attendPairsBackwardF32(
  m: Views,
  dq: number,
  dk: number,
  dl: number,
  dv: number,
  du: number,
  stats: number,
  g: number,
  out: number,
  q: number,
  k: number,
  l: number,
  v: number,
  u: number,
  mask: number,
  work: number,
  scale: number,
  states: number,
  stored: number,
  width: number,
  step: number,
  maskStep: number,
  first: number,
  second: number,
): void {
  const { qk, gv, mixed, scores, slopes } = placesIn(work, stored, width);
  const call = { q, k, l, mask, scale, stored, width, step, maskStep };
  const factor = fround(scale);
  for (let i = 0; i < states; i++) {
    const stat = (stats >>> 2) + 3 * i;
    const [largest, inverse] = [m.f32[stat], m.f32[stat + 1]];
    const row = i * step;
    let along = 0;
    for (let d = 0; d < width; d++) {
      along += m.f32[(g >>> 2) + row + d] * m.f32[(out >>> 2) + row + d];
    }
    m.f32[stat + 2] = along;
    const mean = m.f32[stat + 2];
    for (const tile of tilesOf(i, stored, first, second)) {
      const { member, members, partner, partners } = tile;
      /** to_jd += x_d·mixed_jd */
      const addToMembers = (to: number, x: number) => {
        for (let j = 0; j < members; j++) {
          for (let d = 0; d < width; d++) {
            m.f32[(to >>> 2) + (member + j) * step + d] += fround(
              m.f32[(x >>> 2) + row + d] * m.f32[(mixed >>> 2) + j * width + d],
            );
          }
        }
      };
      /** to_kd goes on with w_jk·x_jd. */
      const addToPartners = (to: number, w: number, x: number) => {
        const at = to + 4 * partner * step;
        productF32(m, at, w, x, work, partners, width, members, step, 1, partners, width, 1, 1);
      };
      scoreTile(m, qk, scores, work, tile, call);
      const w = scores >>> 2;
      for (let p = 0; p < members * partners; p++) {
        m.f32[w + p] = expF32(fround(m.f32[w + p] - largest)) * inverse;
      }
      timesRows(m, gv, g + 4 * row, v, tile, width, step);
      timesPartners(m, slopes, gv, u, work, tile, width, step);
      mixPartners(m, mixed, scores, u, work, tile, width, step);
      addToMembers(dv, g);
      addToPartners(du, scores, gv);
      for (let p = 0; p < members * partners; p++) {
        const slope = fround(m.f32[(slopes >>> 2) + p] - mean);
        m.f32[w + p] = fround(factor * m.f32[w + p]) * slope;
      }
      mixPartners(m, mixed, scores, l, work, tile, width, step);
      for (let d = 0; d < width; d++) {
        let sum = 0;
        for (let j = 0; j < members; j++) {
          const key = m.f32[(k >>> 2) + (member + j) * step + d];
          sum = fround(sum + fround(key * m.f32[(mixed >>> 2) + j * width + d]));
        }
        m.f32[(dq >>> 2) + row + d] += sum;
      }
      addToMembers(dk, q);
      addToPartners(dl, scores, qk);
    }
  }
}
