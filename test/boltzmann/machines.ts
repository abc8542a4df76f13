/** Machines of every kind with random parameters, and the same for the oracle. */
import { RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';
import type { Backend } from '../../src/kernels/open.ts';
import { Random } from '../../src/random.ts';
import type { Parameters } from './oracle.ts';

export const BACKENDS = ['wasm', 'reference'] as const;

export const KINDS = [
  { units: 'binary', hiddenUnits: 'binary' },
  { units: 'bipolar', hiddenUnits: 'binary' },
  { units: 'binary', hiddenUnits: 'gaussian' },
  { units: 'bipolar', hiddenUnits: 'gaussian' },
] as const;

/** Parameters that are singles, so that a machine has the very same. */
export function randomParameters(
  { units, hiddenUnits }: (typeof KINDS)[number],
  n: number,
  h: number,
  seed: number,
  size = 1,
): Parameters {
  const random = new Random(seed);
  const real = () => Math.fround((2 * random.real() - 1) * size);
  return {
    weights: Array.from({ length: n }, () => Array.from({ length: h }, real)),
    visible: Array.from({ length: n }, real),
    hidden: Array.from({ length: h }, real),
    bipolar: units === 'bipolar',
    gaussian: hiddenUnits === 'gaussian',
  };
}

export function machineOf(p: Parameters, backend: Backend = 'auto'): RestrictedBoltzmannMachine {
  return RestrictedBoltzmannMachine.fromWeights(p.weights, {
    visibleBiases: p.visible,
    hiddenBiases: p.hidden,
    units: p.bipolar ? 'bipolar' : 'binary',
    hiddenUnits: p.gaussian ? 'gaussian' : 'binary',
    backend,
  });
}

/** All parameters of a machine in a row: W, a, b. */
export function parametersOf(machine: RestrictedBoltzmannMachine): number[] {
  return [...machine.weights, ...machine.visibleBiases, ...machine.hiddenBiases];
}
