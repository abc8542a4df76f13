/** What is stored, with values and without; what is forgotten; what calls leave behind. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type Vectors } from '../../../src/index.ts';
import { BACKENDS, GENERATED, KINDS, SIMILARITIES, vector, vectors } from './cases.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test('every form of vectors and values says the same', () => {
    const rows = [
      [1, 2.5, -3],
      [0.1, 0, 1e-3],
    ];
    const values = [
      [7, 8],
      [9, -1],
    ];
    const forms = (list: number[][]): Vectors[] => [
      list,
      list.map((row) => Float64Array.from(row)),
      list.map((row) => Float32Array.from(row)),
      Float64Array.from(list.flat()),
      Float32Array.from(list.flat()),
    ];
    const files = forms(rows).flatMap((vectorForm) =>
      forms(values).map((valueForm) =>
        new ModernHopfieldNetwork(3, { backend }).store(vectorForm, valueForm).save(),
      ),
    );
    const single = new ModernHopfieldNetwork(3, { backend })
      .store(rows[0], values[0])
      .store(Float32Array.from(rows[1]), Float64Array.from(values[1]));
    files.push(single.save());
    for (const file of files) expect(file).toEqual(files[0]);
    expect(single.patterns).toEqual(rows.map((row) => Float32Array.from(row)));
    expect(single.values).toEqual(values.map((row) => Float32Array.from(row)));
  });

  test('vectors of integers; −0 becomes 0; copies stay copies', () => {
    const memory = new ModernHopfieldNetwork(2, { backend });
    memory.store(Int8Array.of(-1, 5)).store([-0, -1e-60]);
    expect(memory.patterns).toEqual([Float32Array.of(-1, 5), Float32Array.of(0, 0)]);
    memory.patterns[0].fill(9);
    expect(memory.patterns[0]).toEqual(Float32Array.of(-1, 5));
    expect(memory.recall([-2, 9]).state).toEqual(memory.recall(Int8Array.of(-2, 9)).state);
  });

  test('getters', () => {
    const memory = new ModernHopfieldNetwork(16, { backend });
    expect(memory.beta).toBe(0.25);
    expect(memory.similarity).toBe('dot');
    expect(memory.separation).toBe('softmax');
    expect(memory.backend).toBe(backend);
    expect(memory.backendReason).toBeUndefined();
    expect(memory.patternCount).toBe(0);
    expect(memory.patterns).toEqual([]);
    expect(memory.values).toBeUndefined();
    expect(memory.valueDimension).toBeUndefined();
    const random = new Random(91);
    memory.store(vectors(random, 3, 16), vectors(random, 3, 5));
    expect(memory.valueDimension).toBe(5);
    expect(memory.bytes).toBeGreaterThan(3 * 64);
  });

  test.each(KINDS)('forgetting is never having stored: %o', (kind) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.nat(),
        (dimension, steps, withValues, seed) => {
          const random = new Random(seed);
          const memory = new ModernHopfieldNetwork(dimension, { ...kind, backend });
          let rows: Float32Array[] = [];
          let values: Float32Array[] = [];
          for (const step of steps) {
            if (step % 3 === 0 && rows.length > 0) {
              const index = step % rows.length;
              expect(memory.forget(index)).toBe(true);
              rows = rows.filter((_, k) => k !== index);
              values = values.filter((_, k) => k !== index);
            } else {
              // Of very different lengths, so that the largest norm matters.
              const more = vectors(random, 1 + (step % 4), dimension, 10 ** (step % 5));
              const theirs = vectors(random, more.length, 2);
              memory.store(more, withValues ? theirs : undefined);
              rows = [...rows, ...more];
              values = [...values, ...theirs];
            }
            expect(memory.patternCount).toBe(rows.length);
          }
          expect(memory.patterns).toEqual(rows);
          if (rows.length === 0) {
            expect(memory.values).toBeUndefined();
            return;
          }
          expect(memory.values).toEqual(withValues ? values : undefined);
          const other = new ModernHopfieldNetwork(dimension, { ...kind, backend });
          other.store(rows, withValues ? values : undefined);
          const query = vector(random, dimension);
          expect(memory.recall(query, { steps: 3 })).toEqual(other.recall(query, { steps: 3 }));
        },
      ),
      { ...GENERATED, numRuns: 30 },
    );
  });

  test('a memory that has forgotten everything takes values of another dimension, or none', () => {
    const memory = new ModernHopfieldNetwork(2, { backend }).store([1, 2], [1, 2, 3]);
    memory.forget(0);
    expect(memory.valueDimension).toBeUndefined();
    memory.store([3, 4]).forget(0);
    memory.store([1, 2], [5]);
    expect(memory.valueDimension).toBe(1);
    expect(memory.recall([0, 0]).value).toEqual(Float32Array.of(5));
  });

  test.each(KINDS)('values are averaged with the weights that made the state: %o', (kind) => {
    const random = new Random(92);
    const rows = vectors(random, 70, 6);
    for (const beta of [0.5, 20]) {
      // As values the vectors themselves, and more: the first six must be the state.
      const values = rows.map((row) => Float32Array.of(...row, 1, 5));
      const memory = new ModernHopfieldNetwork(6, { ...kind, beta, backend }).store(rows, values);
      const bare = new ModernHopfieldNetwork(6, { ...kind, beta, backend }).store(rows);
      for (const steps of [1, 3]) {
        const { state, value } = memory.recall(vector(random, 6), { steps });
        expect(value!.slice(0, 6)).toEqual(state);
        expect(value![6]).toBeCloseTo(1, 5);
        expect(value![7]).toBeCloseTo(5, 5);
      }
      const query = vector(random, 6);
      expect(bare.recall(query).value).toBeUndefined();
      expect(bare.recallMany([query]).values).toBeUndefined();
      expect(bare.recall(query).state).toEqual(memory.recall(query).state);
    }
  });

  test('hetero-association: labels of noisy vectors', () => {
    const random = new Random(93);
    const rows = vectors(random, 300, 32);
    const labels = rows.map((_, k) => Float32Array.from({ length: 10 }, (_, c) => +(c === k % 10)));
    for (const similarity of SIMILARITIES) {
      const beta = similarity === 'cosine' ? 60 : 6;
      const memory = new ModernHopfieldNetwork(32, { beta, similarity, backend }).store(
        rows,
        labels,
      );
      const noisy = rows.map((row) => row.map((x) => x + 0.2 * (random.real() - 0.5)));
      const { values } = memory.recallMany(noisy);
      const right = rows.filter((_, k) => {
        const value = values!.slice(k * 10, (k + 1) * 10);
        return value.indexOf(Math.max(...value)) === k % 10;
      });
      expect(right.length).toBeGreaterThanOrEqual(285);
    }
  });

  test('the energy is there when it was asked for, and stays what it was', () => {
    const random = new Random(94);
    const memory = new ModernHopfieldNetwork(4, { backend }).store(vectors(random, 5, 4));
    const query = vector(random, 4);
    expect(Object.keys(memory.recall(query))).not.toContain('energy');
    expect(Object.keys(memory.recallMany([query]))).not.toContain('energies');
    const one = memory.recall(query, { energy: true });
    const many = memory.recallMany([query], { energy: true });
    const energy = memory.energy(one.state);
    memory.store(vector(random, 4));
    expect(memory.energy(one.state)).not.toBe(energy);
    memory.dispose();
    expect(one.energy).toBe(energy);
    expect([...many.energies!]).toEqual([energy]);
  });

  test.each(KINDS)('hundreds of calls keep no memory: %o', (kind) => {
    const random = new Random(95);
    const memory = new ModernHopfieldNetwork(30, { ...kind, backend });
    memory.store(vectors(random, 90, 30), vectors(random, 90, 7));
    const queries = vectors(random, 10, 30);
    const attempt = (work: () => unknown) => expect(work).toThrow();
    const round = () => {
      memory.recall(queries[0], { steps: 3 });
      memory.recallMany(queries);
      memory.attention(queries[1], { top: 5 });
      memory.store(queries, vectors(random, 10, 7));
      for (let k = 0; k < 10; k++) memory.forget(90);
      memory.save();
      void [memory.patterns, memory.values];
      attempt(() => memory.recall([1]));
      attempt(() => memory.recallMany([queries[0], [NaN]]));
      attempt(() => memory.store(queries));
      attempt(() => memory.store(queries, vectors(random, 10, 8)));
      attempt(() => memory.store([...queries, Array(30).fill(Infinity)], vectors(random, 11, 7)));
    };
    for (let k = 0; k < 3; k++) round();
    const { bytes } = memory;
    for (let k = 0; k < 30; k++) round();
    expect(memory.bytes).toBe(bytes);
  });

  test('one by one takes little more memory than all at once', () => {
    const memory = new ModernHopfieldNetwork(64, { backend });
    for (const row of vectors(new Random(96), 3000, 64)) memory.store(row);
    // Old and new place while it grows, and half as much again for the reference.
    expect(memory.bytes).toBeLessThan(4 * 3000 * 64 * 4);
  });

  test('values that could not be stored leave nothing behind', () => {
    const memory = new ModernHopfieldNetwork(2, { backend });
    const wrong = new Float32Array(60_000).fill(1, 1).fill(NaN, 59_999);
    const attempt = () =>
      expect(() => memory.store([1, 2], wrong)).toThrow(/value\[59999\] is NaN/);
    attempt();
    const { bytes } = memory;
    for (let k = 0; k < 20; k++) attempt();
    expect(memory.bytes).toBe(bytes);
    expect(memory.valueDimension).toBeUndefined();
    expect(memory.patternCount).toBe(0);
  });
});
