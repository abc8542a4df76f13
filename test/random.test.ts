import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patternKernels } from '../src/kernels/groups/patterns.ts';
import { openMachine } from '../src/kernels/open.ts';
import { Random, nextWord, seedGenerator } from '../src/random.ts';

const GENERATED = { seed: 20_250_102, numRuns: 200 };

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.next());
}

/** χ² of counts that should all be alike. */
function chiSquare(counts: number[]): number {
  const expected = counts.reduce((sum, count) => sum + count) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2, 0) / expected;
}

/** Fails when χ² is more than five standard deviations above its mean. */
function expectUniform(counts: number[]): void {
  const freedom = counts.length - 1;
  expect(chiSquare(counts)).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom));
}

describe('test vectors', () => {
  test('xoshiro128**, as published, from the state 0, 1, 2, 3', () => {
    const words = Uint32Array.of(0, 1, 2, 3);
    expect(Array.from({ length: 10 }, () => nextWord(words, 0))).toEqual([
      5760, 17280, 2966400, 32451840, 2604340873, 3891234569, 1254043636, 216095511, 3291724652,
      2070429911,
    ]);
  });

  // This package's own vectors, quoted in docs/numerics.md: they never change.
  test.each([
    [0, 0, [137770560, 902105882, 3368605865, 1262362631]],
    [42, 0, [1975605437, 3917242833, 3981642397, 1792688974]],
    [42, 1, [1905664767, 2823049919, 3258099853, 3534009282]],
  ])('seed %i, stream %i', (seed, stream, expected) => {
    expect(draws(new Random(seed, stream), 4)).toEqual(expected);
  });
});

describe('seeds and streams', () => {
  const word = fc.nat({ max: 0xffffffff });

  test('the same pair gives the same numbers, stream 0 is the default', () => {
    fc.assert(
      fc.property(word, word, (seed, stream) => {
        expect(draws(new Random(seed, stream), 8)).toEqual(draws(new Random(seed, stream), 8));
        expect(draws(new Random(seed), 8)).toEqual(draws(new Random(seed, 0), 8));
      }),
      GENERATED,
    );
  });

  test('another pair starts in another state', () => {
    const state = (seed: number, stream: number) => {
      const words = new Uint32Array(4);
      seedGenerator(words, 0, seed, stream);
      return words.join();
    };
    const states = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      for (let stream = 0; stream < 100; stream++) states.add(state(seed, stream));
    }
    expect(states.size).toBe(10_000);
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        expect(state(a, b) === state(c, d)).toBe(a === c && b === d);
      }),
      GENERATED,
    );
  });

  test('no two seeds have the same first draw in a stream, nor two streams of a seed', () => {
    const first = new Set<number>();
    for (let seed = 0; seed < 1000; seed++) first.add(new Random(seed).next());
    for (let stream = 1; stream < 1000; stream++) first.add(new Random(0, stream).next());
    expect(first.size).toBe(1999);
  });

  test('the pair for which three words are 0 is no dead end', () => {
    const words = new Uint32Array(4);
    const seed = 2 ** 32 - 0x9e3779b9;
    seedGenerator(words, 0, seed, (2 * seed) % 2 ** 32);
    expect([...words.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(words[3]).not.toBe(0);
  });

  test('neighbouring seeds and streams agree in half of the bits', () => {
    let different = 0;
    for (let seed = 0; seed < 500; seed++) {
      for (const [a, b] of [
        [new Random(seed), new Random(seed + 1)],
        [new Random(1, seed), new Random(1, seed + 1)],
      ]) {
        let bits = a.next() ^ b.next();
        for (; bits !== 0; bits &= bits - 1) different++;
      }
    }
    // 32,000 fair coins: σ is 89.
    expect(Math.abs(different - 16_000)).toBeLessThan(5 * 90);
  });
});

describe('uniformity', () => {
  test.each([1, 2, 3, 7, 10, 100, 1000])('below(%i)', (n) => {
    const random = new Random(n);
    const counts = Array.from({ length: n }, () => 0);
    for (let k = 0; k < 100 * n + 10_000; k++) counts[random.below(n)]++;
    if (n > 1) expectUniform(counts);
    expect(counts.reduce((sum, count) => sum + count)).toBe(100 * n + 10_000);
  });

  test('below(2²¹) reaches every sixteenth of its range', () => {
    const random = new Random(5);
    const counts = Array.from({ length: 16 }, () => 0);
    for (let k = 0; k < 50_000; k++) counts[Math.floor(random.below(2_097_152) / 131_072)]++;
    expectUniform(counts);
  });

  test('real is in [0, 1) with mean ½ and variance 1/12', () => {
    const random = new Random(6);
    const count = 100_000;
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < count; k++) {
      const x = random.real();
      if (!(x >= 0 && x < 1)) throw new Error(`real() is ${x}`);
      sum += x;
      squares += (x - 0.5) ** 2;
    }
    expect(Math.abs(sum / count - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(squares / count - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count));
  });

  test('real is a draw times 2⁻³²', () => {
    const [a, b] = [new Random(7), new Random(7)];
    for (let k = 0; k < 100; k++) expect(a.real()).toBe(b.next() / 2 ** 32);
  });

  test('sign is the highest bit of a draw', () => {
    const [a, b] = [new Random(8), new Random(8)];
    for (let k = 0; k < 100; k++) expect(a.sign()).toBe(b.next() >= 2 ** 31 ? 1 : -1);
  });

  test('signs: each place, and each pair of neighbours, is fair', () => {
    const random = new Random(9);
    const places = Array.from({ length: 40 }, () => 0);
    const pairs = [0, 0, 0, 0];
    for (let k = 0; k < 4000; k++) {
      const signs = random.signs(40);
      signs.forEach((sign, i) => {
        if (sign !== 1 && sign !== -1) throw new Error(`sign ${sign}`);
        if (sign === 1) places[i]++;
        if (i % 2 === 1) pairs[(sign === 1 ? 1 : 0) + (signs[i - 1] === 1 ? 2 : 0)]++;
      });
    }
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(5 * 32);
    expectUniform(pairs);
  });

  test('signs are the bits of draws, lowest first', () => {
    const [a, b] = [new Random(10), new Random(10)];
    const [first, second] = draws(b, 2);
    expect([...a.signs(40)]).toEqual(
      Array.from({ length: 40 }, (_, i) =>
        (i < 32 ? first >>> i : second >>> (i - 32)) & 1 ? 1 : -1,
      ),
    );
    expect(a.next()).toBe(b.next());
  });

  test('every permutation of four is as likely', () => {
    const random = new Random(11);
    const counts = new Map<string, number>();
    for (let k = 0; k < 24_000; k++) {
      const order = random.shuffle([0, 1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expectUniform([...counts.values()]);
  });

  test('every ordered sample of two from four is as likely', () => {
    const random = new Random(12);
    const counts = new Map<string, number>();
    for (let k = 0; k < 12_000; k++) {
      const pair = random.sample(4, 2).join('');
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    expectUniform([...counts.values()]);
  });
});

test('shuffle works in place on any array and keeps its elements', () => {
  const array = Uint16Array.from({ length: 50 }, (_, i) => i);
  expect(new Random(1).shuffle(array)).toBe(array);
  expect([...array].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect(new Random(1).shuffle([])).toEqual([]);
});

test('sample gives distinct integers', () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (a, b) => {
      const [count, n] = [Math.min(a, b), Math.max(a, b)];
      const sample = new Random(n).sample(n, count);
      expect(new Set(sample).size).toBe(count);
      expect(sample.length).toBe(count);
      expect(sample.every((x) => Number.isInteger(x) && x >= 0 && x < n)).toBe(true);
    }),
    GENERATED,
  );
});

describe.each(['wasm', 'reference'] as const)('%s kernels shuffle as the class does', (backend) => {
  const { kernels, memory } = openMachine(backend, [patternKernels]);
  const generator = memory.allocate(16);
  const data = memory.allocate(4096);

  test('the same order, the same next draw', () => {
    for (const count of [0, 1, 2, 3, 10, 64, 1000]) {
      const { u32 } = memory.views;
      const random = new Random(count, 7);
      seedGenerator(u32, generator / 4, count, 7);
      const order = Uint32Array.from({ length: count }, (_, i) => i * i);
      u32.set(order, data / 4);
      kernels.shuffle(data, count, generator);
      random.shuffle(order);
      expect(u32.slice(data / 4, data / 4 + count)).toEqual(order);
      expect(nextWord(u32, generator / 4)).toBe(random.next());
    }
  });
});

describe('errors', () => {
  test.each([-1, 0.5, 2 ** 32, NaN, Infinity])('seed or stream %d', (value) => {
    expect(() => new Random(value)).toThrow(RangeError);
    expect(() => new Random(value)).toThrow(`seed is ${value}, expected`);
    expect(() => new Random(0, value)).toThrow(`stream is ${value}, expected`);
  });

  test('the largest seed and stream are allowed', () => {
    expect(new Random(2 ** 32 - 1, 2 ** 32 - 1).next()).toBe(1182536395);
  });

  test.each([0, -1, 1.5, 2_097_153, NaN])('below(%d)', (n) => {
    expect(() => new Random(0).below(n)).toThrow(RangeError);
  });

  test.each([
    [3, 4],
    [3, -1],
    [3, 1.5],
    [3, NaN],
  ])('sample(%d, %d)', (n, count) => {
    expect(() => new Random(0).sample(n, count)).toThrow(RangeError);
  });

  test.each([undefined, 'x', 2.5, [10, 4], -1, NaN])('signs(%s)', (count) => {
    expect(() => new Random(0).signs(count as never)).toThrow(RangeError);
  });

  test.each([undefined, null, 3, {}])('shuffle(%s)', (array) => {
    expect(() => new Random(0).shuffle(array as never)).toThrow(TypeError);
  });
});
