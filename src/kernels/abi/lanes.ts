import type { Address, Integer } from '../../numbers.ts';

/**
 * Simulated annealing of sixteen states of one model side by side, a lane each; every coupling is 1 or −1.
 *
 * A flip changes a field f_i = h_i + Σ_j J_ij s_j by 2, so that whether it is odd (c_i = 1) or even (c_i = 0) never changes: what is kept
 * is F_i = (f_i − c_i)/2, from −128 to 127 whatever the state. What there is sixteenfold has that of lane l at 16·i + l:
 *
 * | block    | elements    | what                                                                                             |
 * | -------- | ----------- | ------------------------------------------------------------------------------------------------ |
 * | `masks`  | i8[N][16]   | the states: 0 for s_i = +1, −1 for s_i = −1                                                      |
 * | `best`   | i8[N][16]   | the state of each lane at its lowest energy                                                      |
 * | `fields` | i8[N][16]   | F_i                                                                                              |
 * | `odd`    | i8[N]       | −c_i                                                                                             |
 * | `starts` | u32[2N + 1] | links of spin i with J = 1 are starts[2i] … starts[2i + 1] − 1, with J = −1 from there to starts[2i + 2] − 1 |
 * | `links`  | u32[]       | 16·j for neighbour j                                                                             |
 *
 * `run` is a block of these numbers:
 *
 * | byte | type    | what                                         | byte | type    | what                  |
 * | ---- | ------- | -------------------------------------------- | ---- | ------- | --------------------- |
 * | 0    | u32[16] | word w of generator g at 4w + g              | 192  | i32[16] | targets               |
 * | 64   | i32[16] | energies −Σ_{i<j} J_ij s_i s_j − Σ_i h_i s_i | 256  | u32     | sweeps made           |
 * | 128  | i32[16] | lowest energies                              | 260  | u32     | 1 when the run is over |
 */
export interface LaneKernels {
  /** Flips every spin that differs from i8[N][16] `wanted`; brings fields and energies up to date. */
  turnLanes(
    run: Address,
    masks: Address,
    fields: Address,
    odd: Address,
    starts: Address,
    links: Address,
    wanted: Address,
    spins: Integer,
  ): void;
  /**
   * At most `sweeps` further sweeps of all lanes, over all spins in index order; returns how many were made.
   *
   * Sweep k is at temperature T = temperatures[k], f64[count], each 0 or from 10⁻³⁰⁰ to 10³⁰⁰; at 0 from `count` on. x = s_i f_i;
   * a flip costs 2x. At T = 0 a spin flips when x < 0. At T > 0 its chance is P(x) of 2²⁴ parts, with q = e^(−2/T) by
   * `exponential` and q^x the product from the left: for rule 0 (Metropolis) all of them when x < 0,
   * P(0) = 31·2¹⁹, and P(x) = ⌊2²⁴ q^x⌋; for rule 1 (Glauber) P(x) = ⌊2²⁴ q^x/(1 + q^x)⌋ when x ≥ 0, and 2²⁴ − P(−x) otherwise.
   * No P is above 2²⁴ − 1, and `most` is the largest x of at most 255 with P(x) > 0, or 0.
   *
   * A spin whose x is above `most` in all lanes is passed by. Otherwise each generator gives a word, and of the sixteen bytes,
   * lowest first, each lane takes one: byte l & 3 of generator l >> 2. It is compared with the upper byte of P(|x|); when in some
   * lane that is undecided both are equal, each generator gives one more for the next byte, three at most; equal to the end is not
   * below. Lanes with x < 0 under rule 0, or |x| > `most`, need no comparison.
   *
   * Why not all of 2²⁴ for x = 0: where moves that cost nothing are always made, the walls between parts of a ring all go along
   * with the sweep, keep their distances and never meet. One refusal in 32 lets them, and costs nothing elsewhere (measured).
   *
   * After each sweep every lane with an energy below its lowest keeps its state in `best`. The run is over when a lowest energy
   * is not above the target of its lane, or a sweep from `count` on flipped nothing; no sweep is made then.
   * Scratch: LANES_SCRATCH bytes.
   */
  annealLanes(
    run: Address,
    masks: Address,
    best: Address,
    fields: Address,
    odd: Address,
    starts: Address,
    links: Address,
    temperatures: Address,
    scratch: Address,
    count: Integer,
    rule: Integer,
    sweeps: Integer,
    spins: Integer,
  ): number;
}
