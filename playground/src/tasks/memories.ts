/** Memories with their patterns, made once for questions that follow one another. */
import { modelOf, type Memory } from '../models.ts';
import type { Pattern } from '../state.ts';

export interface Asked {
  model: string;
  size: number;
  patterns: readonly Pattern[];
}

const made: { key: string; memory: Memory }[] = [];
const MOST = 8;

export function memoryOf({ model, size, patterns }: Asked): Memory {
  const key = `${model} ${size} ${patterns.map(({ label, bits }) => `${digest(bits)} ${label}`).join(' ')}`;
  const found = made.find((one) => one.key === key);
  if (found) return found.memory;
  const { make, value, largest } = modelOf(model);
  if (size > largest)
    throw new RangeError(`takes grids of up to ${largest} × ${largest} on this page`);
  const memory = make(size ** 2, value);
  if (patterns.length > 0) {
    memory.store(
      patterns.map(({ bits }) => bits),
      { labels: patterns.map(({ label }) => label) },
    );
  }
  made.unshift({ key, memory });
  for (const { memory: old } of made.splice(MOST)) old.dispose();
  return memory;
}

/** Two hashes of 32 bits (FNV-1a) that start apart. */
function digest(bits: Int8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const bit of bits) {
    a = Math.imul(a ^ (bit & 255), 0x01000193);
    b = Math.imul(b ^ (bit & 127), 0x01000193) + 1;
  }
  return `${a >>> 0}.${b >>> 0}`;
}
