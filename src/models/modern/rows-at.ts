/** What kernels of softmax sums are told about rows. */
import type { Address } from '../../numbers.ts';

/** Rows in linear memory, the first of them the first of a block. */
export interface RowsAt {
  readonly count: number;
  readonly width: number;
  readonly rows: Address;
  /** f32[count×valueWidth], 0 for none. */
  readonly values: Address;
  readonly valueWidth: number;
  /** f32[count], what similarities are multiplied by; 0 for 1. */
  readonly factors: Address;
  /** u8[count], 0 for rows that take no part; at address 0 all do. */
  readonly mask: Address;
  /** The number of the first block. */
  readonly first: number;
  /** Rows of codes (codes.ts), where there are any. */
  readonly codes?: Address;
  /** M of all rows; needed for codes alone. */
  readonly largestNorm?: number;
}

/** f64 of a query and a block, as the kernel has them. */
export const STATS = 6;
