/** Models and their results as objects of JavaScript: read-only, shown, never cloned into a dead one; results are data. */
import { describe, expect, test } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  SequenceMemory,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import { BACKENDS } from './cases.ts';

const PATTERNS = [
  [1, 1, -1, -1],
  [1, -1, 1, -1],
];
const CUE = [1, 1, 1, -1];
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

type Any = Record<PropertyKey, unknown>;

/** A model of every class, what of it is read-only, and a result of each of its methods. */
function models(backend: 'wasm' | 'reference') {
  const options = { backend };
  const classical = new HopfieldNetwork(4, { backend, rule: { name: 'perceptron', margin: 0.1 } });
  const dense = new DenseAssociativeMemory(4, { backend, separation: polynomial(2) });
  const simplicial = new SimplicialHopfieldNetwork(4, {
    backend,
    connections: { pairs: 1 },
    seed: 1,
  });
  const graded = new GradedHopfieldNetwork(4, options).store(PATTERNS);
  const pairs = new BidirectionalMemory(4, 4, options).store([[PATTERNS[0], PATTERNS[1]]]);
  const modern = new ModernHopfieldNetwork(4, { backend, separation: 'sparsemax' });
  modern.store(PATTERNS, { values: [1, 2], labels: ['a', 'b'] });
  const frames = new SequenceMemory(4, { backend, hold: 2 });
  frames.store(PATTERNS, { cyclic: true, labels: ['a', 2] });
  const how = { seed: 1, top: 2 };
  const spins = (memory: HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork) => {
    memory.store(PATTERNS, { labels: ['a', 2] });
    return {
      model: memory,
      results: () => [
        memory.recall(CUE, how),
        memory.recallMany([CUE, CUE], how),
        ...memory.trajectory(CUE, { seed: 1 }),
      ],
      recall: (cue: never) => memory.recall(cue, how),
    };
  };
  return [
    spins(classical),
    spins(dense),
    spins(simplicial),
    {
      model: graded,
      results: () => [graded.recall(CUE, { top: 2 }), ...graded.trajectory(CUE)],
      recall: (cue: never) => graded.recall(cue),
    },
    {
      model: pairs,
      results: () => [pairs.recall(CUE, { top: 2 })],
      recall: (cue: never) => pairs.recall(cue),
    },
    {
      model: modern,
      results: () => [
        modern.recall(CUE, { energy: true, top: 2 }),
        modern.recallMany([CUE, CUE], { energy: true, top: 2 }),
        modern.attention(CUE),
      ],
      recall: (cue: never) => modern.recall(cue),
    },
    {
      model: frames,
      results: () => [...frames.recall(CUE, { steps: 3 }), ...frames.sequences],
      recall: (cue: never) => [...frames.recall(cue, { steps: 1 })][1],
    },
  ];
}

/** The value as JSON has it: what went through it twice is what went through it once. */
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(BACKENDS)('%s', (backend) => {
  test.each(models(backend).map((m) => [m.model.constructor.name, m] as const))(
    '%s: results are data',
    (_, { model, results, recall }) => {
      const all = results();
      const copies = results();
      expect(copies).toEqual(all);
      // Whatever becomes of the model.
      const again = recall(CUE as never) as unknown as Any;
      const stored = recall(json(again.state ?? again.x) as never) as unknown as Any;
      expect(Object.keys(stored)).toEqual(Object.keys(again));
      expect(recall((again.state ?? again.x) as never)).toEqual(stored);
      model.dispose();
      for (const result of all) {
        expect(structuredClone(result)).toEqual(result);
        expect({ ...result }).toEqual(result);
        expect(json(structuredClone(result))).toEqual(json(result));
        expect(Object.values(result).every((value) => typeof value !== 'function')).toBe(true);
        for (const key of Object.keys(result)) {
          expect(Object.getOwnPropertyDescriptor(result, key)).toHaveProperty('value');
        }
      }
      expect(all).toEqual(copies);
    },
  );

  test.each(models(backend).map((m) => [m.model.constructor.name, m] as const))(
    '%s: nothing of it can be set',
    (_, { model, results }) => {
      const before = results();
      const held = model as unknown as Any;
      const keys = [...Object.keys(held), 'patternCount', 'pairCount', 'backend', 'bytes'];
      for (const key of keys.filter((name) => name in held)) {
        const value = held[key];
        expect(() => (held[key] = 5), key).toThrow(TypeError);
        expect(held[key]).toBe(value);
        if (typeof value !== 'object') continue;
        for (const inner of Object.keys(value!)) {
          expect(() => ((value as Any)[inner] = 5), `${key}.${inner}`).toThrow(TypeError);
        }
      }
      if (model instanceof HopfieldNetwork) {
        (model.learning as { epochs: number }).epochs = -1;
        expect(model.learning!.epochs).toBeGreaterThan(0);
      }
      // One's own names may be added.
      held.name = 'mine';
      delete held.name;
      expect(results()).toEqual(before);
    },
  );

  test.each(models(backend).map((m) => [m.model.constructor.name, m] as const))(
    '%s: cloning it fails, showing it tells',
    (name, { model, results }) => {
      for (const value of [model, { model }, [[model]]]) {
        expect(() => structuredClone(value)).toThrow(
          expect.objectContaining({ name: 'DataCloneError' }),
        );
      }
      const { port1, port2 } = new MessageChannel();
      expect(() => port1.postMessage(model)).toThrow(/could not be cloned/);
      for (const port of [port1, port2]) port.close();
      const shown = () => (model as unknown as Any)[INSPECT] as () => Any;
      const seen = shown().call(model);
      expect(Object.getPrototypeOf(seen)).toBe(Object.getPrototypeOf(model));
      expect({ ...seen }).toEqual({
        ...model,
        [model instanceof BidirectionalMemory ? 'pairCount' : 'patternCount']:
          model instanceof BidirectionalMemory ? 1 : 2,
        backend,
      });
      expect(Object.keys(seen)).not.toContain(name);
      // It is what it was: neither the slot nor the names are in the way.
      expect(model).toBeInstanceOf(Object.getPrototypeOf(model).constructor as typeof Object);
      expect(Object.prototype.toString.call(model)).toBe('[object Object]');
      expect(results().length).toBeGreaterThan(0);
      model.dispose();
      expect({ ...shown().call(model) }).toEqual({ ...model, disposed: true });
    },
  );

  test.each(models(backend).map((m) => [m.model.constructor.name, m] as const))(
    '%s: a method on its own says what it needs',
    (_, { model }) => {
      const { store, recall, energy, next } = model as unknown as Record<
        string,
        (x: unknown) => unknown
      >;
      for (const method of [store, recall, energy ?? next]) {
        expect(() => method(CUE)).toThrow(
          expect.objectContaining({
            name: 'TypeError',
            message: expect.stringMatching(/called without its network.*network\.recall/) as string,
          }),
        );
      }
    },
  );

  test('a class of one’s own can have fields', () => {
    class Named extends HopfieldNetwork {
      title = 'letters';
      readonly #secret = 3;
      get secret(): number {
        return this.#secret;
      }
    }
    const named = new Named(4, { backend }).store(PATTERNS);
    expect([named.title, named.secret]).toEqual(['letters', 3]);
    named.title = 'digits';
    expect(named.recall(CUE, { seed: 1 }).match).toBeDefined();
    expect(named.title).toBe('digits');
  });
});
