/** What a Potts model is given. */
import type { Backend } from '../../kernels/open.ts';
import type { PairColumns, PottsPair } from './read.ts';

export interface PottsOptions {
  /** What it costs to turn each variable on. Default 0. */
  costs?: ArrayLike<number>;
  /** What it costs when two variables are both on; both orders are the same pair, repeated ones add up. Default none. */
  pairs?: readonly PottsPair[] | PairColumns;
  /** Added to every energy. Default 0. */
  offset?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}
