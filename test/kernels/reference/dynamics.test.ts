import { describe, expect, test } from 'vitest';
import { list, randomPatterns, range, square, symmetric } from '../cases.ts';
import { leading } from '../desk.ts';
import { field, fieldsOf, type Network, NO_LIMIT, someThresholds } from './network.ts';
import { dot, onDesk, read, table } from './on-desk.ts';

/** −½ Σ J_ij s_i s_j + Σ θ_i s_i, in the units of the fields. */
function energy({ couplings, thresholds, shift, state }: Network): number {
  const quadratic = state.reduce((sum, s, i) => sum + s * dot(couplings[i], state), 0);
  return (-quadratic / 2) * 2 ** shift + dot(thresholds, state);
}

/** The sign a neuron takes in a field. */
function settled(h: number, s: number, tie: number): number {
  if (h === 0) return tie === 1 ? 1 : s;
  return h > 0 ? 1 : -1;
}

/** Visits in order on plain arrays; what is left when the limit or the end is reached. */
function visit(
  network: Network,
  order: readonly number[],
  start: number,
  count: number,
  limit: number,
  tie: number,
): { cursor: number; flips: number } {
  let cursor = start;
  let flips = 0;
  while (cursor < count && flips < limit) {
    const i = order[cursor++];
    const s = settled(field(network, i), network.state[i], tie);
    if (s === network.state[i]) continue;
    network.state[i] = s;
    flips++;
  }
  return { cursor, flips };
}

describe.each(['countMovable', 'flipMovable'] as const)('%s', (kernel) => {
  test.each([0, 1])('tie %i: who is mobile and not settled', (tie) => {
    for (const neurons of range(1, 70)) {
      const { desk, kernels, views } = onDesk(neurons);
      const state = [...desk.random.signs(neurons)];
      const fields = list(neurons, () => desk.integer(-2, 2));
      const mobile = list(neurons, () => desk.random.below(2));
      const after = state.map((s, i) => (mobile[i] ? settled(fields[i], s, tie) : s));
      const moved = after.filter((s, i) => s !== state[i]).length;
      const signs = desk.signs(state);
      const result = kernels[kernel](signs, desk.fields(fields), desk.signs(mobile), tie, neurons);
      expect(result).toBe(moved);
      expect(read(views.i8, signs, neurons)).toEqual(kernel === 'flipMovable' ? after : state);
    }
  });
});

describe.each(['I8', 'I16', 'I32'] as const)('sweep%s', (width) => {
  /** A random network on the desk and in arrays. */
  function network(neurons: number, shift: number, seed: number) {
    const on = onDesk(seed);
    const { desk } = on;
    const entry = (width === 'I32' ? square : symmetric)(desk, neurons, 3);
    const plain: Network = {
      couplings: table(neurons, entry),
      thresholds: someThresholds(on, neurons),
      shift,
      state: [...desk.random.signs(neurons)],
    };
    const couplings = desk[`couplings${width}`](neurons, entry);
    const signs = desk.signs(plain.state);
    const fields = desk.fields(fieldsOf(plain));
    const sweep = (order: number, cursor: number, count: number, limit: number, tie: number) => {
      const addresses = [signs, fields, couplings, order, cursor] as const;
      const steps = [count, limit, shift, tie] as const;
      if (width === 'I32') return on.kernels.sweepI32(...addresses, ...steps, neurons);
      if (width === 'I16') return on.kernels.sweepI16(...addresses, ...steps, 3, neurons);
      const scratch = desk.take(leading(neurons), 2);
      return on.kernels.sweepI8(...addresses, scratch, ...steps, 3, neurons);
    };
    return { ...on, plain, signs, fields, sweep };
  }

  test('state, fields, flips and cursor after visits in order', () => {
    for (const neurons of [1, 2, 3, 17, 64, 65]) {
      for (const shift of [0, 1, 5]) {
        for (const tie of [0, 1]) {
          for (const limit of [0, 1, 2, 5, NO_LIMIT]) {
            const { desk, views, plain, ...at } = network(neurons, shift, neurons);
            const sequence = list(2 * neurons, () => desk.random.below(neurons));
            const order = desk.u32(sequence);
            const start = desk.integer(0, 2);
            const count = desk.integer(neurons, 2 * neurons);
            const cursor = desk.u32([start]);
            const flips = at.sweep(order, cursor, count, limit, tie);
            const expected = visit(plain, sequence, start, count, limit, tie);
            expect({ flips, cursor: views.u32[cursor / 4] }).toEqual(expected);
            expect(read(views.i8, at.signs, neurons)).toEqual(plain.state);
            expect(read(views.i32, at.fields, neurons)).toEqual(fieldsOf(plain));
          }
        }
      }
    }
  });

  test('flip by flip is the same as all at once', () => {
    const neurons = 40;
    const { desk, views, plain, ...at } = network(neurons, 0, 9);
    const sequence = desk.random.sample(neurons, neurons);
    const order = desk.u32(sequence);
    const cursor = desk.u32([0]);
    let flips = 0;
    for (;;) {
      const more = at.sweep(order, cursor, neurons, 1, 0);
      if (more === 0) break;
      expect(more).toBe(1);
      // It stops right behind the neuron that moved.
      const moved = sequence[views.u32[cursor / 4] - 1];
      expect(views.i8[at.signs + moved]).toBe(-plain.state[moved]);
      plain.state[moved] *= -1;
      flips++;
    }
    expect(flips).toBeGreaterThan(3);
    expect(views.u32[cursor / 4]).toBe(neurons);
    expect(read(views.i8, at.signs, neurons)).toEqual(plain.state);
    const whole = network(neurons, 0, 9);
    const once = visit(whole.plain, sequence, 0, neurons, NO_LIMIT, 0);
    expect(whole.plain.state).toEqual(plain.state);
    expect(once.flips).toBe(flips);
  });
});

test.each([0, 1])('tie %i: a sweep without an order is what all orders give', (tie) => {
  let made = 0;
  let refused = 0;
  for (const seed of range(1, 300)) {
    const on = onDesk(seed);
    const { desk, kernels, views } = on;
    const neurons = desk.integer(1, 20);
    const entry = symmetric(desk, neurons, 3);
    const loops = desk.random.below(2);
    const link = symmetric(desk, neurons, 1 + desk.random.below(2));
    const looped = (i: number, j: number) =>
      (i === j && loops === 0) || link(i, j) < 1 ? 0 : entry(i, j);
    const plain: Network = {
      couplings: table(neurons, looped),
      thresholds: someThresholds(on, neurons),
      shift: desk.random.below(2),
      state: [...desk.random.signs(neurons)],
    };
    // Near a fixed point few want to move.
    for (let sweep = desk.random.below(3); sweep > 0; sweep--) {
      visit(plain, desk.random.sample(neurons, neurons), 0, neurons, neurons, tie);
    }
    for (const i of desk.random.sample(neurons, Math.min(3, neurons))) plain.state[i] *= -1;
    const mobile = list(neurons, () => Number(desk.random.below(6) > 0));
    const { state } = plain;
    const wants = (i: number) =>
      mobile[i] === 1 && settled(field(plain, i), state[i], tie) !== state[i];
    const everyone = range(0, neurons - 1);
    const movers = everyone.filter(wants);
    let same = movers.length <= 8 && movers.every((i) => plain.couplings[i][i] >= 0);
    for (let subset = 0; same && subset < 2 ** movers.length; subset++) {
      const moved = movers.filter((_, k) => (subset >> k) & 1);
      for (const i of moved) state[i] *= -1;
      same = everyone.every((i) => moved.includes(i) || wants(i) === movers.includes(i));
      for (const i of moved) state[i] *= -1;
    }
    const signs = desk.signs(state);
    const fields = desk.fields(fieldsOf(plain));
    const couplings = desk.couplingsI8(neurons, looped);
    const args = [desk.signs(mobile), desk.take(8, 4), plain.shift, tie, neurons] as const;
    const flips = kernels.sweepUnorderedI8(signs, fields, couplings, ...args);
    expect(flips).toBe(same ? movers.length : 0);
    const order = desk.random.shuffle(everyone.filter((i) => mobile[i] === 1));
    if (same) visit(plain, order, 0, order.length, NO_LIMIT, tie);
    expect(read(views.i8, signs, neurons)).toEqual(state);
    expect(read(views.i32, fields, neurons)).toEqual(fieldsOf(plain));
    expect(same && everyone.some(wants)).toBe(false);
    if (flips > 1) made++;
    if (movers.length > 1 && !same) refused++;
  }
  expect(Math.min(made, refused)).toBeGreaterThan(20);
});

test('with symmetric couplings and no diagonal every flip lowers the energy', () => {
  for (const seed of range(1, 20)) {
    const neurons = 50;
    const on = onDesk(seed);
    const { desk, kernels, views } = on;
    const entry = symmetric(desk, neurons, 20);
    const zeroed = (i: number, j: number) => (i === j ? 0 : entry(i, j));
    const plain: Network = {
      couplings: table(neurons, zeroed),
      thresholds: someThresholds(on, neurons),
      shift: 1,
      state: [...desk.random.signs(neurons)],
    };
    const couplings = desk.couplingsI16(neurons, zeroed);
    const signs = desk.signs(plain.state);
    const fields = desk.fields(fieldsOf(plain));
    const order = desk.u32(range(0, neurons - 1));
    const cursor = desk.u32([0]);
    let before = energy(plain);
    let flips = 0;
    const sweep = () =>
      kernels.sweepI16(signs, fields, couplings, order, cursor, neurons, 1, 1, 0, 20, neurons);
    for (;;) {
      views.u32[cursor / 4] %= neurons;
      if (sweep() === 0 && views.u32[cursor / 4] === neurons) {
        // A whole quiet sweep from the start.
        views.u32[cursor / 4] = 0;
        if (sweep() === 0) break;
      }
      plain.state = read(views.i8, signs, neurons);
      const now = energy(plain);
      expect(now).toBeLessThan(before);
      before = now;
      flips++;
    }
    expect(flips).toBeGreaterThan(5);
    expect(plain.state.every((s, i) => s * field(plain, i) >= 0)).toBe(true);
  }
});

test('sweepBlocks visits as sweepI16 does with the patterns’ couplings', () => {
  for (const neurons of [1, 2, 17, 64, 65]) {
    for (const count of [0, 1, 8, 11]) {
      for (const selfless of [false, true]) {
        for (const limit of [1, 3, NO_LIMIT]) {
          for (const tie of [0, 1]) {
            const on = onDesk(neurons + count);
            const { desk, kernels, views } = on;
            const patterns = randomPatterns(desk, count, neurons);
            const withTheta = desk.random.below(2) === 0;
            const plain: Network = {
              couplings: table(neurons, (i, j) =>
                i === j && selfless ? 0 : patterns.reduce((sum, x) => sum + x[i] * x[j], 0),
              ),
              thresholds: withTheta ? someThresholds(on, neurons) : list(neurons, () => 0),
              shift: 2,
              state: [...desk.random.signs(neurons)],
            };
            const sequence = list(2 * neurons, () => desk.random.below(neurons));
            const signs = desk.signs(plain.state);
            const overlaps = desk.overlaps(patterns.map((x) => dot(x, plain.state)));
            const blocks = desk.blocks(patterns, neurons, 2);
            const cursor = desk.u32([0]);
            const flips = kernels.sweepBlocks(
              signs,
              overlaps,
              blocks,
              withTheta ? desk.i32(plain.thresholds) : 0,
              desk.u32(sequence),
              cursor,
              2 * neurons,
              limit,
              selfless ? count : 0,
              2,
              tie,
              2,
              count,
            );
            const expected = visit(plain, sequence, 0, 2 * neurons, limit, tie);
            expect({ flips, cursor: views.u32[cursor / 4] }).toEqual(expected);
            expect(read(views.i8, signs, neurons)).toEqual(plain.state);
            expect(read(views.i32, overlaps, count)).toEqual(
              patterns.map((x) => dot(x, plain.state)),
            );
          }
        }
      }
    }
  }
});
