/**
 * What a saved model may say of itself. Each model describes its files once, by `expect`: from what a file says it makes,
 * with the checks of the constructor's own options, the whole description that `save` would have written, the lengths of
 * the sections and the memory that the model will take. A file has to be just that, before anything is allocated.
 *
 * `sections` may depend on what the file says their lengths are: where one may be absent, and where they tell how many
 * rows there are.
 */
import { checkNumber, checkOptions, describe } from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import { readLabels, type Labels } from '../patterns/labels.ts';
import { openSaved, type Bytes } from './save-format.ts';

export interface LoadOptions {
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
  /**
   * The most bytes of memory that what is loaded may take: a small file can stand for much, such as a number of simplices
   * to be drawn, whose time this bounds as well. Default 1 GiB.
   */
  memory?: number;
}

/** Values out of a file, whatever they may be: they fit any check, and nothing else should be done with them. */
export type Untrusted = Readonly<Record<string, never>>;

/** What a file has to be. */
interface Expected<D> {
  /** Without `model`, `sections` and `labels`. */
  readonly description: D;
  /** Lengths of the sections, in their order. */
  readonly sections: Readonly<Record<string, number>>;
  /** P. */
  readonly patterns: number;
  /** Bytes of memory. */
  readonly memory: number;
}

export interface Format<D> {
  readonly model: string;
  /** @throws TypeError, RangeError where what the file says is out of range */
  readonly expect: (given: Untrusted, claimed: readonly number[]) => Expected<D>;
}

/** A file that is as it has to be. */
export interface SavedModel<D> {
  readonly description: D;
  /** Each in a buffer of its own. */
  readonly sections: readonly Uint8Array<ArrayBuffer>[];
  readonly patterns: number;
  readonly labels: Labels | undefined;
}

/** @throws TypeError, RangeError, Error saying which field is wrong, what it has and what was expected */
export function decodeModel<D>(
  { model, expect }: Format<D>,
  bytes: Bytes,
  options: LoadOptions,
): SavedModel<D> {
  checkOptions(options, 'load options', ['backend', 'memory']);
  const { memory: most = 2 ** 30 } = options;
  checkNumber(most, 'memory', 'a number of bytes above 0', (x) => x > 0);
  const { version, description: all, body } = openSaved(bytes);
  if (!isObject(all)) {
    throw new TypeError(`the saved model's description is ${describe(all)}, expected an object`);
  }
  const { model: found, sections: claimed, labels, ...given } = all;
  if (found !== model) {
    throw new Error(`the file holds ${describe(found)}, expected '${model}'`);
  }
  if (!Array.isArray(claimed)) {
    throw new TypeError(`sections is ${describe(claimed)}, expected a list of lengths`);
  }
  for (const [k, length] of claimed.entries()) checkCount(length, `sections[${k}]`);
  const { description, sections, patterns, memory } = expect(given as Untrusted, claimed);
  checkSame(given, description, '');
  const names = Object.keys(sections);
  const sizes = Object.values(sections);
  checkSame(claimed.length, names.length, 'the number of sections');
  for (const [k, size] of sizes.entries()) checkSame(claimed[k], size, `the length of ${names[k]}`);
  const length = sizes.reduce((a, b) => a + b, 0);
  checkSame(body.length, length, 'the length of all sections together');
  if (version === 1) checkSame(labels, undefined, 'labels');
  const called = version === 1 ? undefined : readLabels(labels ?? null, patterns);
  if (memory > most) {
    throw new RangeError(
      `the saved model stands for ${memory} bytes of memory, expected at most ${most}: the option memory of load`,
    );
  }
  let at = 0;
  // A copy in a buffer of its own: the `slice` of Node's Buffer would share that of the file.
  const copies = sizes.map((size) => new Uint8Array(body.subarray(at, (at += size))));
  return { description, sections: copies, patterns, labels: called };
}

/** Compares what a file says, which may be anything, with what it has to say, field by field. */
function checkSame(given: unknown, expected: unknown, name: string): void {
  if (isObject(expected) && isObject(given) && Array.isArray(given) === Array.isArray(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(given)])) {
      checkSame(own(given, key), own(expected, key), name ? `${name}.${key}` : key);
    }
  } else if (given !== expected) {
    const wanted = expected === undefined ? 'no such field' : describe(expected);
    const Kind = typeof given === typeof expected ? RangeError : TypeError;
    throw new Kind(`${name} is ${describe(given)}, expected ${wanted}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A number of things. */
export function checkCount(value: unknown, name: string): number {
  return checkNumber(value, name, 'an integer of at least 0', (n) => Number.isInteger(n) && n >= 0);
}

export function checkFlag(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name} is ${describe(value)}, expected true or false`);
  }
  return value;
}
