/** Memories with their patterns, made once for questions that follow one another. */
import { modelOf, type Memory } from '../models.ts';
import type { Pattern } from '../state.ts';

export interface Asked {
  model: string;
  size: number;
  patterns: readonly Pattern[];
}

const made: { key: string; memory: Promise<Memory> }[] = [];
const MOST = 8;

export function memoryOf(asked: Asked): Promise<Memory> {
  const { model, size, patterns } = asked;
  const key = `${model} ${size} ${patterns.map(({ label, bits }) => `${digest(bits)} ${label}`).join(' ')}`;
  const found = made.find((one) => one.key === key);
  if (found) return found.memory;
  const memory = make(asked);
  made.unshift({ key, memory });
  for (const { memory: old } of made.splice(MOST)) {
    void old.then((it) => it.dispose()).catch(() => {});
  }
  return memory;
}

async function make({ model, size, patterns }: Asked): Promise<Memory> {
  const { make, value, largest, after } = modelOf(model);
  if (size > largest) {
    throw new RangeError(`takes grids of up to ${largest} × ${largest} on this page`);
  }
  const memory = make(size ** 2, value);
  if (patterns.length === 0) return memory;
  memory.store(
    patterns.map(({ bits }) => bits),
    { labels: patterns.map(({ label }) => label) },
  );
  await after?.learn(memory);
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
