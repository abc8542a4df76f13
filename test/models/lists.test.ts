/** The forms of patterns and cues beside plain lists: grids, what JSON makes of typed arrays; and what messages say. */
import { describe, expect, test } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  Random,
} from '../../src/index.ts';
import { BACKENDS, randomStates } from './cases.ts';

/** The values in rows of `columns`. */
function grid(values: ArrayLike<number>, columns: number): number[][] {
  const flat = Array.from(values);
  return Array.from({ length: flat.length / columns }, (_, k) =>
    flat.slice(k * columns, (k + 1) * columns),
  );
}

/** As it comes out of JSON. */
const json = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;

describe.each(BACKENDS)('%s', (backend) => {
  const random = new Random(7);
  const patterns = randomStates(random, 12, 3);
  const cue = random.signs(12);

  test('grids and JSON, for patterns and cues of two values', () => {
    const plain = new HopfieldNetwork(12, { backend }).store(patterns);
    const file = plain.save();
    const flat = Int8Array.from(patterns.flatMap((p) => [...p]));
    for (const given of [
      patterns.map((p) => grid(p, 4)),
      patterns.map((p) => grid(p, 3).map((row) => Int8Array.from(row))),
      json(patterns),
      json(flat),
      patterns.map((p) => json(grid(p, 6).map((row) => Int8Array.from(row)))),
    ]) {
      expect(new HopfieldNetwork(12, { backend }).store(given).save()).toEqual(file);
    }
    // One grid is one pattern; a row of N values is one too.
    for (const columns of [1, 2, 3, 4, 6, 12]) {
      const one = new HopfieldNetwork(12, { backend }).store(grid(patterns[0], columns));
      expect(one.patterns).toEqual([patterns[0]]);
    }
    const clamp = cue.map((_, i) => i & 1);
    const found = plain.recall(cue, { seed: 1, clamp });
    for (const form of [grid(cue, 4), json(cue), json(Int16Array.from(cue))]) {
      expect(plain.recall(form, { seed: 1, clamp: json(clamp) })).toEqual(found);
      expect(plain.recallMany([form, form], { seed: 1 }).states.length).toBe(24);
      expect(plain.energy(form)).toBe(plain.energy(cue));
      expect(plain.isFixedPoint(form)).toBe(plain.isFixedPoint(cue));
    }
    const many = plain.recallMany(patterns, { seed: 3 });
    expect(plain.recallMany(json(many).states, { seed: 3 })).toEqual(
      plain.recallMany(many.states, { seed: 3 }),
    );
    const dense = new DenseAssociativeMemory(12, { backend }).store(grid(cue, 4));
    expect(dense.forget(json(cue))).toBe(true);
    const pairs = new BidirectionalMemory(12, 4, { backend });
    pairs.store([[grid(patterns[0], 4), json(Int8Array.of(1, -1, 1, 1))]]);
    expect([...pairs.recall(json(patterns[0])).y]).toEqual([1, -1, 1, 1]);
    const graded = new GradedHopfieldNetwork(12, { backend }).store(patterns);
    expect(graded.recall(grid(cue, 4))).toEqual(graded.recall(cue));
    expect(graded.recall(json(cue))).toEqual(graded.recall(cue));
    const end = graded.recall(cue);
    expect(graded.energy(json(end.outputs))).toBe(graded.energy(end.outputs));
    expect(graded.run(json(end.u))).toEqual(graded.run(end.u));
  });

  test('grids and JSON, for vectors, values and queries', () => {
    const reals = () => Float32Array.from({ length: 12 }, () => random.real());
    const vectors = [reals(), reals(), reals()];
    const values = [reals(), reals(), reals()];
    const plain = new ModernHopfieldNetwork(12, { backend }).store(vectors, { values });
    const flat = Float32Array.from(vectors.flatMap((v) => [...v]));
    for (const given of [vectors.map((v) => grid(v, 4)), json(vectors), json(flat)]) {
      for (const [k, also] of [values, json(values), values.map((v) => grid(v, 4))].entries()) {
        const memory = new ModernHopfieldNetwork(12, { backend }).store(given, { values: also });
        expect(memory.save(), `${k}`).toEqual(plain.save());
      }
    }
    const query = reals();
    const found = plain.recall(query, { steps: 3 });
    expect(plain.recall(grid(query, 3), { steps: 3 })).toEqual(found);
    expect(plain.recall(json(query), { steps: 3 })).toEqual(found);
    expect(plain.energy(json(found).state)).toBe(plain.energy(found.state));
    expect(plain.recallMany(json(flat))).toEqual(plain.recallMany(flat));
  });

  test('what is wrong is named, and the way out', () => {
    const network = new HopfieldNetwork(4, { backend });
    const two = [
      [1, 1, -1, -1],
      [1, -1, 1, -1],
    ];
    const file = network.store(two).save();
    const modern = new ModernHopfieldNetwork(4, { backend }).store(two);
    const graded = new GradedHopfieldNetwork(4, { backend }).store(two);
    const cases: [() => unknown, string][] = [
      [
        () => network.store(['1100', '0011'] as never),
        "pattern[0] is '1100', expected a number: a text becomes numbers by Array.from(text, Number)",
      ],
      [() => network.store('1100' as never), "patterns is '1100', expected arrays of 4 values"],
      [
        () => network.store([...'11001100'] as never),
        "pattern[0] is '1', expected a number: a text",
      ],
      [() => network.recall('1100' as never), "cue is '1100', expected an array of 4 values"],
      [
        () => network.store(two.flat()),
        "patterns has length 8, expected 4 (the network's neurons), a list of lists or a flat typed array",
      ],
      [
        () => network.recall(two as never),
        'cue is a list of 2, expected one: recallMany takes several',
      ],
      [() => network.energy(two as never), 'state is a list of 2, expected one'],
      [() => network.recallMany([two, two]), 'cue 0 is a list of 2, expected one'],
      [() => graded.recall(two), 'cue is a list of 2, expected one'],
      [() => modern.recall(two), 'query is a list of 2, expected one: recallMany takes several'],
      [
        () => modern.store(two.flat()),
        "vectors has length 8, expected 4 (the memory's dimension), a list of lists",
      ],
      [
        () => network.recall([[1, 1], [1]]),
        'row 1 of cue has length 1, expected 2 values as row 0 has',
      ],
      [
        () => network.recall([[1, 1], 1] as never),
        'row 1 of cue is 1, expected 2 values as row 0 has',
      ],
      [
        () =>
          network.recall([
            [1, 1],
            [1, 1],
            [1, 1],
          ]),
        'cue has length 6, expected 4',
      ],
      [
        () =>
          network.recall([
            [1, 1],
            [1, 0.5],
          ]),
        'cue[3] is 0.5, expected −1 or 1',
      ],
      [() => network.recall({ 0: 1, 1: 1, 2: 1 } as never), 'cue has length 3, expected 4'],
      [() => network.recall({ 0: 1, 2: 1 } as never), 'cue is an Object, expected an array'],
      [() => network.recall({} as never), 'cue is an Object, expected an array'],
    ];
    for (const [work, message] of cases) expect(work).toThrow(message);
    expect(() => graded.recall(two)).not.toThrow('recallMany');
    expect(network.save()).toEqual(file);
  });
});
