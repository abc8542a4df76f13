/** Norms of rows in linear memory, and their directions. */
import type { Address } from '../../numbers.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';

/** Below this norm a vector is too short to have a direction. */
export const SHORTEST = 1e-15;

/** Squared norms of rows, in doubles. */
export function squaresOf(
  { kernels, memory }: Machine<ModernGroup>,
  rows: Address,
  count: number,
  width: number,
): Float64Array {
  return memory.scope((take) => {
    const out = take(count * 8);
    kernels.squaresF32(out, rows, count, width);
    return memory.views.f64.slice(out >>> 3, (out >>> 3) + count);
  });
}

/** f32[count×width]: rows scaled to norm 1; those too short to have a direction become 0, alike to nothing. */
export function normalise(
  machine: Machine<ModernGroup>,
  out: number,
  rows: Address,
  count: number,
  width: number,
): void {
  const squares = squaresOf(machine, rows, count, width);
  const { f32 } = machine.memory.views;
  for (let b = 0; b < count; b++) {
    const norm = Math.sqrt(squares[b]);
    const factor = norm >= SHORTEST ? 1 / norm : 0;
    const from = (rows >>> 2) + b * width;
    const to = (out >>> 2) + b * width;
    for (let k = 0; k < width; k++) f32[to + k] = f32[from + k] * factor;
  }
}
