/**
 * Couplings out of a file: whether the integers are what the kernels rely on.
 *
 * They have to stay as far inside 30 bits as learning would have left them (fixed-point.ts), and to be as symmetric and as
 * free of self-couplings as the file says. Entry j·N + i is J_ij, as `packMatrix` makes them.
 */
import type { NetworkPlan } from './plan.ts';
import { FIELD_LIMIT, SIZES } from '../kernels/layout.ts';
import { checkUnit } from './fixed-point.ts';
import type { LearningReport } from './rules/rule.ts';

/** What has to be kept of couplings beside the patterns and the integers themselves. */
export interface SavedCouplings {
  /** Null where the rule makes the couplings from the patterns again. */
  readonly couplings: { readonly kind: 'i16' | 'i32'; readonly scale: number } | null;
  readonly dreamt: boolean;
  readonly symmetric: boolean;
  readonly selfActing: boolean;
  readonly learning: LearningReport | null;
}

/** Bytes of the integers. */
export function savedBytes({ couplings }: SavedCouplings, neurons: number): number {
  return couplings ? neurons * neurons * SIZES[couplings.kind] : 0;
}

/**
 * @param bound - that no |J_ij| of an i16 matrix is above
 * @throws TypeError, RangeError naming what is wrong
 */
export function checkSaved(
  { couplings, symmetric, selfActing }: SavedCouplings,
  bytes: Uint8Array<ArrayBuffer>,
  { neurons, thresholds, units }: NetworkPlan,
  bound: number,
): void {
  if (!couplings) return;
  const { kind, scale } = couplings;
  checkUnit(scale, neurons);
  const wide = kind === 'i32';
  const values = wide ? new Int32Array(bytes.buffer) : new Int16Array(bytes.buffer);
  const most = wide ? FIELD_LIMIT : bound;
  const sums = new Float64Array(neurons).map((_, i) => Math.abs(thresholds?.[i] ?? 0) / scale);
  for (let j = 0, at = 0; j < neurons; j++) {
    for (let i = 0; i < neurons; i++, at++) {
      const value = values[at];
      const size = Math.abs(value);
      sums[i] += size;
      if (size > most) {
        throw new RangeError(`coupling [${i}][${j}] is ${value} units, expected at most ${most}`);
      }
      if (i === j && value !== 0 && !selfActing) {
        throw new RangeError(
          `coupling [${i}][${i}] is ${value} units, expected 0: selfActing is false`,
        );
      }
      if (symmetric && i < j && value !== values[i * neurons + j]) {
        throw new RangeError(
          `coupling [${i}][${j}] is ${value} and [${j}][${i}] is ${values[i * neurons + j]} units, ` +
            `expected the same: symmetric is true`,
        );
      }
    }
  }
  // Thresholds beside i16 couplings are made to fit when they are needed.
  const limit = FIELD_LIMIT / (units === 'binary' ? 2 : 1);
  const full = wide ? sums.findIndex((sum) => !(sum < limit)) : -1;
  if (full >= 0) {
    throw new RangeError(
      `the couplings and the threshold of neuron ${full} are ${sums[full]} units, expected less than ${limit}`,
    );
  }
}
