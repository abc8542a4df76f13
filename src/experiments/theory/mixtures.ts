/**
 * Mixtures of n patterns with equal overlaps, at loads that go to 0 (Amit, Gutfreund & Sompolinsky 1985, Physical Review A 32,
 * 1007). With z the sum of n random signs: m = ⟨z tanh βmz⟩/n, E/N = −n m²/2.
 */
import { tanh } from '../../elementary.ts';
import { passage } from './gaussian.ts';

/** Probabilities of the sums n, n − 2, …, down to 1 or 0; those below 0 are alike. */
function sums(n: number): { z: number; probability: number }[] {
  const found: { z: number; probability: number }[] = [];
  let probability = 1;
  for (let k = 0; k < n; k++) probability /= 2;
  for (let k = 0; n - 2 * k >= 0; k++) {
    found.push({ z: n - 2 * k, probability });
    probability = (probability * (n - k)) / (k + 1);
  }
  return found;
}

export interface Mixture {
  /** Overlap with each of the n patterns. */
  overlap: number;
  /** Energy for each neuron: −½ for one pattern at T = 0. */
  energy: number;
  /** Whether it is a local minimum of the free energy. */
  stable: boolean;
}

/**
 * @param n - patterns, odd: even mixtures are never stable
 * @param temperature - 0 or more, below 1
 */
export function mixture(n: number, temperature = 0): Mixture {
  const levels = sums(n);
  const response = (x: number) => (temperature === 0 ? 1 : tanh(x / temperature));
  const field = (m: number) =>
    levels.reduce((sum, { z, probability }) => sum + 2 * probability * z * response(m * z), 0) / n;
  const overlap = passage((m) => field(m) - m, 1e-9, 1);
  let q = 0;
  let cross = 0;
  for (const { z, probability } of levels) {
    const square = response(overlap * z) ** 2;
    const twice = z === 0 ? probability : 2 * probability;
    q += twice * square;
    // ⟨ξ¹ξ²⟩ at a given sum.
    cross += n < 2 ? 0 : (twice * square * (z * z - n)) / (n * (n - 1));
  }
  // Eigenvalues of the free energy's curvature: among the patterns of the mixture, and towards others.
  const [among, others] = [temperature - (1 - q) - cross, temperature - (1 - q)];
  const stable = n % 2 === 1 && (temperature === 0 || (among > 0 && others > 0));
  return { overlap, energy: (-n * overlap * overlap) / 2, stable };
}

/** The temperature up to which mixtures of n patterns are stable: 0.460 for 3. */
export function mixtureTemperature(n: number): number {
  return passage((temperature) => (mixture(n, temperature).stable ? 1 : -1), 1e-3, 1);
}
