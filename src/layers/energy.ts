/** Energies of states among stored patterns (Ramsauer et al. 2020, eq. 2), in double precision. */
import { exp, ln } from '../elementary.ts';
import type { MatrixView, Pass } from './arena.ts';

/** What one state sees: t of each pattern, β·(its score) + mask, and the patterns' squared lengths. */
export class Sight {
  #count = 0;
  #largest = -Infinity;
  #square = 0;
  readonly #t: number[] = [];

  /** Adds a pattern; −infinity leaves it out. */
  add(t: number, square: number): void {
    if (t === -Infinity) return;
    this.#t[this.#count++] = t;
    if (t > this.#largest) this.#largest = t;
    if (square > this.#square) this.#square = square;
  }

  /**
   * −β⁻¹ ln Σ_μ e^(t_μ) + ½‖q‖², the sum over what is seen (nothing: without it), and for `whole` β⁻¹ ln P + ½M², which
   * bring it to 0 or above; P counts what is seen, M is its largest length.
   *
   * @param square - ‖q‖²
   */
  energy(beta: number, square: number, whole: boolean): number {
    if (this.#count === 0) return square / 2;
    let sum = 0;
    for (let j = 0; j < this.#count; j++) sum += exp(this.#t[j] - this.#largest);
    const energy = square / 2 - (this.#largest + ln(sum)) / beta;
    return whole ? energy + ln(this.#count) / beta + this.#square / 2 : energy;
  }

  clear(): void {
    this.#count = 0;
    this.#largest = -Infinity;
    this.#square = 0;
  }
}

/** Energies of `states` rows q among the rows k of one head, into `energies` from `from` on. */
export function headEnergies(
  energies: Float32Array,
  from: number,
  pass: Pass,
  q: MatrixView,
  k: MatrixView,
  mask: number,
  maskStep: number,
  { beta, states, stored, width }: { beta: number; states: number; stored: number; width: number },
): void {
  const row = ({ address, row }: MatrixView, i: number) => pass.view(address + 4 * i * row, width);
  const sight = new Sight();
  for (let i = 0; i < states; i++) {
    const state = row(q, i);
    const added = mask && pass.view(mask + 4 * i * maskStep, stored);
    sight.clear();
    for (let j = 0; j < stored; j++) {
      const pattern = row(k, j);
      const t = beta * product(state, pattern);
      sight.add(added ? t + added[j] : t, product(pattern, pattern));
    }
    energies[from + i] = sight.energy(beta, product(state, state), true);
  }
}

/** Σ_d a_d·b_d in doubles. */
function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
