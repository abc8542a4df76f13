import type { Address, Integer } from '../../numbers.ts';

/** Mean field of spins. */
export interface AverageKernels {
  /**
   * Sweeps at the temperatures f64[sweeps]: V_i = tanh(h_i/T) for i = 0, 1, … in turn, 0 where h_i = 0,
   * h_i = extra_i + Σ_k weights[k]·V_neighbours[k] over starts[i] ≤ k < starts[i + 1]. Four sums, over
   * k − starts[i] = 0, 1, 2, 3 modulo 4, are added as (s₀ + s₂) + (s₁ + s₃), then extra_i. `averages` is f64[spins],
   * `extra` and `weights` i32, `starts` and `neighbours` u32.
   */
  averageSweeps(
    averages: Address,
    starts: Address,
    neighbours: Address,
    weights: Address,
    extra: Address,
    temperatures: Address,
    sweeps: Integer,
    spins: Integer,
  ): void;
}
