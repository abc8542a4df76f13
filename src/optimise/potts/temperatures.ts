/** Temperatures that suit a Potts energy, from its costs alone. */
import { Random } from '../../random.ts';
import type { Steps } from '../../pacing.ts';
import { STRIDE } from '../pairs.ts';
import { refresh, type PottsLayout } from './layout.ts';

/** How often the energy is looked at in a random state. */
const LOOKS = 8;

/** The root mean square by which the costs in a group differ from their mean, in random states. */
export function* spread(layout: PottsLayout): Steps<number> {
  const { machine, starts, groups, variables, unit } = layout;
  const random = new Random(0);
  let squares = 0;
  let count = 0;
  for (let look = 0; look < LOOKS; look++) {
    yield;
    machine.memory.scope((take) => {
      const state = take(4 * groups);
      const costs = take(4 * variables);
      const { u32, i32 } = machine.memory.views;
      for (let g = 0; g < groups; g++) {
        const first = u32[(starts >>> 2) + g];
        const size = u32[(starts >>> 2) + g + 1] - first;
        u32[(state >>> 2) + g] = first + random.below(size);
      }
      refresh(layout, state, costs);
      for (let g = 0; g < groups; g++) {
        const of = i32.subarray(
          (costs >>> 2) + u32[(starts >>> 2) + g],
          (costs >>> 2) + u32[(starts >>> 2) + g + 1],
        );
        if (of.length === 1) continue;
        const mean = of.reduce((sum, c) => sum + c, 0) / of.length;
        for (const c of of) squares += (c - mean) * (c - mean);
        count += of.length - 1;
      }
    });
  }
  return count === 0 ? 0 : Math.sqrt(squares / count) * unit;
}

/** Steps of the power method. */
const STEPS = 60;

/**
 * The temperature at which equal averages stop being stable: the largest eigenvalue λ of −P Q P between groups, P taking
 * the mean of each group off, over the size of the groups (Peterson & Söderberg 1989, section 4).
 */
export function* criticalTemperature(layout: PottsLayout): Steps<number> {
  const { machine, starts, rows, links, groups, variables, unit } = layout;
  const row = rows >>> 2;
  const link = links >>> 2;
  const begin = starts >>> 2;
  /** y = D P Q P D x with D² = 1/size. */
  function* apply(x: Float64Array): Steps<Float64Array> {
    const y = new Float64Array(variables);
    for (let b = 0; b < variables;) {
      yield;
      const { u32, i32 } = machine.memory.views;
      for (const least = u32[row + b] + STRIDE; b < variables && u32[row + b] < least; b++) {
        let sum = 0;
        for (let k = u32[row + b]; k < u32[row + b + 1]; k++) {
          sum += i32[link + 2 * k + 1] * x[u32[link + 2 * k]];
        }
        y[b] = sum;
      }
    }
    return y;
  }
  const project = (x: Float64Array): void => {
    const { u32 } = machine.memory.views;
    for (let g = 0; g < groups; g++) {
      const part = x.subarray(u32[begin + g], u32[begin + g + 1]);
      const mean = part.reduce((sum, v) => sum + v, 0) / part.length;
      const root = 1 / Math.sqrt(part.length);
      for (let k = 0; k < part.length; k++) part[k] = (part[k] - mean) * root;
    }
  };
  const random = new Random(1);
  const length = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  function* power(shift: number): Steps<number> {
    let x: Float64Array = Float64Array.from({ length: variables }, () => random.real() - 0.5);
    let value = 0;
    for (let step = 0; step < STEPS; step++) {
      const size = length(x);
      if (size === 0) return 0;
      for (let b = 0; b < variables; b++) x[b] /= size;
      const scaled = x.slice();
      project(scaled);
      const y = yield* apply(scaled);
      project(y);
      for (let b = 0; b < variables; b++) y[b] = shift * x[b] - y[b];
      value = length(y);
      x = y;
    }
    return value;
  }
  const largest = yield* power(0);
  return Math.max(0, (yield* power(largest)) - largest) * unit;
}
