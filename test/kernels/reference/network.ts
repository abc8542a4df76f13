/** A network on plain arrays, for the dynamics of kernels. */
import { list } from '../cases.ts';
import type { OnDesk } from './on-desk.ts';

export const NO_LIMIT = 4_294_967_295;

/** A network on plain arrays: J_ij acts from i on j. */
export interface Network {
  couplings: number[][];
  thresholds: number[];
  shift: number;
  state: number[];
}

export function field({ couplings, thresholds, shift, state }: Network, j: number): number {
  const sum = state.reduce((total, s, i) => total + s * couplings[i][j], 0);
  return sum * 2 ** shift - thresholds[j];
}

export function fieldsOf(network: Network): number[] {
  return network.state.map((_, j) => field(network, j));
}

export function someThresholds(on: OnDesk, neurons: number): number[] {
  return list(neurons, () => on.desk.integer(-3, 3));
}
