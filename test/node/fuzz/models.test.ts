/**
 * Spoilt files of every model, with checksums that are right. What is accepted is a network like any other: it saves and
 * loads to the same bytes, its energies are finite, its overlaps no larger than 1, and both backends agree. What is
 * refused is refused with an error that says what is wrong.
 *
 * Input k depends on k alone: `npm run fuzz -- 1000000 5000` tries a million from the 5000th on.
 */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../../src/boltzmann/index.ts';
import { ModernHopfieldNetwork, Random, type GradedHopfieldNetwork } from '../../../src/index.ts';
import { MODELS, spoil, validFiles, type ModelName } from './files.ts';
import { isRaw } from './mutate.ts';
import { FIRST, inTime, RUNS, TIMEOUT } from './runs.ts';

type Backend = 'wasm' | 'reference';
type Network = InstanceType<(typeof MODELS)[ModelName]>;

/** Bounds what a spoilt number may ask for, so that thousands of inputs take seconds. */
const MEMORY = 2 ** 22;

/** The network of a file, or undefined when it is refused; fails when it is refused badly. */
function attempt(name: ModelName, file: Uint8Array, backend: Backend): Network | undefined {
  try {
    return MODELS[name].load(file, { backend, memory: MEMORY });
  } catch (error) {
    if (isRaw(error)) throw error;
    return undefined;
  }
}

/** As `expect`, which is slow: it is asked only for the message. */
function expectFinite(...numbers: number[]): void {
  for (const x of numbers) if (!Number.isFinite(x)) expect(x).toSatisfy(Number.isFinite);
}

function expectOverlaps(...overlaps: (number | undefined)[]): void {
  for (const m of overlaps) {
    if (!(Math.abs(m ?? 0) <= 1)) expect(Math.abs(m!)).toBeLessThanOrEqual(1);
  }
}

function expectSame(given: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(given, wanted)) expect(given).toStrictEqual(wanted);
}

/** Everything that can be seen of a network from a state or query. */
function facts(network: Network): unknown {
  if (network instanceof ModernHopfieldNetwork) {
    if (network.patternCount === 0) return undefined;
    const query = new Float32Array(network.dimension).fill(0.5);
    const { state, match, entropy } = network.recall(query, { steps: 2 });
    expectFinite(...state, match?.weight ?? 0, entropy);
    const { similarity, separation } = network;
    if (similarity === 'cosine' || typeof separation === 'object') return { state, match };
    const energy = network.energy(state);
    expectFinite(energy);
    return { state, match, energy };
  }
  if (network instanceof RestrictedBoltzmannMachine) return machineFacts(network, network.visible);
  if (network instanceof BoltzmannMachine) return machineFacts(network, network.neurons);
  if ('pairs' in network) {
    const { x, y, energy, match } = network.recall(new Random(1).signs(network.xNeurons));
    expectFinite(energy);
    expectOverlaps(match?.overlap);
    return { x, y, energy, match };
  }
  const { neurons } = network;
  const state = new Random(1).signs(neurons);
  if ('gain' in network) return gradedFacts(network, state);
  if ('sequences' in network) return [...network.recall(state, { steps: 3 })];
  const energy = network.energy(state);
  expectFinite(energy);
  const overlaps = network.overlaps(state);
  expectOverlaps(...overlaps);
  const { state: end, energy: last, match } = network.recall(state, { seed: 1, maxSweeps: 20 });
  expectFinite(last);
  expectOverlaps(match?.overlap);
  return { energy, overlaps, end, last, match };
}

function machineFacts(
  machine: RestrictedBoltzmannMachine | BoltzmannMachine,
  units: number,
): unknown {
  const { states, means } = machine.sample({ steps: 2, seed: 1 });
  expectFinite(...means);
  const state = states.subarray(0, units);
  const energy = 'weights' in machine ? machine.freeEnergy(state) : machine.energy(state);
  expectFinite(energy);
  return { states, means, energy };
}

function gradedFacts(network: GradedHopfieldNetwork, cue: Int8Array): unknown {
  const { state, energy, match } = network.recall(cue, { maxSteps: 5 });
  expectFinite(energy);
  expectOverlaps(match?.overlap);
  return { state, energy, match };
}

/** Whether a file is accepted; fails when what it gives is no network like any other. */
function check(name: ModelName, file: Uint8Array, backends: [Backend, Backend]): boolean {
  const network = attempt(name, file, backends[0]);
  if (!network) return false;
  const saved = network.save();
  const again = MODELS[name].load(saved, { backend: backends[1], memory: MEMORY });
  expectSame(again.save(), saved);
  expectSame(facts(again), facts(network));
  const json = JSON.parse(JSON.stringify(network));
  expectSame(MODELS[name].fromJSON(json).save(), saved);
  return true;
}

const valid = await validFiles();

describe.each(Object.keys(MODELS) as ModelName[])('%s', (name) => {
  test('the files that are spoilt are valid', () => {
    for (const file of valid[name]) expect(MODELS[name].load(file).save()).toEqual(file);
  });

  test('spoilt files', { timeout: TIMEOUT }, () => {
    const runs = RUNS ?? 1000;
    let accepted = 0;
    for (let k = FIRST; k < FIRST + runs; k++) {
      const file = spoil(new Random(k), valid[name]);
      const backends: [Backend, Backend] =
        k % 2 === 0 ? ['wasm', 'reference'] : ['reference', 'wasm'];
      try {
        if (inTime(() => check(name, file, backends))) accepted++;
      } catch (error) {
        throw new Error(`input ${k}: ${String(error)}`, { cause: error });
      }
    }
    // Some changes do no harm; if none or all were such, nothing would have been tried.
    expect(accepted).toBeGreaterThan(runs / 100);
    expect(accepted).toBeLessThan(runs / 2);
  });
});
