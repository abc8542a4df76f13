/**
 * A prototype that was never stored, from noisy examples of it: K prototypes of N neurons, s examples of each, whose bits are
 * right with probability (1 + r)/2, Hebbian couplings of the examples.
 *
 * Where k of s examples have neuron i right, the field of one step from the prototype is r(2k − s) times the bit, with Gaussian
 * crosstalk of variance (K/N)(s + s(s − 1) r⁴) from the other prototypes.
 */
import { exp, ln } from '../../elementary.ts';
import { normalBelow } from './gaussian.ts';

/**
 * The share of wrong bits after one synchronous step from the prototype:
 * Σ_k Bin(k; s, (1 + r)/2) Φ(−r(2k − s)/√((K/N)(s + s(s − 1) r⁴))). About s steps.
 *
 * @param examples - s, of each prototype
 * @param quality - r, the overlap of an example with its prototype, above 0, below 1
 * @param load - K/N, prototypes for each neuron
 */
export function prototypeErrors(examples: number, quality: number, load: number): number {
  const fourth = quality * quality * quality * quality;
  const crosstalk = Math.sqrt(load * (examples + examples * (examples - 1) * fourth));
  const odds = ln((1 + quality) / (1 - quality));
  // ln of the probability of k right ones; k = 0 first.
  let weight = examples * ln((1 - quality) / 2);
  let errors = 0;
  for (let k = 0; k <= examples; k++) {
    errors += exp(weight) * normalBelow((-quality * (2 * k - examples)) / crosstalk);
    if (k < examples) weight += ln((examples - k) / (k + 1)) + odds;
  }
  return errors;
}

/**
 * The same for many examples, where k is Gaussian too: Φ(−1/√(ρ + α(1 + (1 − r⁴)/(s r⁴)))), ρ = (1 − r²)/(s r²). It says what
 * is needed: s well above 1/r⁴ and 1/r².
 */
export function prototypeErrorsOfMany(examples: number, quality: number, load: number): number {
  const square = quality * quality;
  const scatter = (1 - square) / (examples * square);
  const fourth = square * square;
  const crosstalk = load * (1 + (1 - fourth) / (examples * fourth));
  return normalBelow(-1 / Math.sqrt(scatter + crosstalk));
}
