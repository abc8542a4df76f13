/** What a saved model may stand for beyond its bytes, and models as values for JSON. */
import { describe, expect, test } from 'vitest';
import { DenseAssociativeMemory, HopfieldNetwork } from '../../src/index.ts';
import {
  bare,
  dense,
  drawn,
  graded,
  ints,
  listed,
  load,
  modern,
  none,
  type Name,
} from './cases.ts';

describe('memory', () => {
  test('a small file can stand for much, up to a limit that the error names', () => {
    const budget = 10_122_750;
    const connections = { pairs: 0.5, triples: 0.25, tetrahedra: 0.25, budget };
    const tetrahedra = (budget: number) => ({ pairs: 0, triples: 0, tetrahedra: 1, budget });
    const huge: [Name, object, Uint8Array[]][] = [
      [
        'SimplicialHopfieldNetwork',
        { neurons: 4500, patterns: 0, complex: { connections, seed: 4 } },
        [none, none],
      ],
      // What they take is less; that they take seconds counts, too.
      [
        'SimplicialHopfieldNetwork',
        { neurons: 300, patterns: 0, complex: { connections: tetrahedra(3_000_000), seed: 4 } },
        [none, none],
      ],
      [
        'SimplicialHopfieldNetwork',
        { neurons: 300, patterns: 20_000, complex: { connections: tetrahedra(500_000), seed: 4 } },
        [new Uint8Array(20_000 * 38), none],
      ],
      [
        'HopfieldNetwork',
        { ...bare, neurons: 30_000, representation: 'couplings' },
        [none, none, none],
      ],
      [
        'HopfieldNetwork',
        { ...bare, neurons: 30_000, rule: { name: 'storkey' } },
        [none, none, none],
      ],
      [
        'GradedHopfieldNetwork',
        { ...graded, neurons: 16_384 },
        [none, new Uint8Array(8 * 16_384), none],
      ],
      [
        'DenseAssociativeMemory',
        {
          ...dense,
          neurons: 2_000_000,
          patterns: 0,
          separation: { name: 'simplicial', dimension: 20 },
        },
        [none],
      ],
    ];
    for (const [name, description, sections] of huge) {
      const message =
        /stands for \d+ bytes of memory, expected at most 1073741824: the option memory/;
      expect(() => load(name, description, sections)).toThrow(message);
    }
  });

  test('the limit is what the models take, about', () => {
    const cases: [Name, object, Uint8Array[]][] = [
      [
        'HopfieldNetwork',
        { ...bare, neurons: 1000, representation: 'couplings' },
        [none, none, none],
      ],
      [
        'HopfieldNetwork',
        { ...bare, neurons: 1000, representation: 'patterns', patterns: 2000 },
        [new Uint8Array(250_000), none, none],
      ],
      [
        'DenseAssociativeMemory',
        { ...dense, neurons: 100_000, patterns: 10 },
        [new Uint8Array(125_000)],
      ],
      ['ModernHopfieldNetwork', { ...modern, dimension: 1 }, [new Uint8Array(200_000), none]],
      [
        'SimplicialHopfieldNetwork',
        {
          ...drawn,
          neurons: 100,
          complex: {
            ...drawn.complex,
            connections: { ...drawn.complex.connections, budget: 4000 },
          },
        },
        [none, none],
      ],
      ['SimplicialHopfieldNetwork', { ...listed, neurons: 100_000 }, [none, ints(0, 1, 1, 2, 3)]],
    ];
    for (const [name, description, sections] of cases) {
      const network = load(name, description, sections, { backend: 'wasm' });
      if (!('bytes' in network)) throw new Error('it has no bytes');
      if (network instanceof HopfieldNetwork) network.fields(new Int8Array(1000).fill(1));
      const needed = (limit: number) => {
        try {
          load(name, description, sections, { memory: limit });
          return 0;
        } catch (error) {
          return Number(/stands for (\d+)/.exec((error as Error).message)![1]);
        }
      };
      const told = needed(1000);
      expect(needed(told)).toBe(0);
      expect(needed(told - 1)).toBe(told);
      // Pages of 64 kB, rooms for a state and a first page come on top.
      expect(network.bytes).toBeLessThan(told + 3_000_000);
      expect(told).toBeLessThan(20 * network.bytes);
    }
  });

  test('bad limits', () => {
    const file = new HopfieldNetwork(3).save();
    for (const memory of [0, -1, NaN, '1', null]) {
      expect(() => HopfieldNetwork.load(file, { memory: memory as number })).toThrow(/memory is/);
    }
    expect(() => HopfieldNetwork.load(file, { memories: 1 } as object)).toThrow(/have no memories/);
  });
});

test('JSON that is none of ours', () => {
  const json = new HopfieldNetwork(3).store([1, -1, 1]).toJSON();
  const from = (value: unknown) => () => HopfieldNetwork.fromJSON(value);
  expect(from(json)().patterns).toEqual([Int8Array.of(1, -1, 1)]);
  expect(from(undefined)).toThrow(/is undefined, expected an object/);
  expect(from('text')).toThrow(/is 'text', expected an object/);
  expect(from({})).toThrow(/data is undefined, expected the sections in base64/);
  expect(from({ ...json, data: null })).toThrow(/data is null/);
  expect(from({ ...json, data: '*' })).toThrow(/data is '\*'/);
  expect(from({ ...json, data: 'AAAA' })).toThrow(/all sections together is 3, expected 1/);
  expect(from({ ...json, version: 9 })).toThrow(/version 9, expected 1 or 2/);
  expect(from({ ...json, model: 'X' })).toThrow(/holds 'X'/);
  expect(() => DenseAssociativeMemory.fromJSON(json)).toThrow(/holds 'HopfieldNetwork'/);
});
