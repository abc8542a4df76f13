/** What `hopfield info` says of Boltzmann machines. */

import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../boltzmann/index.ts';
import { openSaved } from '../../models/save-format.ts';

/** What is in a file, for JSON, and in words. */
export interface MachineFacts {
  facts: Record<string, unknown>;
  rows: [string, string][];
}

/** The machine in a saved model; undefined where it is another model, or the file is no such thing. */
export function machineFacts(bytes: Uint8Array): MachineFacts | undefined {
  const model = modelOf(bytes);
  if (model === 'RestrictedBoltzmannMachine') return restrictedFacts(bytes);
  if (model === 'BoltzmannMachine') return fullFacts(bytes);
  return undefined;
}

/** What a file says that it holds. */
function modelOf(bytes: Uint8Array): unknown {
  try {
    const { description } = openSaved(bytes);
    return (description as { model?: unknown } | null)?.model;
  } catch {
    // Whoever loads it says why.
    return undefined;
  }
}

function restrictedFacts(bytes: Uint8Array): MachineFacts {
  const machine = RestrictedBoltzmannMachine.load(bytes);
  const { visible, hidden, units, hiddenUnits, weights } = machine;
  const model = 'RestrictedBoltzmannMachine';
  const largest = largestOf(weights);
  const values = { binary: '0/1', bipolar: '±1', gaussian: 'real' };
  return {
    facts: { model, visible, hidden, units, hiddenUnits, largestWeight: largest },
    rows: [
      ['model', 'restricted Boltzmann machine'],
      ['visible units', `${visible}, ${units} (${values[units]})`],
      ['hidden units', `${hidden}, ${hiddenUnits} (${values[hiddenUnits]})`],
      ['weights', weightsText(weights.length, largest)],
    ],
  };
}

function fullFacts(bytes: Uint8Array): MachineFacts {
  const { neurons, couplings } = BoltzmannMachine.load(bytes);
  const largest = largestOf(couplings);
  return {
    facts: { model: 'BoltzmannMachine', neurons, largestCoupling: largest },
    rows: [
      ['model', 'Boltzmann machine without hidden units'],
      ['neurons', `${neurons} (±1)`],
      ['couplings', weightsText((neurons * (neurons - 1)) / 2, largest)],
    ],
  };
}

function weightsText(number: number, largest: number): string {
  return largest === 0
    ? 'all 0: nothing is learnt yet'
    : `${number}, up to ${largest.toPrecision(3)} in size`;
}

function largestOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
