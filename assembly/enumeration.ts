/** All states of spins; see src/kernels/abi/enumeration.ts. */

/** Bytes into a run. */
const LOWEST: usize = 8;
const STEPS: usize = 16;
const BEST_STEP: usize = 20;
const BEST_STATE: usize = 24;

/** Flips the spin that step k changes. */
@inline
function flip(run: usize, fields: usize, couplings: usize, step: u32, lda: u32): void {
  const flipped = ctz(step);
  const before = step - 1;
  const s: f64 = (((before ^ (before >> 1)) >> flipped) & 1) == 1 ? -1.0 : 1.0;
  store<f64>(run, load<f64>(run) + 2.0 * s * load<f64>(fields + ((4 + flipped) << 3)));
  const sign = f64x2.splat(s);
  let row = couplings + ((flipped * lda) << 3);
  const end = row + (lda << 3);
  for (let field = fields; row < end; row += 16, field += 16) {
    v128.store(field, f64x2.sub(v128.load(field), f64x2.mul(sign, v128.load(row))));
  }
}

/** Energies of states b and b + 1 of the four. */
@inline
function pair(table: usize, b: usize, first: v128, second: f64): v128 {
  return f64x2.add(f64x2.add(v128.load(table + (b << 3)), first), f64x2.splat(second));
}

/** Keeps the first of the sixteen states that has the lowest energy. */
function keep(run: usize, table: usize, up: v128, down: v128, g2: f64, g3: f64): void {
  const energy = load<f64>(run);
  for (let b: u32 = 0; b < 16; b += 2) {
    const first = (b & 2) == 0 ? up : down;
    const second = ((b & 4) == 0 ? -g2 : g2) + ((b & 8) == 0 ? -g3 : g3);
    const both = f64x2.add(f64x2.splat(energy), pair(table, b, first, second));
    keepOne(run, f64x2.extract_lane(both, 0), b);
    keepOne(run, f64x2.extract_lane(both, 1), b + 1);
  }
}

@inline
function keepOne(run: usize, energy: f64, b: u32): void {
  if (energy >= load<f64>(run, LOWEST)) return;
  store<f64>(run, energy, LOWEST);
  store<u32>(run, load<u32>(run, STEPS), BEST_STEP);
  store<u32>(run, b, BEST_STATE);
}

export function enumerateSpins(
  run: usize,
  fields: usize,
  couplings: usize,
  table: usize,
  steps: u32,
  spins: u32,
): void {
  const lda = (spins + 1) & ~1;
  for (let made: u32 = 0; made < steps; made++) {
    const step = load<u32>(run, STEPS);
    if (step > 0) flip(run, fields, couplings, step, lda);
    const g2 = load<f64>(fields, 16);
    const g3 = load<f64>(fields, 24);
    // Spin 0 down in the second lane, spin 1 up or down.
    const own = f64x2.mul(f64x2.splat(load<f64>(fields)), f64x2(-1.0, 1.0));
    const g1 = f64x2.splat(load<f64>(fields, 8));
    const up = f64x2.sub(own, g1);
    const down = f64x2.add(own, g1);
    let low = f64x2.pmin(pair(table, 0, up, -g2 - g3), pair(table, 2, down, -g2 - g3));
    low = f64x2.pmin(low, f64x2.pmin(pair(table, 4, up, g2 - g3), pair(table, 6, down, g2 - g3)));
    low = f64x2.pmin(low, f64x2.pmin(pair(table, 8, up, -g2 + g3), pair(table, 10, down, -g2 + g3)));
    low = f64x2.pmin(low, f64x2.pmin(pair(table, 12, up, g2 + g3), pair(table, 14, down, g2 + g3)));
    const least = min<f64>(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
    if (load<f64>(run) + least < load<f64>(run, LOWEST)) keep(run, table, up, down, g2, g3);
    store<u32>(run, step + 1, STEPS);
  }
}
