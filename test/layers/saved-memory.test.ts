/** Files of dense memories: whole, by hand, and damaged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DenseMemory } from '../../src/layers/dense-memory.ts';
import { readSafetensors, writeSafetensors } from '../../src/layers/safetensors.ts';
import { tensor, zeros, type Tensor } from '../../src/layers/tensor.ts';

const options = { memories: 3, power: 4, temperature: 1.25, seed: 9 };
const parameters = () => new DenseMemory(5, 2, options).parameters();
const metadata = {
  model: 'DenseMemory',
  form: 'dual',
  classes: '2',
  power: '4',
  temperature: '1.25',
  seed: '9',
};
type Texts = Record<string, string>;
const file = (more: Texts = {}, tensors: Record<string, Tensor> = parameters()) =>
  writeSafetensors(tensors, { ...metadata, ...more });

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  it.each(['dual', 'full'] as const)('%s: what is loaded is what was saved', (form) => {
    const memory = new DenseMemory(5, 2, { ...options, form, backend });
    memory.parameters().memories.data[3] = 0.75;
    memory.temperature = 1 / 3;
    const bytes = memory.save();
    const loaded = DenseMemory.load(bytes, { backend });
    expect(loaded).toBeInstanceOf(DenseMemory);
    for (const name of [
      'inputs',
      'classes',
      'memories',
      'power',
      'temperature',
      'form',
      'seed',
      'backend',
    ] as const) {
      expect(loaded[name], name).toBe(memory[name]);
    }
    expect(loaded.parameters()).toEqual(memory.parameters());
    expect(loaded.save()).toEqual(bytes);
    const x = tensor([1, -1, 0.5, 1, -1], [1, 5]);
    expect(loaded.forward(x)).toEqual(memory.forward(x));
    // It learns on.
    expect(loaded.backward(zeros([1, 2]))).toEqual(memory.backward(zeros([1, 2])));
  });
});

it('is a safetensors file like any other', () => {
  const { tensors, metadata: texts } = readSafetensors(new DenseMemory(5, 2, options).save());
  expect(tensors).toEqual(parameters());
  expect(texts).toEqual(metadata);
  expect(DenseMemory.load(file()).power).toBe(4);
});

it.each([
  [{ model: 'Linear' }, "model is 'Linear' in the file's metadata, expected 'DenseMemory'"],
  [{ form: 'half' }, "form in the metadata is 'half', expected one of 'dual', 'full'"],
  [{ power: '4.0' }, "power in the metadata is '4.0', expected a number"],
  [{ power: '' }, "power in the metadata is '', expected a number"],
  [{ temperature: 'Infinity' }, "temperature in the metadata is 'Infinity', expected a number"],
  [{ seed: '0x9' }, "seed in the metadata is '0x9', expected a number"],
  [{ power: '1' }, 'power is 1, expected an integer from 2 to 1000'],
  [{ temperature: '-1' }, 'temperature is -1, expected a number above 0'],
  [{ seed: '-1' }, 'seed is -1, expected an integer from 0 to 4294967295'],
  [
    { classes: '7' },
    'memories has shape [3, 7], expected at least 1 row of an input and 7 classes',
  ],
  [
    { classes: '1e+300' },
    'memories has shape [3, 7], expected at least 1 row of an input and 1e+300 classes',
  ],
  [
    { classes: '1.5' },
    'memories has shape [3, 7], expected at least 1 row of an input and 1.5 classes',
  ],
])('refuses %j', (more, message) => {
  expect(() => DenseMemory.load(file(more))).toThrow(message);
});

it('refuses other tensors, and texts that are missing', () => {
  const { memories } = parameters();
  const load = (tensors: Record<string, Tensor>) => () => DenseMemory.load(file({}, tensors));
  expect(load({})).toThrow("tensors are none, expected 'memories' of floats alone");
  expect(load({ memories, more: memories })).toThrow(
    new RangeError("tensors are 'memories', 'more', expected 'memories' of floats alone"),
  );
  expect(load({ weights: memories })).toThrow(RangeError);
  expect(load({ memories: tensor(memories.data, [21]) })).toThrow(
    new RangeError('memories has shape [21], expected [memories, inputs + classes]'),
  );
  expect(load({ memories: zeros([0, 7]) })).toThrow(RangeError);
  const spoilt = memories.data.slice();
  spoilt[4] = NaN;
  expect(load({ memories: tensor(spoilt, [3, 7]) })).toThrow(
    new RangeError('memories is NaN at 4, expected finite numbers'),
  );
  expect(() => DenseMemory.load(writeSafetensors(parameters()))).toThrow(
    "model is undefined in the file's metadata, expected 'DenseMemory'",
  );
  expect(() => DenseMemory.load('text' as unknown as Uint8Array)).toThrow(TypeError);
  expect(() => DenseMemory.load(file(), { power: 3 } as object)).toThrow(
    'load options have no power',
  );
});

it('reads or refuses whatever is damaged', () => {
  const whole = file();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.option(fc.nat({ max: whole.length })),
      (changes, length) => {
        const bytes = whole.slice(0, length ?? whole.length);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        try {
          const { memories, inputs, classes } = DenseMemory.load(bytes);
          expect(memories * (inputs + classes)).toBe(21);
        } catch (error) {
          expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});
