/**
 * A modern Hopfield network as a file: what it is, its vectors and its values.
 *
 * The sections of the file are P×d f32 (little-endian) of the vectors, and P×v of the values or nothing: their lengths
 * say how many there are.
 */
import { encodeModel } from '../save-format.ts';
import type { Format } from '../saved-model.ts';
import { planModern, type ModernPlan } from './options.ts';
import type { Stored } from './stored.ts';
import { widthOf } from '../../kernels/layout.ts';

export const MODERN: Format<ModernPlan> = {
  model: 'ModernHopfieldNetwork',
  expect({ dimension, beta, similarity, separation, nothing }, [vectors, values]) {
    const plan = planModern(dimension, { beta, similarity, separation, nothing });
    const patterns = Math.floor(vectors / (4 * dimension)) || 0;
    const valueDimension = patterns > 0 ? Math.floor(values / (4 * patterns)) || 0 : 0;
    return {
      description: plan,
      sections: {
        vectors: 4 * patterns * dimension,
        values: 4 * patterns * valueDimension,
      },
      patterns,
      memory: patterns * (4 * widthOf(dimension) + 4 * widthOf(valueDimension) + 24),
    };
  },
};

/** Of all that is stored, or of the rows from … to − 1. */
export function encodeModern(
  plan: ModernPlan,
  { vectors, values, labels }: Stored,
  from = 0,
  to = Infinity,
): Uint8Array {
  const none = new Float32Array(0);
  const sections = [vectors.readAll(from, to), values?.readAll(from, to) ?? none];
  return encodeModel(
    { model: MODERN.model, ...plan },
    sections.map((numbers) => new Uint8Array(numbers.buffer)),
    labels.slice(from, Math.min(to, labels.length)),
  );
}
