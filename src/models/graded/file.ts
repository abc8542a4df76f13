/**
 * A graded network as a file: what it is, its patterns, its inputs and the couplings it was given.
 *
 * The sections of the file are the patterns' bits (⌈N/8⌉ bytes each), N inputs as f64 (little-endian), and N×N
 * couplings as f64, or nothing.
 */
import { describe } from '../../checks.ts';
import { decodeModel, encodeModel } from '../save-format.ts';
import type { GradedCouplings } from './couplings.ts';
import type { GradedOptions, GradedPlan } from './options.ts';

const MODEL = 'GradedHopfieldNetwork';

/** A network read from a file. */
export interface SavedGraded {
  readonly neurons: number;
  readonly options: GradedOptions;
  readonly patternCount: number;
  /** The patterns' bits. */
  readonly patterns: Uint8Array;
  /** N×N, or empty. */
  readonly given: Float64Array;
}

export function encodeGraded(plan: GradedPlan, couplings: GradedCouplings): Uint8Array {
  const { inputs, ...rest } = plan;
  const { patterns, given } = couplings;
  return encodeModel({ model: MODEL, ...rest, patterns: patterns.count }, [
    patterns.save(),
    new Uint8Array(inputs.slice().buffer),
    new Uint8Array(given?.slice().buffer ?? []),
  ]);
}

/** @throws Error saying what is wrong when the file is cut short, altered or foreign */
export function decodeGraded(file: Uint8Array): SavedGraded {
  const { description, sections } = decodeModel(file);
  if (description.model !== MODEL) {
    throw new Error(`the file holds ${describe(description.model)}, expected '${MODEL}'`);
  }
  const { neurons, activation, gain, timeConstant, patterns } =
    description as unknown as GradedPlan & {
      patterns: number;
    };
  const [rows, inputs, given] = sections;
  if (inputs?.length !== neurons * 8) {
    throw new Error(`the saved inputs take ${inputs?.length} bytes, expected ${neurons * 8}`);
  }
  if (given.length !== 0 && given.length !== neurons * neurons * 8) {
    throw new Error(
      `the saved couplings take ${given.length} bytes, expected ${neurons * neurons * 8}`,
    );
  }
  return {
    neurons,
    options: { activation, gain, timeConstant, inputs: new Float64Array(inputs.buffer) },
    patternCount: patterns,
    patterns: rows,
    given: new Float64Array(given.buffer),
  };
}
