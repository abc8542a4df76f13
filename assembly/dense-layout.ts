/** What kernels of dense memories keep in their scratch. */

/**
 * What a kernel knows about its memory and has made of the state. It stands at the beginning of the scratch, and what its
 * addresses name behind it:
 *
 * | address | holds                                                                 |
 * | ------- | --------------------------------------------------------------------- |
 * | lanes   | f64[8], the lanes of a sum in doubles                                 |
 * | entries | i32x4[N + 1], what `fillEntries` makes for each m                     |
 * | weights | i32[8·groups], g of each pattern                                      |
 * | tables  | scratch of `fieldsBlocks`                                             |
 * | F       | f64[N + 3], where levels are made into F; without levels the table    |
 * | fields  | i32[N], Σ ξ g of every neuron                                         |
 * | list    | u32[groups], those groups of 8 patterns that matter                   |
 */
@unmanaged
export class Dense {
  lanes!: usize;
  entries!: usize;
  weights!: usize;
  tables!: usize;
  F!: usize;
  fields!: usize;
  list!: usize;
  overlapsAt!: usize;
  tableAt!: usize;
  withLevels!: bool;
  P!: u32;
  N!: u32;
  groups!: u32;
  /** The reference of the levels, F of the loudest pattern, and whether F has been made for it. */
  top!: f64;
  loud!: f64;
  made!: bool;
  /** Whether the levels fall and then rise. */
  valley!: bool;
  /**
   * Entries of F that are made: from and to, twice, the second perhaps empty. The others are 0, or of overlaps that no pattern
   * has before F is made again.
   */
  from!: i32;
  to!: i32;
  from2!: i32;
  to2!: i32;
  /** Overlaps from here to there do not matter: the longest such run. */
  quietFrom!: i32;
  quietTo!: i32;
  /** Groups of 8 patterns that matter; sums of g and d; how far the integer cost can be off. */
  listed!: u32;
  sumG!: i32;
  sumD!: i32;
  slack!: i32;
}

/** Bytes of `Dense`, rounded up. */
export const BYTES: usize = 128;

/** Entry k of F for m = 2k − N. */
@inline
export function at(own: Dense, m: i32): usize {
  return own.F + (((m + <i32>own.N) >> 1) << 3) + 8;
}

/** The larger of |A + B|/2 and |A − B|/2, which is (|A| + |B|)/2. */
@inline
export function extent(f: usize): f64 {
  const middle = load<f64>(f);
  return 0.5 * (abs(middle - load<f64>(f - 8)) + abs(load<f64>(f, 8) - middle));
}

/** Overlaps whose integers depend on a range of F. */
@inline
export function firstEntry(from: i32): i32 {
  return max(0, from - 2);
}
@inline
export function lastEntry(own: Dense, to: i32): i32 {
  return min(<i32>own.N, to);
}
