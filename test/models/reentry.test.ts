/**
 * What a caller gives may run code of the caller's when it is read: an array with a getter, a Proxy. It may change the
 * network; then the call is made on the changed network, and never on memory that is no longer what it was.
 */
import { describe, expect, test } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  Random,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import { BACKENDS } from './cases.ts';

const N = 64;
const random = new Random(9);
const list = (count: number) => Array.from({ length: count }, () => Array.from(random.signs(N)));
const stored = list(6);
const more = list(500);
const [cue, extra] = list(2);

/** The list, which does `work` once when value 30 of it is read. */
function sly<T>(values: readonly T[], work: () => void): T[] {
  let once = 0;
  return new Proxy([...values], {
    get(target, key) {
      if (key === '30' && once++ === 0) work();
      return Reflect.get(target, key) as unknown;
    },
  });
}

/** Calls with one list of N values that may be sly; the network they are made on, and how to change it. */
function calls(backend: 'wasm' | 'reference') {
  const clamp = cue.map((_, i) => i % 5 === 0);
  const spins = (
    make: () => HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork,
  ) => {
    const pair = () => {
      const network = make().store(stored);
      return { network, change: () => void network.store(more) };
    };
    type Network = ReturnType<typeof make>;
    const on = (
      call: (network: Network, values: number[]) => unknown,
      values: readonly unknown[] = cue,
    ) => ({
      make: pair,
      call: call as (network: never, values: unknown) => unknown,
      values,
    });
    return [
      on((network, values) => network.recall(values, { seed: 4 })),
      on((network, values) =>
        network.recall(values, { seed: 4, update: 'synchronous', maxSweeps: 9 }),
      ),
      on((network, values) => network.recall(cue, { seed: 4, clamp: values }), clamp),
      on((network, values) => network.recallMany([cue, values], { seed: 4 })),
      on((network, values) => [...network.trajectory(values, { seed: 4 })]),
      on((network, values) => network.energy(values)),
      on((network, values) => network.fields(values)),
      on((network, values) => network.overlaps(values)),
      on((network, values) => network.isFixedPoint(values)),
      on((network, values) => network.forget(values)),
      on((network, values) => network.store([extra, values]).patternCount),
    ];
  };
  const graded = () => {
    const network = new GradedHopfieldNetwork(N, { backend }).store(stored);
    return { network, change: () => void network.store(more) };
  };
  const modern = () => {
    const network = new ModernHopfieldNetwork(N, { backend }).store(stored);
    return { network, change: () => void network.store(more) };
  };
  const valued = () => {
    const network = new ModernHopfieldNetwork(N, { backend }).store(stored, { values: stored });
    return { network, change: () => void network.store(more, { values: more }) };
  };
  const pairs = () => {
    const network = new BidirectionalMemory(N, N, { backend }).store(stored.map((x) => [x, x]));
    return { network, change: () => void network.store(more.map((x) => [x, x])) };
  };
  const of = <T>(
    make: () => { network: T; change: () => void },
    ...all: ((network: T, values: number[]) => unknown)[]
  ) =>
    all.map((call) => ({
      make: make as () => { network: unknown; change: () => void },
      call: call as (network: never, values: unknown) => unknown,
      values: cue as readonly unknown[],
    }));
  return [
    ...spins(() => new HopfieldNetwork(N, { backend, representation: 'patterns' })),
    ...spins(() => new HopfieldNetwork(N, { backend, units: 'binary' })),
    ...spins(() => new DenseAssociativeMemory(N, { backend })),
    ...spins(() => new SimplicialHopfieldNetwork(N, { backend, dimension: 2 })),
    ...of(
      graded,
      (network, values) => network.recall(values),
      (network, values) => network.run(values),
      (network, values) => network.energy(values),
      (network, values) => network.forget(values),
      (network, values) => network.store(values).patternCount,
    ),
    ...of(
      modern,
      (network, values) => network.recall(values),
      (network, values) => network.recallMany([cue, values]),
      (network, values) => network.energy(values),
      (network, values) => network.attention(values),
      (network, values) => network.forget(values),
      (network, values) => network.store([extra, values]).recall(cue),
    ),
    ...of(valued, (network, values) =>
      network.store(extra, { values: [values] }).recall(extra, { steps: 3 }),
    ),
    ...of(
      pairs,
      (network, values) => network.recall(values),
      (network, values) => network.energy(cue, values),
      (network, values) => network.forget([cue, values]),
      (network, values) => network.store([[values, extra]]).recall(cue),
    ),
  ];
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(calls(backend).map((c) => [c.call.toString().replace(/\s+/g, ' '), c] as const))(
    '%s: as on a network that was changed before',
    (_, { make, call, values }) => {
      const one = make();
      const found = call(one.network as never, sly(values, one.change));
      const other = make();
      other.change();
      expect(found).toEqual(call(other.network as never, values));
      // And nothing has been written where it should not.
      expect(call(one.network as never, values)).toEqual(call(other.network as never, values));
    },
  );

  test('a network that is disposed of meanwhile', () => {
    const network = new HopfieldNetwork(N, { backend }).store(stored);
    const last = sly(cue, () => network.dispose());
    expect(() => network.recall(last)).toThrow('disposed of');
    const memory = new DenseAssociativeMemory(N, { backend }).store(stored);
    expect(() => memory.store(sly(cue, () => memory.dispose()))).toThrow('disposed of');
  });

  test('typed arrays that lie about their length write nowhere else', () => {
    class Long extends Int8Array {
      override get length(): number {
        return N;
      }
    }
    const network = new HopfieldNetwork(N, { backend }).store(stored);
    const before = network.save();
    expect(() => network.energy(new Long(4 * N).fill(1))).toThrow(RangeError);
    expect(network.save()).toEqual(before);
  });
});
