/** Unlearning and daydreaming: what they do to the couplings, and how they can be stopped. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, flipped, randomStates, reals } from './cases.ts';
import { distance, fields, plain, rows, transform } from './oracle.ts';

/** The largest |eigenvalue| of a symmetric matrix, by repeated squaring of its trace norm. */
function spectralNorm(W: number[][]): number {
  let x = W.map((_, i) => Math.sin(i + 1));
  let norm = 0;
  for (let round = 0; round < 2000; round++) {
    const y = W.map((row) => row.reduce((sum, w, j) => sum + w * x[j], 0));
    norm = Math.sqrt(y.reduce((sum, v) => sum + v * v, 0));
    x = y.map((v) => v / norm);
  }
  return norm;
}

describe.each(BACKENDS)('%s', (backend) => {
  test('one step of unlearning takes rate·s sᵀ/N of a fixed point away', async () => {
    const random = new Random(171);
    for (const rule of ['hebbian', 'storkey', 'projection'] as const) {
      const network = build(24, { rule, backend }, randomStates(random, 24, 3));
      const before = rows(network.couplings, 24);
      const plainBefore = HopfieldNetwork.load(network.save());
      await network.unlearn({ steps: 1, rate: 0.25, seed: 5 });
      const after = rows(network.couplings, 24);
      // s_i s_j, and from its first row s itself.
      const s = after[0].map((w, j) => (j === 0 ? 1 : Math.sign(before[0][j] - w)));
      const expected = transform(before, (w, i, j) =>
        i === j ? w : w - (0.25 * s[i] * s[j]) / 24,
      );
      expect(distance(after, expected)).toBeLessThan(1e-6);
      expect(plainBefore.isFixedPoint(s)).toBe(true);
    }
  });

  // The dream's own draws: states and the seeds of falls from stream 2 of its seed, patterns from stream 3, after a sign a
  // neuron. Couplings of the projection rule leave no field at 0, where rounding would decide.
  test('unlearning, and an epoch of daydreaming, are what the formulas make of their draws', async () => {
    const neurons = 14;
    const patterns = randomStates(new Random(184), neurons, 4);
    for (const thresholds of [undefined, 0.05]) {
      const make = () => build(neurons, { rule: 'projection', thresholds, backend }, patterns);
      /** The fixed point below the next random state. */
      const fall = (W: number[][], states: Random) => {
        const seed = states.next();
        const network = HopfieldNetwork.fromCouplings(W, { thresholds, backend });
        return network.recall(states.signs(neurons), { seed }).state;
      };
      const start = rows(make().couplings, neurons);

      let states = new Random(9, 2);
      let W = start;
      for (let step = 0; step < 8; step++) {
        const s = fall(W, states);
        W = transform(W, (w, i, j) => (i === j ? w : w - (0.1 * s[i] * s[j]) / neurons));
      }
      const unlearnt = await make().unlearn({ steps: 8, rate: 0.1, seed: 9 });
      expect(distance(rows(unlearnt.couplings, neurons), W)).toBeLessThan(1e-5);

      states = new Random(9, 2);
      const choices = new Random(9, 3);
      for (let i = 0; i < neurons; i++) choices.sign();
      W = start;
      for (let step = 0; step < neurons; step++) {
        const s = fall(W, states);
        const p = patterns[choices.below(patterns.length)];
        const change = (i: number, j: number) => (p[i] * p[j] - s[i] * s[j]) / neurons ** 2;
        W = transform(W, (w, i, j) => (i === j ? w : w + change(i, j)));
      }
      const dreamt = await make().daydream({ epochs: 1, seed: 9 });
      const norm = spectralNorm(W);
      const found = rows(dreamt.couplings, neurons);
      const grown = transform(found, (w) => w * norm);
      // The norm is taken to a ten-thousandth of its growth.
      expect(distance(grown, W)).toBeLessThan(1e-3);
    }
  });

  test('unlearning lowers the share of spurious fixed points', async () => {
    const random = new Random(172);
    const patterns = randomStates(random, 64, 7);
    const network = build(64, { backend }, patterns);
    const cues = randomStates(random, 64, 200);
    const hits = () =>
      network.recallMany(cues, { seed: 1 }).matches.overlaps.filter((m) => Math.abs(m) === 1)
        .length;
    const before = hits();
    await network.unlearn({ steps: 300, seed: 2 });
    expect(hits()).toBeGreaterThan(before);
  });

  test('daydreaming makes fixed points of patterns at a load where Hebb has none', async () => {
    const random = new Random(173);
    const patterns = randomStates(random, 60, 24);
    const network = build(60, { backend }, patterns);
    expect(patterns.filter((p) => network.isFixedPoint(p)).length).toBeLessThan(4);
    await network.daydream({ epochs: 80, seed: 1 });
    expect(patterns.every((p) => network.isFixedPoint(p))).toBe(true);
    // And attracts what is near them.
    const back = patterns.filter((p) => {
      const { match } = network.recall(flipped(p, 2, random), { seed: 1 });
      return match!.overlap === 1;
    });
    expect(back.length).toBeGreaterThan(18);
  });

  test.each([0, 0.05])(
    'until stable it goes on just as long as it takes, thresholds %d',
    async (thresholds) => {
      const random = new Random(177);
      const patterns = randomStates(random, 40, 14);
      const make = () => build(40, { thresholds, backend }, patterns);
      const network = await make().daydream({ until: 'stable', seed: 4 });
      const { converged, epochs } = network.learning!;
      expect(converged).toBe(true);
      expect(epochs).toBeGreaterThan(1);
      expect(patterns.every((p) => network.isFixedPoint(p))).toBe(true);
      const same = await make().daydream({ epochs, seed: 4 });
      expect(same.couplings).toEqual(network.couplings);
      const shorter = await make().daydream({ epochs: epochs - 1, seed: 4 });
      expect(patterns.every((p) => shorter.isFixedPoint(p))).toBe(false);
      expect(HopfieldNetwork.load(network.save()).learning).toEqual({ converged, epochs });
    },
  );

  test('until stable ends where there is no hope, and says so', async () => {
    // Two patterns that differ in one neuron cannot both be fixed points without a self-coupling, unless its field is 0.
    const random = new Random(178);
    const [first, ...others] = randomStates(random, 12, 4);
    const patterns = [first, first.map((s, i) => (i === 0 ? -s : s)), ...others];
    const network = build(12, { backend }, patterns);
    let last: [number, number] = [0, 0];
    const onProgress = (done: number, of: number) => void (last = [done, of]);
    await network.daydream({ until: 'stable', seed: 1, onProgress });
    const { converged, epochs } = network.learning!;
    expect(converged).toBe(false);
    expect(epochs).toBeGreaterThan(1);
    expect(epochs).toBeLessThan(10_000);
    expect(last).toEqual([epochs, epochs]);
    expect(patterns.every((p) => network.isFixedPoint(p))).toBe(false);
    await network.daydream({ until: 'stable', epochs: 3, seed: 1 });
    expect(network.learning).toEqual({ converged: false, epochs: 3 });
    await network.daydream({ epochs: 1 });
    expect(network.learning).toBeUndefined();
  });

  test('hope ends 50 epochs after the last gain, or half as many as came before it', async () => {
    const neurons = 8;
    const [first, ...others] = randomStates(new Random(186), neurons, 5);
    const patterns = [first, first.map((s, i) => (i === 0 ? -s : s)), ...others];
    for (const seed of [1, 2]) {
      const make = () => build(neurons, { backend }, patterns);
      /** Neurons that would leave their patterns after so many epochs. */
      const unstable = async (epochs: number) => {
        const network = make();
        if (epochs > 0) await network.daydream({ epochs, seed });
        const wrong = patterns.map((p) => network.fields(p).filter((h, i) => h * p[i] < 0).length);
        return wrong.reduce((a, b) => a + b, 0);
      };
      let [least, since, epochs] = [Infinity, 0, 0];
      for (; ; epochs++) {
        const wrong = await unstable(epochs);
        if (wrong < least) [least, since] = [wrong, epochs];
        if (wrong === 0 || epochs - since > Math.max(50, since / 2)) break;
      }
      const { learning } = await make().daydream({ until: 'stable', seed });
      expect(learning).toEqual({ converged: false, epochs });
      expect(least).toBeGreaterThan(0);
    }
  });

  test('after daydreaming the spectral norm is 1, the diagonal 0, the matrix symmetric', async () => {
    for (const thresholds of [undefined, 0.05, 100]) {
      const random = new Random(174);
      const network = build(40, { backend, thresholds }, randomStates(random, 40, 10));
      await network.daydream({ epochs: 4, seed: 3 });
      const W = rows(network.couplings, 40);
      expect(spectralNorm(W)).toBeCloseTo(1, 3);
      expect(W.every((row, i) => row[i] === 0 && row.every((w, j) => w === W[j][i]))).toBe(true);
      const state = random.signs(40);
      for (const [i, h] of network.fields(state).entries()) {
        const expected = W[i].reduce((sum, w, j) => sum + w * state[j], 0) - (thresholds ?? 0);
        expect(h).toBeCloseTo(expected, 4);
      }
    }
  });

  test('large thresholds have room beside the couplings after every dream', async () => {
    for (const size of [0.3, 10, 300, 1e4]) {
      const random = new Random(181);
      const thresholds = reals(random, 30, size);
      const make = () => build(30, { backend, thresholds }, randomStates(random, 30, 5));
      for (const network of [
        await make().daydream({ epochs: 1, seed: 3 }),
        await make().unlearn({ steps: 9, seed: 3 }),
        await (await make().unlearn({ steps: 1, seed: 3 })).daydream({ epochs: 2, seed: 4 }),
      ]) {
        const W = rows(network.couplings, 30);
        for (const state of randomStates(random, 30, 3)) {
          const expected = fields(W, plain(state), thresholds);
          for (const [i, h] of network.fields(state).entries()) {
            expect(Math.abs(h - expected[i])).toBeLessThan(1e-5 + size * 2 ** -24);
          }
        }
        expect(HopfieldNetwork.load(network.save(), { backend }).couplings).toEqual(
          network.couplings,
        );
      }
    }
  });

  test('unlearning goes as far as 30 bits reach, and is refused beyond', async () => {
    const patterns = randomStates(new Random(183), 10, 2);
    // A step of ε/N beside fields of at most P + ε·steps, in whole numbers below 2³⁰ − N.
    const largest = (rate: number) => {
      const network = build(10, { backend }, patterns);
      const row = Math.max(
        ...rows(network.couplings, 10).map((w) => w.reduce((a, b) => a + Math.abs(b), 0)),
      );
      return Math.floor(((2 ** 30 - 10) * rate) / 10 / rate - row / rate);
    };
    const network = build(10, { backend }, patterns);
    const before = network.save();
    const signal = AbortSignal.timeout(0);
    const steps = largest(0.5);
    const refused = network.unlearn({ steps: steps + 2, rate: 0.5, seed: 1 });
    await expect(refused).rejects.toThrow('both do not fit 30 bits');
    const begun = network.unlearn({ steps: steps - 2, rate: 0.5, seed: 1, signal });
    await expect(begun).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(network.save()).toEqual(before);
  });

  test('the same seed, the same dream', async () => {
    const make = () => build(30, { backend }, randomStates(new Random(175), 30, 6));
    const saved: Uint8Array[] = [];
    for (const seed of [1, 1, 2]) {
      const network = make();
      expect(await network.daydream({ epochs: 2, seed })).toBe(network);
      expect(await network.unlearn({ steps: 7, seed })).toBe(network);
      expect(network.capacity).toBeUndefined();
      saved.push(network.save());
    }
    expect(saved[1]).toEqual(saved[0]);
    expect(saved[2]).not.toEqual(saved[0]);
  });

  test('stopping leaves the network as it was', async () => {
    const network = build(30, { backend }, randomStates(new Random(176), 30, 6));
    const before = network.save();
    for (const dream of [
      (signal: AbortSignal) => network.unlearn({ steps: 5, signal }),
      (signal: AbortSignal) => network.daydream({ epochs: 5, signal }),
    ]) {
      const reason = new Error('enough');
      await expect(dream(AbortSignal.abort(reason))).rejects.toBe(reason);
      const controller = new AbortController();
      const running = dream(controller.signal);
      controller.abort(reason);
      await expect(running).rejects.toBe(reason);
      expect(network.save()).toEqual(before);
    }
    const failing = () => {
      throw new Error('no progress');
    };
    await expect(network.unlearn({ steps: 1, onProgress: failing })).rejects.toThrow('no progress');
    expect(network.save()).toEqual(before);
  });

  test('a long dream can be stopped in the middle, and lets others have a turn', async () => {
    const network = build(120, { backend }, randomStates(new Random(177), 120, 30));
    const before = network.save();
    const controller = new AbortController();
    const seen: number[] = [];
    const running = network.daydream({
      epochs: 100_000,
      signal: controller.signal,
      onProgress: (done, of) => {
        expect(of).toBe(100_000);
        seen.push(done);
        if (seen.length === 3) setTimeout(() => controller.abort(), 0);
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen.every((done, k) => k === 0 || done > seen[k - 1])).toBe(true);
    expect(network.save()).toEqual(before);
  });

  test('progress ends at the end', async () => {
    const network = build(20, { backend }, randomStates(new Random(178), 20, 4));
    const seen: [number, number][] = [];
    const onProgress = (done: number, of: number) => seen.push([done, of]);
    await network.unlearn({ steps: 12, onProgress });
    expect(seen.at(-1)).toEqual([12, 12]);
    await network.daydream({ epochs: 3, onProgress });
    expect(seen.at(-1)).toEqual([3, 3]);
  });

  test('changing the network meanwhile fails the dream, recalling does not', async () => {
    const random = new Random(179);
    const patterns = randomStates(random, 20, 4);
    const network = build(20, { backend }, patterns);
    const storing = network.unlearn({ steps: 5 });
    network.store(patterns[0]);
    await expect(storing).rejects.toThrow('changed while it was busy with unlearn');
    expect(network.save()).toEqual(build(20, { backend }, [...patterns, patterns[0]]).save());
    const forgetting = network.daydream({ epochs: 2 });
    network.forget(patterns[0]);
    await expect(forgetting).rejects.toThrow('changed while it was busy with daydream');
    const first = network.daydream({ epochs: 2, seed: 1 });
    const second = network.daydream({ epochs: 2, seed: 1 });
    const third = network.unlearn({ steps: 1 });
    let running = true;
    void first.finally(() => (running = false));
    // At their start, and not when they are done.
    await expect(second).rejects.toThrow('busy with daydream, expected one dream at a time');
    await expect(third).rejects.toThrow('busy with daydream');
    expect(running).toBe(true);
    await first;
    const recalling = network.unlearn({ steps: 3, seed: 1 });
    const steps = network.trajectory(patterns[0]);
    steps.next();
    network.recall(patterns[0]);
    await recalling;
    expect(() => steps.next()).toThrow('changed during a recall');
    const disposed = network.unlearn({ steps: 3 });
    network.dispose();
    await expect(disposed).rejects.toThrow(Error);
  });

  test('what cannot dream says so', async () => {
    const random = new Random(180);
    const patterns = randomStates(random, 10, 2);
    const refuses = async (network: HopfieldNetwork, message: string) => {
      const before = network.save();
      await expect(network.unlearn({ steps: 1 })).rejects.toThrow(message);
      await expect(network.daydream({ epochs: 1 })).rejects.toThrow(message);
      expect(network.save()).toEqual(before);
    };
    await refuses(build(10, { units: 'binary', backend }, patterns), "expected 'bipolar'");
    await refuses(
      build(10, { representation: 'patterns', backend }, patterns),
      "expected 'couplings'",
    );
    await refuses(
      build(10, { rule: 'perceptron', backend }, patterns),
      'needs symmetric couplings',
    );
    const empty = new HopfieldNetwork(10, { backend });
    await expect(empty.daydream({ epochs: 1 })).rejects.toThrow('at least one stored pattern');
    await empty.unlearn({ steps: 2, seed: 1 });
    const bad = (options: object) => expect(empty.unlearn(options as { steps: number })).rejects;
    await bad({}).toThrow(TypeError);
    await bad({ steps: 0 }).toThrow(RangeError);
    await bad({ steps: 1.5 }).toThrow(/steps is 1.5, expected a positive integer/);
    await bad({ steps: 1, rate: 0 }).toThrow(/rate is 0, expected a number above 0/);
    await bad({ steps: 1, rate: 1e-30 }).toThrow(RangeError);
    await bad({ steps: 1, seed: -1 }).toThrow(RangeError);
    await bad({ steps: 1, epochs: 1 }).toThrow(TypeError);
    await bad({ steps: 1, signal: 5 }).toThrow(/signal is 5, expected an AbortSignal/);
    await bad({ steps: 1, onProgress: 5 }).toThrow(/onProgress is 5, expected a function/);
    await expect(empty.daydream({ epochs: '3' as unknown as number })).rejects.toThrow(TypeError);
    for (const until of ['fixed', null, 3, '']) {
      await expect(empty.daydream({ until: until as 'stable' })).rejects.toThrow(/^until is/);
    }
  });
});
