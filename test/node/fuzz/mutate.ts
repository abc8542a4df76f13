/** Ways to spoil a value, bytes or a text, drawn from a seeded generator: the same seed spoils the same way. */
import type { Random } from '../../../src/index.ts';

/** Values that have made programs stumble. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  '',
  'abc',
  'tanh',
  'softmaxx',
  '__proto__',
  '\u001b[2J\u202e\ud800',
  [],
  {},
  [[]],
  { length: 3 },
  { constructor: { name: '\u001b[2J' } },
  { constructor: { name: { toString: 1 } } },
  { toString: 1, valueOf: 1 },
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  1.5,
  63,
  64,
  127,
  255,
  1000,
  4097,
  32767,
  32768,
  65537,
  1048576,
  2097151,
  2097152,
  1073741823,
  2147483647,
  -2147483648,
  4294967295,
  4294967296,
  2 ** 53,
  1e-6,
  1e-30,
  5e-324,
  1e15,
  1e30,
  1e100,
  1e290,
  1e308,
  -1e308,
];

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)];
}

/** A copy of a JSON value in which one thing, at any depth, is replaced, removed, doubled or added. */
export function spoilJson(random: Random, value: unknown): unknown {
  const copy = structuredClone(value);
  const places: { owner: Record<string, unknown>; key: string }[] = [];
  const visit = (owner: unknown) => {
    if (typeof owner !== 'object' || owner === null) return;
    for (const [key, inner] of Object.entries(owner)) {
      places.push({ owner: owner as Record<string, unknown>, key });
      visit(inner);
    }
  };
  visit(copy);
  if (places.length === 0) return pick(random, ODD);
  const { owner, key } = pick(random, places);
  const old = owner[key];
  switch (random.below(8)) {
    case 0:
      delete owner[key];
      break;
    case 1:
      owner[`${key}s`] = old;
      break;
    case 2:
      owner[key] = typeof old === 'number' ? old + pick(random, [-1, 1, 0.5, 8]) : [old];
      break;
    case 3:
      owner[key] =
        typeof old === 'number' ? old * pick(random, [-1, 2, 0.5, 1e6]) : JSON.stringify(old);
      break;
    case 4: {
      const other = pick(random, places);
      owner[key] = structuredClone(other.owner[other.key]);
      break;
    }
    case 5:
      if (Array.isArray(owner)) owner.push(structuredClone(old));
      else owner[pick(random, places).key] = pick(random, ODD);
      break;
    default:
      owner[key] = pick(random, ODD);
  }
  return copy;
}

/** Numbers as they stand in sections. */
const WORDS: readonly Uint8Array[] = [
  new Uint8Array(Int32Array.of(-(2 ** 31)).buffer),
  new Uint8Array(Int32Array.of(2 ** 31 - 1).buffer),
  new Uint8Array(Int32Array.of(2 ** 29).buffer),
  new Uint8Array(Int32Array.of(7).buffer),
  new Uint8Array(Int16Array.of(-32768).buffer),
  new Uint8Array(Float64Array.of(NaN).buffer),
  new Uint8Array(Float64Array.of(Infinity).buffer),
  new Uint8Array(Float64Array.of(1e300).buffer),
  new Uint8Array(Float64Array.of(-0).buffer),
  new Uint8Array(Float32Array.of(NaN).buffer),
  new Uint8Array(Float32Array.of(1e15).buffer),
  new Uint8Array(Float32Array.of(3e38).buffer),
];

/** A copy of the bytes with something overwritten, cut off, repeated or added. */
export function spoilBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random.below(bytes.length + 1);
  const copy = bytes.slice();
  switch (random.below(6)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return Uint8Array.of(...bytes.slice(0, at), random.below(256), ...bytes.slice(at));
    case 2:
      return Uint8Array.of(...bytes, ...bytes.slice(at));
    case 3:
      if (at < copy.length) copy[at] ^= 1 << random.below(8);
      return copy;
    case 4:
      return copy.fill(pick(random, [0, 127, 128, 255]), at);
    default: {
      const word = pick(random, WORDS);
      const place = Math.floor(at / word.length) * word.length;
      if (place + word.length <= copy.length) copy.set(word, place);
      return copy;
    }
  }
}

const TOKENS: readonly string[] = [
  '-1',
  '0',
  '1',
  '2',
  '99999999',
  '4294967296',
  '99999999999999999999999',
  '1e308',
  '-1e308',
  '1e-400',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '.',
  '-',
  '*',
  ':',
  'EOF',
  'p',
  'e',
  'c',
  'edge',
  'qubo',
  'DIMENSION',
  'NAME',
  'EDGE_WEIGHT_TYPE',
  'FULL_MATRIX',
  'NODE_COORD_SECTION',
  'TOUR_SECTION',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\u001b[2J',
  '\u2028',
  '\ud800',
  '\ufeff',
  '\r',
  '\n',
  ' ',
];

/** A text with a word, a character or a line replaced, removed, repeated, moved or added, or its end cut off. */
export function spoilText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const before = text.slice(0, at);
  const after = text.slice(at);
  const lines = text.split('\n');
  const line = random.below(lines.length);
  switch (random.below(8)) {
    case 0:
      return before;
    case 1:
      return before + pick(random, TOKENS) + after;
    case 2:
      return before + after.slice(1);
    case 3:
      lines.splice(line, 1);
      return lines.join('\n');
    case 4:
      lines.splice(line, 0, pick(random, lines));
      return lines.join('\n');
    case 5:
      lines[line] = pick(random, TOKENS);
      return lines.join('\n');
    case 6:
      return before + after.replace(/\S+/, () => pick(random, TOKENS));
    default:
      return (
        before + after.replace(/-?\d+/, (word) => String(Number(word) + pick(random, [-1, 1])))
      );
  }
}

/** Whether an error is one that the engine made, not one that says what is wrong. */
export function isRaw(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const { message, constructor } = error;
  if (![TypeError, RangeError, Error].includes(constructor as ErrorConstructor)) return true;
  return (
    message.length < 12 ||
    /Cannot |is not (a function|iterable|a constructor|defined)|Unexpected |Invalid |out of bounds|call stack|Reduce of|\boffset\b|should be a multiple|unreachable|allocation failed|BigInt|precision/.test(
      message.replace(/"[^"]*"|'[^']*'|data_offsets|at offset \d+|starts at offset/g, ''),
    )
  );
}
