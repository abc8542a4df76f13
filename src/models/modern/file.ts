/**
 * A modern Hopfield network as a file: what it is, its vectors and its values.
 *
 * The sections of the file are P×d f32 (little-endian) of the vectors, and P×v of the values or nothing.
 */
import { describe } from '../../checks.ts';
import { decodeModel, encodeModel } from '../save-format.ts';
import type { ModernPlan } from './options.ts';
import type { Stored } from './stored.ts';

const MODEL = 'ModernHopfieldNetwork';

/** A network read from a file. */
export interface SavedModern {
  readonly plan: ModernPlan;
  /** P×d. */
  readonly vectors: Float32Array;
  /** P×v; empty when there are none. */
  readonly values: Float32Array;
}

export function encodeModern(plan: ModernPlan, { vectors, values }: Stored): Uint8Array {
  const sections = [vectors.readAll(), values?.readAll() ?? new Float32Array(0)];
  return encodeModel(
    { model: MODEL, ...plan },
    sections.map((numbers) => new Uint8Array(numbers.buffer)),
  );
}

/** @throws Error saying what is wrong when the file is cut short, altered or foreign */
export function decodeModern(file: Uint8Array): SavedModern {
  const { description, sections } = decodeModel(file);
  if (description.model !== MODEL) {
    throw new Error(`the file holds ${describe(description.model)}, expected '${MODEL}'`);
  }
  const { dimension, beta, similarity, separation } = description as unknown as ModernPlan;
  const [vectors, values] = sections.map((bytes) => new Float32Array(bytes.buffer));
  return { plan: { dimension, beta, similarity, separation }, vectors, values };
}
