/**
 * A dense memory as a safetensors file: the tensor `memories`, and in the metadata `model` and the numbers that the tensor does not
 * tell. Whatever a file says is checked before memory is taken.
 */
import { checkName, describe } from '../checks.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { checkTensor, shapeText, type Tensor } from './tensor.ts';

/** What `model` is in the metadata. */
const MODEL = 'DenseMemory';
const NUMBERS = ['classes', 'power', 'temperature', 'seed'] as const;
const FORMS = ['dual', 'full'] as const;

interface Settings {
  readonly power: number;
  readonly temperature: number;
  readonly seed: number;
  readonly form: 'dual' | 'full';
}

interface Saved extends Settings {
  readonly classes: number;
  parameters(): Readonly<Record<string, Tensor>>;
}

export function writeMemory(memory: Saved): Uint8Array {
  const numbers = NUMBERS.map((name) => [name, String(memory[name])]);
  return writeSafetensors(memory.parameters(), {
    model: MODEL,
    form: memory.form,
    ...(Object.fromEntries(numbers) as Record<string, string>),
  });
}

/** What a file holds; that the numbers are such as the options of a memory may be, its constructor checks. */
export function readMemory(bytes: Uint8Array) {
  const { tensors, metadata, skipped } = readSafetensors(bytes);
  const text = (name: string) => (Object.hasOwn(metadata, name) ? metadata[name] : undefined);
  if (text('model') !== MODEL) {
    throw new TypeError(
      `model is ${describe(text('model'))} in the file's metadata, expected '${MODEL}'`,
    );
  }
  const form = checkName(text('form'), 'form in the metadata', FORMS);
  const [classes, power, temperature, seed] = NUMBERS.map((name) => {
    const given = text(name);
    const value = Number(given);
    // What `save` writes is the shortest text of a number, so that there is one for each.
    if (given === undefined || String(value) !== given || !Number.isFinite(value)) {
      throw new TypeError(`${name} in the metadata is ${describe(given)}, expected a number`);
    }
    return value;
  });
  const names = [...Object.keys(tensors), ...Object.keys(skipped)];
  if (names.length !== 1 || !Object.hasOwn(tensors, 'memories')) {
    const given = names.slice(0, 5).map(describe).join(', ') || 'none';
    const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
    throw new RangeError(`tensors are ${given}${more}, expected 'memories' of floats alone`);
  }
  const memories = checkTensor(tensors.memories, 'memories', ['memories', 'inputs + classes']);
  const [rows, width] = memories.shape;
  const inputs = width - classes;
  if (!(Number.isInteger(classes) && classes >= 1 && inputs >= 1 && rows >= 1)) {
    throw new RangeError(
      `memories has shape ${shapeText(memories.shape)}, expected at least 1 row of an input and ${classes} classes`,
    );
  }
  const wrong = memories.data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(
      `memories is ${memories.data[wrong]} at ${wrong}, expected finite numbers`,
    );
  }
  const settings: Settings & { memories: number } = {
    memories: rows,
    power,
    temperature,
    seed,
    form,
  };
  return { memories, inputs, classes, settings };
}
