/** Saved networks, as `--load` and `info` read them. */

import { HopfieldNetwork, type Backend } from '../index.ts';
import { blame } from './failure.ts';
import { inputName, readInput } from './input-file.ts';

export interface LoadedNetwork {
  network: HopfieldNetwork;
  fileBytes: number;
}

/** The bytes of a file that may hold one. */
export function readSaved(path: string): Buffer {
  return blame(inputName(path), () => readInput(path, 'network'));
}

export function loadNetwork(
  path: string,
  backend: Backend = 'auto',
  bytes = readSaved(path),
): LoadedNetwork {
  return blame(inputName(path), () => {
    return { network: HopfieldNetwork.load(bytes, { backend }), fileBytes: bytes.length };
  });
}
