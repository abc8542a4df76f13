import type { Address, Integer } from '../../numbers.ts';

/**
 * Simulated annealing of spins.
 *
 * Spins s_i = ±1 as signs; fields f_i = h_i + Σ_j J_ij s_j, of the type the kernel is named after, kept up to date
 * modulo its size, so they have to fit at the end of every flip only. Couplings are symmetric and *doubled*, 2J_ij,
 * with a zero diagonal: a matrix of that type (2J_ij modulo its size), `lda` columns a row, zero in the padding; or,
 * for `Sparse`, i32 fields and links: pairs of u32 neighbour and i32 2J, those of spin i from starts[i] up to
 * starts[i + 1] − 1, starts u32[N + 1].
 * `run` is f64 energy, f64 lowest energy, f64 target (E = −Σ_{i<j} J_ij s_i s_j − Σ_i h_i s_i), u32 sweeps made,
 * u32 1 when the run is over, u32[16] generators: word w of lane l at w·4 + l.
 */
export interface AnnealingKernels {
  /** Flips every spin that differs from i8[N] `wanted`; brings fields and the energy of the run up to date. */
  turnI8(
    run: Address,
    signs: Address,
    fields: Address,
    couplings: Address,
    wanted: Address,
    neurons: Integer,
  ): void;
  turnI16(
    run: Address,
    signs: Address,
    fields: Address,
    couplings: Address,
    wanted: Address,
    neurons: Integer,
  ): void;
  turnI32(
    run: Address,
    signs: Address,
    fields: Address,
    couplings: Address,
    wanted: Address,
    neurons: Integer,
  ): void;
  turnSparse(
    run: Address,
    signs: Address,
    fields: Address,
    starts: Address,
    links: Address,
    wanted: Address,
    neurons: Integer,
  ): void;
  /**
   * At most `sweeps` further sweeps of a run, over all spins in index order; returns how many were made.
   *
   * Sweep k is at temperature T = temperatures[k], f64[count] in integer units, each 0 or from 10⁻³⁰⁰ to 10³⁰⁰; at 0 from
   * `count` on. x = s_i f_i; a flip costs Δ = 2x. At T = 0 a spin flips when x < 0. At T > 0 each sweep draws
   * 2·⌈N/8⌉ words from every lane, spin 4q + l is given word q of lane l, and with u = max(word, 1)·2⁻³² and
   * y = Δ·(1/T) it flips, for rule 0 (Metropolis) when x < 0, when x = 0 and u < 31/32 or when x > 0 and u < e^(−y), for rule 1
   * (Glauber) when u < 1/(1 + e^y), e as `exponential`.
   *
   * After each sweep with an energy below the lowest, i8[N] `best` becomes the state. The run is over when the lowest
   * is not above the target, or a sweep from `count` on flipped nothing; no sweep is made then.
   * Scratch: u32[8].
   */
  annealI8(
    run: Address,
    signs: Address,
    best: Address,
    fields: Address,
    couplings: Address,
    temperatures: Address,
    scratch: Address,
    count: Integer,
    rule: Integer,
    sweeps: Integer,
    neurons: Integer,
  ): number;
  annealI16(
    run: Address,
    signs: Address,
    best: Address,
    fields: Address,
    couplings: Address,
    temperatures: Address,
    scratch: Address,
    count: Integer,
    rule: Integer,
    sweeps: Integer,
    neurons: Integer,
  ): number;
  annealI32(
    run: Address,
    signs: Address,
    best: Address,
    fields: Address,
    couplings: Address,
    temperatures: Address,
    scratch: Address,
    count: Integer,
    rule: Integer,
    sweeps: Integer,
    neurons: Integer,
  ): number;
  annealSparse(
    run: Address,
    signs: Address,
    best: Address,
    fields: Address,
    starts: Address,
    links: Address,
    temperatures: Address,
    scratch: Address,
    count: Integer,
    rule: Integer,
    sweeps: Integer,
    neurons: Integer,
  ): number;
}
