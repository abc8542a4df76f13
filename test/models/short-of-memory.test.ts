/** Where memory runs short, or a module will not compile, a call fails as a whole: the network is what it was. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HopfieldNetwork, Random, type NetworkOptions } from '../../src/index.ts';
import { Machine } from '../../src/kernels/open.ts';
import { Memory } from '../../src/memory.ts';
import { BACKENDS, randomStates, RULES } from './cases.ts';

const NEURONS = 40;
const OPTIONS: readonly NetworkOptions[] = [
  ...RULES.map((rule) => ({ rule })),
  { representation: 'couplings', selfCoupling: true },
  { representation: 'patterns' },
  { rule: { name: 'palimpsest', bound: 200 } },
];

afterEach(() => vi.restoreAllMocks());

/** All there is to know of a network, with a recall that its landscape is kept from. */
function portrait(network: HopfieldNetwork, cue: Int8Array) {
  const { couplings, labels, learning } = network;
  return {
    recalled: network.recall(cue, { seed: 3 }),
    fields: network.fields(cue),
    couplings,
    labels,
    learning,
    saved: network.save(),
  };
}

/** Calls `work` until no allocation fails any more: the first, then the second … `check` follows each failure. */
async function failEach(work: () => unknown, check: () => void): Promise<number> {
  const reserve = Memory.prototype.reserve;
  for (let failures = 0; ; failures++) {
    let left = failures;
    const spy = vi.spyOn(Memory.prototype, 'reserve').mockImplementation(function (
      this: Memory,
      bytes,
    ) {
      if (left-- === 0) throw new RangeError('short of memory');
      return reserve.call(this, bytes);
    });
    try {
      await work();
      return failures;
    } catch (error) {
      expect((error as Error).message).toBe('short of memory');
    } finally {
      spy.mockRestore();
    }
    check();
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(OPTIONS)('storing and forgetting, %o', async (options) => {
    const random = new Random(91);
    const [base, cue] = randomStates(random, NEURONS, 2);
    // So many alike that one byte does not hold their sums.
    const alike = Array.from({ length: 126 }, () => base);
    const few = typeof options.rule === 'object' || options.rule === undefined ? alike : [base];
    const network = new HopfieldNetwork(NEURONS, { ...options, backend }).store(few);
    for (const patterns of [randomStates(random, NEURONS, 2), [base, base]]) {
      const before = portrait(network, cue);
      const failures = await failEach(
        () => network.store(patterns, { labels: ['new', 'new'] }),
        () => expect(portrait(network, cue)).toEqual(before),
      );
      expect(failures).toBeGreaterThan(0);
    }
    const before = portrait(network, cue);
    await failEach(
      () => network.forget({ label: 'new' }),
      () => expect(portrait(network, cue)).toEqual(before),
    );
    expect(network.patternCount).toBe(few.length);
  });

  test('forgetting after a dream', async () => {
    const random = new Random(92);
    const cue = random.signs(NEURONS);
    const network = new HopfieldNetwork(NEURONS, { rule: 'storkey', backend });
    network.store(randomStates(random, NEURONS, 4));
    const before = portrait(network, cue);
    await failEach(
      () => network.unlearn({ steps: 3, seed: 1 }),
      () => expect(portrait(network, cue)).toEqual(before),
    );
    const dreamt = portrait(network, cue);
    expect(dreamt.couplings).not.toEqual(before.couplings);
    await failEach(
      () => network.forget(1),
      () => expect(portrait(network, cue)).toEqual(dreamt),
    );
    expect(network.patternCount).toBe(3);
  });

  const real = RULES.filter((rule) => !/hebbian|palimpsest/.test(JSON.stringify(rule)));
  test.each(real)('kernels of real couplings that cannot be had any more, %o', (rule) => {
    const random = new Random(93);
    const [extra, cue] = randomStates(random, NEURONS, 2);
    const stored = new HopfieldNetwork(NEURONS, { rule, backend });
    stored.store(randomStates(random, NEURONS, 3));
    // Loaded, it has not learnt: the kernels are wanted for the first time below.
    const network = HopfieldNetwork.load(stored.save(), { backend });
    const before = [network.recall(cue, { seed: 3 }), network.save()];
    vi.spyOn(Machine.prototype, 'with').mockImplementation(() => {
      throw new Error('compiling is forbidden');
    });
    for (const call of [() => network.forget(1), () => network.store(extra)]) {
      expect(call).toThrow('compiling is forbidden');
      expect([network.recall(cue, { seed: 3 }), network.save()]).toEqual(before);
    }
  });
});
