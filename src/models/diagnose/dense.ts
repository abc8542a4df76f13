/** Dense and simplicial memories: how far the patterns lead each other, and whether a steeper separation would hold them. */
import { exponential } from '../../dynamics/separation.ts';
import type { AssociativeMemory } from '../associative-memory.ts';
import { DenseAssociativeMemory } from '../dense-associative-memory.ts';
import { lookAtSigns, type SignsDiagnosis } from './signs.ts';
import { allOf } from './words.ts';

export interface DenseDiagnosis extends SignsDiagnosis {
  model: 'DenseAssociativeMemory' | 'SimplicialHopfieldNetwork';
  /** Where not all are fixed points: how many would be in a dense memory with `exponential()`; else null. */
  exponential: number | null;
  /** All that in a sentence. */
  sentence: string;
}

export function diagnoseDense(memory: AssociativeMemory): DenseDiagnosis {
  const { facts, patterns } = lookAtSigns(memory);
  const { each, stable, overlap, neurons } = facts;
  const seen = each.length;
  const diagnosis = {
    model:
      'separation' in memory
        ? ('DenseAssociativeMemory' as const)
        : ('SimplicialHopfieldNetwork' as const),
    ...facts,
    exponential: null as number | null,
  };
  if (seen === 0) return { ...diagnosis, sentence: 'nothing is stored' };
  if (stable === seen) {
    const what =
      seen === 1 ? 'the pattern is a fixed point' : `${allOf(seen)} patterns are fixed points`;
    return { ...diagnosis, sentence: seen < facts.patterns ? `${what}, of those looked at` : what };
  }
  const steep = new DenseAssociativeMemory(neurons, {
    separation: exponential(),
    backend: memory.backend,
  });
  steep.store(patterns);
  const held = each.filter(({ index }) => steep.isFixedPoint(patterns[index])).length;
  const verb = seen - stable === 1 ? 'is not a fixed point' : 'are not fixed points';
  const alike = overlap === null ? '' : `: they overlap by ${overlap.toFixed(2)} on average`;
  const cure =
    held === seen
      ? `exponential() holds ${allOf(seen)}`
      : held > stable
        ? `exponential() holds ${held}`
        : 'no better with exponential()';
  const sentence = `${seen - stable} of ${seen} patterns ${verb}${alike}; ${cure}`;
  return { ...diagnosis, exponential: held, sentence };
}
