/** Attention to pairs, laid out: any sizes, windows and masks. */
import fc from 'fast-check';
import { pairsScratch } from '../../src/kernels/layout.ts';
import { list } from './cases.ts';
import type { Desk } from './desk.ts';

export interface PairCase {
  readonly states: number;
  readonly stored: number;
  readonly width: number;
  /** Singles between the end of a row and the next. */
  readonly gap: number;
  readonly mask: 'none' | 'one row' | 'a row each';
  readonly scale: number;
  readonly blank: number;
  readonly first: number;
  readonly second: number;
}

export const pairCases: fc.Arbitrary<PairCase> = fc.record({
  states: fc.integer({ min: 1, max: 4 }),
  stored: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 1, max: 13 }),
  gap: fc.constantFrom(0, 3),
  mask: fc.constantFrom('none' as const, 'one row' as const, 'a row each' as const),
  scale: fc.constantFrom(1, 0.3, 20),
  blank: fc.constantFrom(-Infinity, -Infinity, 0.5, 3),
  first: fc.constantFrom(0, 0, 1, 5, 19),
  second: fc.constantFrom(0, 0, 2, 7),
});

/** Numbers that are laid out: Q and its like [states, width], K, L, V and U [stored, width], a mask. */
export interface PairNumbers {
  readonly q: number[][];
  readonly g: number[][];
  readonly k: number[][];
  readonly l: number[][];
  readonly v: number[][];
  readonly u: number[][];
  /** [states][stored] */
  readonly mask: number[][];
}

export function drawPairs(desk: Desk, setup: PairCase): PairNumbers {
  const { states, stored, width, mask } = setup;
  const rows = (count: number) =>
    list(count, () => list(width, () => Math.fround(desk.double(1.5))));
  // Some masks leave out nearly everything, so that states see nothing.
  const much = desk.random.below(3) === 0 ? 0.95 : 0.3;
  const row = () =>
    list(stored, () => (desk.random.real() < much ? -Infinity : Math.fround(desk.double(2))));
  const shared = row();
  const masks = { none: () => list(stored, () => 0), 'one row': () => shared, 'a row each': row };
  return {
    q: rows(states),
    g: rows(states),
    k: rows(stored),
    l: rows(stored),
    v: rows(stored),
    u: rows(stored),
    mask: list(states, masks[mask]),
  };
}

/** Blocks on a desk, whose rows are `step` apart. */
export function layPairs(desk: Desk, setup: PairCase, numbers: PairNumbers) {
  const { states, stored, width, gap, mask } = setup;
  const step = width + gap;
  /** Junk between rows stays as it is. */
  const lay = (rows: number[][]) => {
    const address = desk.take(rows.length * step, 4);
    rows.forEach((row, i) => desk.views.f32.set(row, address / 4 + i * step));
    return address;
  };
  const maskStep = mask === 'a row each' ? stored + gap : 0;
  const rows = mask === 'a row each' ? numbers.mask : [numbers.mask[0]];
  return {
    step,
    lay,
    q: lay(numbers.q),
    k: lay(numbers.k),
    l: lay(numbers.l),
    v: lay(numbers.v),
    u: lay(numbers.u),
    maskStep,
    mask: mask === 'none' ? 0 : desk.f32(rows.flatMap((row) => [...row, ...list(gap, () => NaN)])),
    out: desk.take(states * step, 4),
    stats: desk.take(3 * states, 4),
    work: desk.take(pairsScratch(stored, width) / 8, 8),
  };
}

/** Rows of a block, without what stands between them. */
export function rowsAt(
  view: Float32Array,
  address: number,
  count: number,
  { width, gap }: PairCase,
): number[][] {
  return list(count, (i) => {
    const at = address / 4 + i * (width + gap);
    return Array.from(view.subarray(at, at + width));
  });
}
