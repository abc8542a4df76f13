/**
 * Machines as files: what they are, and their parameters.
 *
 * Sections of a restricted machine: N×H f32 (little-endian) of W, N of a, H of b; of a fully visible one: N×N of J, N of b.
 */
import { checkNeurons } from '../checks.ts';
import { encodeModel } from '../models/save-format.ts';
import type { Format } from '../models/saved-model.ts';
import { planMachine, type MachinePlan } from './options.ts';

export const RESTRICTED: Format<MachinePlan> = {
  model: 'RestrictedBoltzmannMachine',
  expect({ visible, hidden, units, hiddenUnits }) {
    const description = planMachine(visible, hidden, { units, hiddenUnits });
    const [n, h] = [description.visible, description.hidden];
    const sections = { weights: 4 * n * h, visibleBiases: 4 * n, hiddenBiases: 4 * h };
    return { description, sections, patterns: 0, memory: 4 * (n * h + n + h) };
  },
};

export const FULL: Format<{ readonly neurons: number }> = {
  model: 'BoltzmannMachine',
  expect({ neurons }) {
    const n: number = checkNeurons(neurons);
    const sections = { couplings: 4 * n * n, biases: 4 * n };
    return { description: { neurons: n }, sections, patterns: 0, memory: 4 * n * (n + 1) };
  },
};

export function encodeMachine<D extends object>(
  format: Format<D>,
  description: D,
  sections: readonly Float32Array[],
): Uint8Array {
  return encodeModel(
    { model: format.model, ...description },
    sections.map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
  );
}
