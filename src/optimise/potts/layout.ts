/** A Potts energy in linear memory, in integers of one unit, and what both of its solvers do with it. */
import type { Address } from '../../numbers.ts';
import type { PottsGroup } from '../../kernels/groups/potts.ts';
import type { Machine } from '../../kernels/open.ts';
import { roundEven } from '../../elementary.ts';
import type { Steps } from '../../pacing.ts';
import { integerUnit } from '../integer-unit.ts';
import { STRIDE, type Links } from '../pairs.ts';

/** Addresses and numbers that the kernels are called with; see src/kernels/abi/potts.ts. */
export interface PottsLayout {
  readonly machine: Machine<PottsGroup>;
  readonly groups: number;
  readonly variables: number;
  /** The largest group. */
  readonly largest: number;
  readonly starts: Address;
  readonly own: Address;
  readonly rows: Address;
  readonly links: Address;
  /** Energy = integer·unit + offset. */
  readonly unit: number;
  readonly offset: number;
  /** How many numbers of an energy were rounded, at most. */
  readonly rounded: number;
}

/** Lays an energy out, in steps. @throws RangeError when its costs add up to more than a double, or memory, holds */
export function* layOutPotts(
  machine: Machine<PottsGroup>,
  starts: Uint32Array,
  costs: Float64Array,
  links: Links<Float64Array>,
  groupOf: Uint32Array,
  offset: number,
): Steps<PottsLayout> {
  const groups = starts.length - 1;
  const variables = costs.length;
  const reach = yield* largestCost(costs, links, groupOf);
  if (reach === Infinity) {
    throw new RangeError('the costs of a variable add up to Infinity, expected a finite sum');
  }
  // Each of at most `groups` terms is off by half a unit at most.
  const { unit, exact } = integerUnit([costs, links.values], reach, groups);
  yield;
  const { memory } = machine;
  const integers = (list: Float64Array) => Int32Array.from(list, (x) => roundEven(x / unit));
  const at = {
    starts: memory.reserve(4 * starts.length),
    own: memory.reserve(4 * variables),
    rows: memory.reserve(4 * links.starts.length),
    links: memory.reserve(8 * links.values.length),
  };
  memory.views.u32.set(starts, at.starts >>> 2);
  memory.views.i32.set(integers(costs), at.own >>> 2);
  memory.views.u32.set(links.starts, at.rows >>> 2);
  for (let from = 0; from < links.values.length; from += STRIDE) {
    yield;
    const { i32, u32 } = memory.views;
    const to = Math.min(links.values.length, from + STRIDE);
    for (let k = from; k < to; k++) {
      u32[(at.links >>> 2) + 2 * k] = links.neighbours[k];
      i32[(at.links >>> 2) + 2 * k + 1] = roundEven(links.values[k] / unit);
    }
  }
  const largest = starts.reduce(
    (most, start, g) => Math.max(most, start - (starts[g - 1] ?? 0)),
    0,
  );
  const pairs = Math.min(links.values.length / 2, (groups * (groups - 1)) / 2);
  const rounded = exact ? 0 : groups + pairs;
  return { machine, groups, variables, largest, ...at, unit, offset, rounded };
}

/** The largest |c_b| that any state can have. */
function* largestCost(
  costs: Float64Array,
  links: Links<Float64Array>,
  groupOf: Uint32Array,
): Steps<number> {
  let largest = 0;
  let looked = 0;
  for (let b = 0; b < costs.length; b++) {
    if (links.starts[b] - looked > STRIDE) {
      looked = links.starts[b];
      yield;
    }
    let sum = Math.abs(costs[b]);
    let within = 0;
    let group = -1;
    for (let k = links.starts[b]; k < links.starts[b + 1]; k++) {
      // Only one variable of each group is on.
      const next = groupOf[links.neighbours[k]];
      if (next !== group) {
        sum += within;
        within = 0;
        group = next;
      }
      within = Math.max(within, Math.abs(links.values[k]));
    }
    largest = Math.max(largest, sum + within);
  }
  return largest;
}

/** Computes the costs c_b of the state at an address, and its energy in integers. */
export function refresh(layout: PottsLayout, state: Address, costs: Address): number {
  const { own, rows, links, variables, groups } = layout;
  return layout.machine.kernels.costsPotts(costs, state, own, rows, links, variables, groups);
}

/** 1/T in integers, finite: at T = 0 a move that costs nothing is still as likely as not to make it. */
export function inverse(layout: PottsLayout, temperature: number): number {
  return Math.min(layout.unit / temperature, Number.MAX_VALUE);
}
