/**
 * A graded network as a file: what it is, its patterns, its inputs and the couplings it was given.
 *
 * The sections of the file are the patterns' bits (⌈N/8⌉ bytes each), N inputs as f64 (little-endian), and N×N
 * couplings as f64, or nothing.
 */
import { patternBytes } from '../../patterns/pattern-store.ts';
import { encodeModel } from '../save-format.ts';
import { checkCount, type Format } from '../saved-model.ts';
import type { GradedCouplings } from './couplings.ts';
import { planGraded, type GradedPlan } from './options.ts';

type Description = Omit<GradedPlan, 'inputs'> & { readonly patterns: number };

export const GRADED: Format<Description> = {
  model: 'GradedHopfieldNetwork',
  expect({ neurons, patterns, activation, gain, timeConstant }, [, , couplings]) {
    const { inputs: _, ...plan } = planGraded(neurons, { activation, gain, timeConstant });
    const count = checkCount(patterns, 'patterns');
    const given = couplings === 0 ? 0 : 8 * neurons ** 2;
    return {
      description: { ...plan, patterns: count },
      sections: {
        patterns: count * Math.ceil(neurons / 8),
        inputs: 8 * neurons,
        couplings: given,
      },
      patterns: count,
      // The doubles, and the integers of patterns on their way into them.
      memory: patternBytes(count, neurons) + 10 * neurons ** 2 + given,
    };
  },
};

export function encodeGraded(plan: GradedPlan, couplings: GradedCouplings): Uint8Array {
  const { inputs, ...rest } = plan;
  const { patterns, given } = couplings;
  const sections = [
    patterns.save(),
    new Uint8Array(inputs.slice().buffer),
    new Uint8Array(given?.slice().buffer ?? []),
  ];
  const description: Description = { ...rest, patterns: patterns.count };
  return encodeModel({ model: GRADED.model, ...description }, sections, patterns.labels);
}
