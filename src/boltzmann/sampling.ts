/** Gibbs chains of a restricted machine: hidden units drawn beside visible ones, visible ones beside hidden ones. */
import { checkOptions, checkPositiveInteger } from '../checks.ts';
import { readMask } from '../patterns/states.ts';
import { checkedSeed, drawSeed, Random } from '../random.ts';
import type { States } from '../patterns/states.ts';
import { readRows, type StateRows, type Units } from './given.ts';
import { GENERATOR_BYTES, PRODUCT_SCRATCH, seedRow, STREAMS, type Layers } from './layers.ts';

export interface SampleOptions {
  /** How many chains, from random states. Default 1, or as many as `from` has. */
  count?: number;
  /** States that the chains start from, one each: N values, an array of such, or a flat typed array. */
  from?: States;
  /** Visible units that keep what `from` says: N booleans (or 0/1). */
  clamp?: ArrayLike<boolean> | ArrayLike<number>;
  /** Steps of each chain, all hidden and then all visible units in each. Default 100. */
  steps?: number;
  /** An integer from 0 to 2³² − 1; chain k has the seed + k. Drawn afresh, and reported, when not given. */
  seed?: number;
}

/** Plain data. */
export interface SampleResult {
  /** The states that the chains ended in, in a row: count×N. */
  states: Int8Array;
  /** What each unit was on average when it was drawn last, given the hidden units: count×N. */
  means: Float32Array;
  /** The seed of each chain. */
  seeds: Uint32Array;
}

/** How chains run, checked and complete. */
export interface SamplePlan {
  readonly from: StateRows;
  readonly clamp: Uint8Array | undefined;
  readonly steps: number;
  readonly seeds: Uint32Array;
}

export function planSample(options: SampleOptions, units: Units): SamplePlan {
  checkOptions(options, 'sample options', ['count', 'from', 'clamp', 'steps', 'seed']);
  const { clamp, from, count } = options;
  if (clamp !== undefined && from === undefined) {
    throw new TypeError('clamp is given, expected from too: what the clamped units are to be');
  }
  if (count !== undefined && from !== undefined) {
    throw new TypeError('count and from are given, expected one of them');
  }
  const steps = checkPositiveInteger(options.steps ?? 100, 'steps');
  const chains = checkPositiveInteger(count ?? 1, 'count');
  const mask = clamp === undefined ? undefined : readMask(clamp, units.count, 'clamp', units.of);
  const given = from === undefined ? undefined : readRows(from, units, 'from', false);
  const seed = options.seed === undefined ? drawSeed() : checkedSeed(options.seed);
  const seeds = new Uint32Array(given?.count ?? chains).map((_, k) => seed + k);
  return { from: given ?? randomRows(seeds, units), clamp: mask, steps, seeds };
}

/** Random states, one for each seed. */
function randomRows(seeds: Uint32Array, { count, low }: Units): StateRows {
  const values = new Float32Array(seeds.length * count);
  for (const [k, seed] of seeds.entries())
    values.set(new Random(seed, STREAMS.start).signs(count), k * count);
  if (low === 0) for (let i = 0; i < values.length; i++) values[i] = (values[i] + 1) / 2;
  return { count: seeds.length, values };
}

/** Chains that run side by side; memory holds no more of them at a time. */
const TOGETHER = 128;

/** Runs chains of N units in parts, and puts together what they end in. */
export function inParts(
  { from: { count, values }, seeds }: SamplePlan,
  units: number,
  run: (
    from: Float32Array,
    seeds: Uint32Array,
    done: (states: Float32Array, means: Float32Array) => void,
  ) => void,
): SampleResult {
  const result = {
    states: new Int8Array(count * units),
    means: new Float32Array(count * units),
    seeds,
  };
  for (let k = 0; k < count; k += TOGETHER) {
    const end = Math.min(count, k + TOGETHER);
    run(values.subarray(k * units, end * units), seeds.subarray(k, end), (states, means) => {
      result.states.set(states, k * units);
      result.means.set(means, k * units);
    });
  }
  return result;
}

export function sample(layers: Layers, plan: SamplePlan): SampleResult {
  return inParts(plan, layers.plan.visible, (from, seeds, done) =>
    runChains(layers, plan, from, seeds, done),
  );
}

function runChains(
  layers: Layers,
  { clamp, steps }: SamplePlan,
  from: Float32Array,
  seeds: Uint32Array,
  done: (states: Float32Array, means: Float32Array) => void,
): void {
  const { memory } = layers.machine;
  const { visible, hidden } = layers.plan;
  const rows = seeds.length;
  const held = clamp ? runsOf(clamp) : [];
  memory.scope((take) => {
    const v = take(4 * rows * visible);
    const means = take(4 * rows * visible);
    const h = take(4 * rows * hidden);
    const generators = take(GENERATOR_BYTES * rows);
    const work = take(PRODUCT_SCRATCH);
    const { f32, u32 } = memory.views;
    for (const [r, seed] of seeds.entries()) {
      seedRow(u32, generators + GENERATOR_BYTES * r, seed, STREAMS.sampled);
    }
    f32.set(from, v >>> 2);
    const hold = (address: number) => {
      for (let r = 0; r < rows; r++) {
        for (const [start, end] of held) {
          const at = r * visible + start;
          f32.set(from.subarray(at, at + end - start), (address >>> 2) + at);
        }
      }
    };
    for (let step = 0; step < steps; step++) {
      layers.hiddenMeans(h, v, rows, work);
      layers.drawHidden(h, h, generators, rows);
      layers.visibleMeans(means, h, rows, work);
      layers.drawVisible(v, means, generators, rows);
      hold(v);
    }
    hold(means);
    const block = (address: number) =>
      f32.subarray(address >>> 2, (address >>> 2) + rows * visible);
    done(block(v), block(means));
  });
}

/** The runs of ones in a mask: start and end. */
function runsOf(mask: Uint8Array): [start: number, end: number][] {
  const runs: [number, number][] = [];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const start = i;
    while (mask[i] === 1) i++;
    runs.push([start, i]);
  }
  return runs;
}
