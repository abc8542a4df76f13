import { expect, test } from 'vitest';
import { nextWord, type Random } from '../../../src/random.ts';
import { list, randomPatterns, range, symmetric } from '../cases.ts';
import { field, fieldsOf, type Network, NO_LIMIT, someThresholds } from './network.ts';
import { dot, type OnDesk, onDesk, read, table } from './on-desk.ts';

const NEURONS = 64;
const CALLS = 400;
const SELF = 5;

/** How often neurons in the same bare field become +1, in NEURONS·CALLS visits. */
type Count = (on: OnDesk, bare: number, gain: number, generator: number) => number;

type Width = 'I8' | 'I16' | 'I32';

function countI(on: OnDesk, bare: number, gain: number, generator: number, width: Width): number {
  const { desk, kernels, views } = on;
  const diagonal = (i: number, j: number) => (i === j ? SELF : 0);
  const couplings = desk[`couplings${width}`](NEURONS, diagonal);
  const state = desk.random.signs(NEURONS);
  const signs = desk.signs(state);
  const fields = desk.fields([...state].map((s) => bare + s * SELF * 2));
  const order = desk.u32(range(0, NEURONS - 1));
  const cursor = desk.u32([0]);
  let positive = 0;
  for (let call = 0; call < CALLS; call++) {
    views.u32[cursor / 4] = 0;
    const at = [signs, fields, couplings, order, cursor, generator] as const;
    kernels[`glauber${width}`](...at, NEURONS, NO_LIMIT, 1, gain, NEURONS);
    positive += read(views.i8, signs, NEURONS).filter((s) => s === 1).length;
  }
  // The fields were kept up to date: bare field plus the neuron's own coupling.
  expect(read(views.i32, fields, NEURONS)).toEqual(
    read(views.i8, signs, NEURONS).map((s) => bare + s * SELF * 2),
  );
  return positive;
}

/** Each neuron alone with patterns, which act on it through its own coupling only. */
function countBlocks(
  { desk, kernels, views }: OnDesk,
  bare: number,
  gain: number,
  generator: number,
): number {
  const blocks = desk.blocks([Int8Array.of(1), Int8Array.of(-1), Int8Array.of(1)], 1, 1);
  const signs = desk.signs([1]);
  const overlaps = desk.overlaps([1, -1, 1]);
  const theta = desk.i32([-bare]);
  const order = desk.u32(list(NEURONS, () => 0));
  const cursor = desk.u32([0]);
  let positive = 0;
  for (let visit = 0; visit < NEURONS * CALLS; visit++) {
    views.u32[cursor / 4] %= NEURONS;
    const at = [signs, overlaps, blocks, theta, order, cursor, generator] as const;
    kernels.glauberBlocks(...at, views.u32[cursor / 4] + 1, NO_LIMIT, 1, gain, 1, 3);
    if (views.i8[signs] === 1) positive++;
  }
  return positive;
}

const counts: Record<string, Count> = {
  glauberI8: (...args) => countI(...args, 'I8'),
  glauberI16: (...args) => countI(...args, 'I16'),
  glauberI32: (...args) => countI(...args, 'I32'),
  glauberBlocks: countBlocks,
};

test.each(Object.entries(counts))('%s: P(+1) is 1/(1 + e^(−gain·h))', (_, count) => {
  for (const gain of [0.1, 0.02]) {
    for (const bare of [0, 1, -1, 10, -10, 30, -45]) {
      const on = onDesk(bare + 100);
      const generator = on.desk.u32(words(on.desk.random));
      const visits = NEURONS * CALLS;
      const p = 1 / (1 + Math.exp(-gain * bare));
      const sigma = Math.sqrt(visits * p * (1 - p));
      const off = count(on, bare, gain, generator) - visits * p;
      expect(Math.abs(off)).toBeLessThan(5 * sigma);
    }
  }
});

function words(random: Random): number[] {
  return list(4, () => random.next());
}

test('one draw a visit, compared with the probability in the field at that moment', () => {
  for (const limit of [1, 3, NO_LIMIT]) {
    const neurons = 20;
    const on = onDesk(3);
    const { desk, kernels, views } = on;
    const entry = symmetric(desk, neurons, 4);
    const plain: Network = {
      couplings: table(neurons, entry),
      thresholds: someThresholds(on, neurons),
      shift: 1,
      state: [...desk.random.signs(neurons)],
    };
    const state = Uint32Array.from(words(desk.random));
    const signs = desk.signs(plain.state);
    const fields = desk.fields(fieldsOf(plain));
    const generator = desk.u32(state);
    const cursor = desk.u32([2]);
    const sequence = desk.random.sample(neurons, neurons);
    const couplings = desk.couplingsI16(neurons, entry);
    const flips = kernels.glauberI16(
      signs,
      fields,
      couplings,
      desk.u32(sequence),
      cursor,
      generator,
      neurons - 1,
      limit,
      1,
      0.05,
      neurons,
    );
    let at = 2;
    let expected = 0;
    while (at < neurons - 1 && expected < limit) {
      const i = sequence[at++];
      const bare = field(plain, i) - plain.state[i] * entry(i, i) * 2;
      const up = nextWord(state, 0) / 2 ** 32 < 1 / (1 + Math.exp(-0.05 * bare));
      if (up === plain.state[i] > 0) continue;
      plain.state[i] *= -1;
      expected++;
    }
    expect(flips).toBe(expected);
    expect(flips).toBeGreaterThan(0);
    expect(views.u32[cursor / 4]).toBe(at);
    expect(read(views.i8, signs, neurons)).toEqual(plain.state);
    expect(read(views.i32, fields, neurons)).toEqual(fieldsOf(plain));
    expect(read(views.u32, generator, 4)).toEqual([...state]);
  }
});

test('glauberBlocks visits as glauberI16 does with the patterns’ couplings', () => {
  for (const neurons of [1, 5, 30, 64]) {
    for (const count of [0, 1, 9]) {
      const on = onDesk(neurons + count);
      const { desk, kernels, views } = on;
      const patterns = randomPatterns(desk, count, neurons);
      const coupling = (i: number, j: number) => patterns.reduce((sum, x) => sum + x[i] * x[j], 0);
      const plain: Network = {
        couplings: table(neurons, coupling),
        thresholds: someThresholds(on, neurons),
        shift: 1,
        state: [...desk.random.signs(neurons)],
      };
      const order = desk.u32(desk.random.sample(neurons, neurons));
      const start = words(desk.random);
      const a = {
        signs: desk.signs(plain.state),
        generator: desk.u32(start),
        cursor: desk.u32([0]),
      };
      const b = {
        signs: desk.signs(plain.state),
        generator: desk.u32(start),
        cursor: desk.u32([0]),
      };
      const fields = desk.fields(fieldsOf(plain));
      const overlaps = desk.overlaps(patterns.map((x) => dot(x, plain.state)));
      const theta = desk.i32(plain.thresholds);
      const couplings = desk.couplingsI16(neurons, coupling);
      const blocks = desk.blocks(patterns, neurons, 2);
      const limit = 7;
      const gain = 0.3;
      const left = kernels.glauberI16(
        a.signs,
        fields,
        couplings,
        order,
        a.cursor,
        a.generator,
        neurons,
        limit,
        1,
        gain,
        neurons,
      );
      const right = kernels.glauberBlocks(
        b.signs,
        overlaps,
        blocks,
        theta,
        order,
        b.cursor,
        b.generator,
        neurons,
        limit,
        1,
        gain,
        2,
        count,
      );
      expect(right).toBe(left);
      expect(read(views.i8, b.signs, neurons)).toEqual(read(views.i8, a.signs, neurons));
      expect(read(views.u32, b.generator, 4)).toEqual(read(views.u32, a.generator, 4));
      expect(read(views.u32, b.cursor, 1)).toEqual(read(views.u32, a.cursor, 1));
      const state = read(views.i8, b.signs, neurons);
      expect(read(views.i32, overlaps, count)).toEqual(patterns.map((x) => dot(x, state)));
    }
  }
});
