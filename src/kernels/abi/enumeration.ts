import type { Address, Integer } from '../../numbers.ts';

/**
 * All states of spins, E(s) = −½ Σ_ij J_ij s_i s_j − Σ_i h_i s_i in integers that doubles hold exactly.
 *
 * The first four spins go through their sixteen states within a step, the others change by one a step, in the order of the
 * reflected Gray code: after step k (the first is step 0) spin 4 + i is down where bit i of k ^ (k >> 1) is set. Of the states
 * of the four, number b has spin i down where its bit i is set. All other spins are up.
 *
 * | block       | elements                  | what                                                        |
 * | ----------- | ------------------------- | ----------------------------------------------------------- |
 * | `fields`    | f64[lda]                  | h_i + Σ_j J_ij s_j over j from 4 on; lda = N rounded up to 2 |
 * | `couplings` | N − 4 rows of f64[lda]    | 2 J_ij of spin i = 4, 5 …; J_ii = 0, zeros in the padding   |
 * | `table`     | f64[16]                   | energies of the couplings among the four, state by state    |
 *
 * One enumeration is a block of these numbers:
 *
 * | byte | type | what                                             | byte | type | what                       |
 * | ---- | ---- | ------------------------------------------------ | ---- | ---- | -------------------------- |
 * | 0    | f64  | energy of the spins from 4 on, among themselves  | 20   | u32  | step of the lowest energy  |
 * | 8    | f64  | lowest energy so far; +∞ at first                | 24   | u32  | state of the four there    |
 * | 16   | u32  | steps made                                       |      |      |                            |
 */
export interface EnumerationKernels {
  /** Makes `steps` more steps. Of equal energies the first is kept. `spins` is N, 4 or more. */
  enumerateSpins(
    run: Address,
    fields: Address,
    couplings: Address,
    table: Address,
    steps: Integer,
    spins: Integer,
  ): void;
}
