/** A state moves by chance: neurons in a heat bath (Glauber 1963). */
import { leading } from "./couplings";
import { flip, flipColumn } from "./dynamics";
import { exponential } from "./exponential";
import { fieldFromColumn, overlapSum } from "./fields";
import { blockColumn } from "./patterns";
import { nextReal } from "./random";

/** A sign drawn with the heat-bath probability of a field. */
@inline
export function heatBath(generator: usize, field: f64, gain: f64): i32 {
  const real = nextReal(generator);
  return real < 1.0 / (1.0 + exponential(-gain * field)) ? 1 : -1;
}

@inline
function glauber<T>(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  const lda = leading(neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    const row = couplings + i * lda * sizeof<T>();
    const own = <i32>load<T>(row + i * sizeof<T>()) << shift;
    const field = load<i32>(fields + (i << 2)) - s * own;
    if (heatBath(generator, <f64>field, gain) != s) {
      flip<T>(signs, fields, row, i, shift, lda);
      flips++;
    }
  }
  store<u32>(cursor, at);
  return flips;
}

export function glauberI8(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  return glauber<i8>(
    signs, fields, couplings, order, cursor, generator, count, limit, shift, gain, neurons,
  );
}

export function glauberI16(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  return glauber<i16>(
    signs, fields, couplings, order, cursor, generator, count, limit, shift, gain, neurons,
  );
}

export function glauberI32(
  signs: usize,
  fields: usize,
  couplings: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  neurons: u32,
): u32 {
  return glauber<i32>(
    signs, fields, couplings, order, cursor, generator, count, limit, shift, gain, neurons,
  );
}

export function glauberBlocks(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  thresholds: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  shift: i32,
  gain: f64,
  stride: u32,
  patterns: u32,
): u32 {
  const groups = (patterns + 7) >> 3;
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  let sum = overlapSum(overlaps, groups);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    const theta = thresholds == 0 ? 0 : load<i32>(thresholds + (i << 2));
    const column = blockColumn(blocks, stride, i);
    const bare = fieldFromColumn(column, overlaps, groups, sum) - <i32>patterns * s;
    if (heatBath(generator, <f64>((bare << shift) - theta), gain) != s) {
      sum += flipColumn(signs + i, column, overlaps, patterns);
      flips++;
    }
  }
  store<u32>(cursor, at);
  return flips;
}
