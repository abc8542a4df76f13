/** A memory as the package's own file, which `hopfield info` reads, and back. */
import {
  DenseAssociativeMemory,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  SimplicialHopfieldNetwork,
} from 'hopfield-wasm';
import { type Memory, modelOf } from '../models.ts';
import type { Pattern } from '../state.ts';
import { type Asked, memoryOf } from './memories.ts';

export async function save(asked: Asked): Promise<Uint8Array> {
  return (await memoryOf(asked)).save();
}

/** What the page can show of a file. @throws when it is no memory, or none that the page has */
export function open({ bytes }: { bytes: Uint8Array }): Asked {
  const memory = loaded(bytes);
  const patterns = memory.patterns.map((pattern, k): Pattern => {
    const bits = Int8Array.from(pattern, (v) => (v > 0 ? 1 : -1));
    return { label: String(memory.labels[k] ?? ''), bits };
  });
  const size = Math.sqrt(patterns[0]?.bits.length ?? NaN);
  const model = textOf(memory);
  if (!Number.isInteger(size)) throw new RangeError('it holds no patterns that make a square');
  if (size > modelOf(model).largest)
    throw new RangeError(`its grid of ${size} × ${size} is too large`);
  return { model, size, patterns };
}

function loaded(bytes: Uint8Array): Memory {
  const classes = [
    HopfieldNetwork,
    DenseAssociativeMemory,
    SimplicialHopfieldNetwork,
    ModernHopfieldNetwork,
  ];
  for (const one of classes.slice(0, -1)) {
    try {
      return one.load(bytes);
    } catch {
      // Of another class, or no file of a memory: the last says which.
    }
  }
  return ModernHopfieldNetwork.load(bytes);
}

/** Its name on the page. */
function textOf(memory: Memory): string {
  if (memory instanceof HopfieldNetwork) {
    const { rule, capacity } = memory;
    // No figure is known for Hebbian couplings that have dreamt; the page lets them dream again.
    return rule.name === 'hebbian' && capacity === undefined ? 'dreams' : modelOf(rule.name).name;
  }
  if (memory instanceof SimplicialHopfieldNetwork) return `simplicial:${memory.dimension}`;
  if (memory instanceof ModernHopfieldNetwork) return `modern:${memory.beta}`;
  const { separation } = memory;
  if (separation.name === 'polynomial') return `dense:${separation.degree}`;
  return modelOf(separation.name).name;
}
