/** Saved networks, as `--load` and `info` read them. */

import { HopfieldNetwork, type Backend } from '../index.ts';
import { blame } from './failure.ts';
import { inputName, readInput } from './input-file.ts';

export interface LoadedNetwork {
  network: HopfieldNetwork;
  fileBytes: number;
}

export function loadNetwork(path: string, backend: Backend = 'auto'): LoadedNetwork {
  return blame(inputName(path), () => networkOf(readInput(path, 'network'), backend));
}

export function networkOf(bytes: Uint8Array, backend: Backend = 'auto'): LoadedNetwork {
  return { network: HopfieldNetwork.load(bytes, { backend }), fileBytes: bytes.length };
}
