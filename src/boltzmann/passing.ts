/** Takes rows of units through a layer, in parts. */
import type { Address } from '../numbers.ts';
import type { StateRows } from './given.ts';
import { PRODUCT_SCRATCH, type Layers } from './layers.ts';

/** Rows that pass together. */
const TOGETHER = 256;

/** P×H of P rows of visible units. */
export function hiddenMeansOf(layers: Layers, rows: StateRows): Float32Array {
  return pass(layers, rows, layers.plan.hidden, (to, from, count, work) =>
    layers.hiddenMeans(to, from, count, work),
  );
}

/** P×N of P rows of hidden units. */
export function visibleMeansOf(layers: Layers, rows: StateRows): Float32Array {
  return pass(layers, rows, layers.plan.visible, (to, from, count, work) =>
    layers.visibleMeans(to, from, count, work),
  );
}

function pass(
  { machine: { memory } }: Layers,
  { count, values }: StateRows,
  units: number,
  through: (to: Address, from: Address, rows: number, work: Address) => void,
): Float32Array {
  const length = values.length / count;
  const result = new Float32Array(count * units);
  memory.scope((take) => {
    const together = Math.min(TOGETHER, count);
    const from = take(4 * together * length);
    const to = take(4 * together * units);
    const work = take(PRODUCT_SCRATCH);
    for (let k = 0; k < count; k += together) {
      const rows = Math.min(together, count - k);
      memory.views.f32.set(values.subarray(k * length, (k + rows) * length), from >>> 2);
      through(to, from, rows, work);
      const at = to >>> 2;
      result.set(memory.views.f32.subarray(at, at + rows * units), k * units);
    }
  });
  return result;
}
