/**
 * Spoilt files of every model, with checksums that are right. What is accepted is a network like any other: it saves and
 * loads to the same bytes, its energies are finite, its overlaps no larger than 1, and both backends agree. What is
 * refused is refused with an error that says what is wrong.
 *
 * Input k depends on k alone: `npm run fuzz -- 1000000 5000` tries a million from the 5000th on.
 */
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type GradedHopfieldNetwork } from '../../../src/index.ts';
import { MODELS, spoil, validFiles, type ModelName } from './files.ts';
import { isRaw } from './mutate.ts';
import { FIRST, RUNS, TIMEOUT } from './runs.ts';

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

/** Everything that can be seen of a network from a state or query. */
function facts(network: Network): unknown {
  if (network instanceof ModernHopfieldNetwork) {
    if (network.patternCount === 0) return undefined;
    const query = new Float32Array(network.dimension).fill(0.5);
    const { state, match, entropy } = network.recall(query, { steps: 2 });
    for (const x of [...state, match?.weight ?? 0, entropy]) expect(x).toSatisfy(Number.isFinite);
    const { similarity, separation } = network;
    if (similarity === 'cosine' || typeof separation === 'object') return { state, match };
    const energy = network.energy(state);
    expect(energy).toSatisfy(Number.isFinite);
    return { state, match, energy };
  }
  if ('pairs' in network) {
    const { x, y, energy, match } = network.recall(new Random(1).signs(network.xNeurons));
    expect(energy).toSatisfy(Number.isFinite);
    if (match) expect(Math.abs(match.overlap)).toBeLessThanOrEqual(1);
    return { x, y, energy, match };
  }
  const { neurons } = network;
  const state = new Random(1).signs(neurons);
  if ('gain' in network) return gradedFacts(network, state);
  if ('sequences' in network) return [...network.recall(state, { steps: 3 })];
  const energy = network.energy(state);
  expect(energy).toSatisfy(Number.isFinite);
  const overlaps = network.overlaps(state);
  for (const m of overlaps) expect(Math.abs(m)).toBeLessThanOrEqual(1);
  const { state: end, energy: last, match } = network.recall(state, { seed: 1, maxSweeps: 20 });
  expect(last).toSatisfy(Number.isFinite);
  if (match) expect(Math.abs(match.overlap)).toBeLessThanOrEqual(1);
  return { energy, overlaps, end, last, match };
}

function gradedFacts(network: GradedHopfieldNetwork, cue: Int8Array): unknown {
  const { state, energy, match } = network.recall(cue, { maxSteps: 5 });
  expect(energy).toSatisfy(Number.isFinite);
  if (match) expect(Math.abs(match.overlap)).toBeLessThanOrEqual(1);
  return { state, energy, match };
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
        const network = attempt(name, file, backends[0]);
        if (!network) continue;
        accepted++;
        const saved = network.save();
        const again = MODELS[name].load(saved, { backend: backends[1], memory: MEMORY });
        expect(again.save()).toEqual(saved);
        expect(facts(again)).toEqual(facts(network));
        const json = JSON.parse(JSON.stringify(network));
        expect(MODELS[name].fromJSON(json).save()).toEqual(saved);
      } catch (error) {
        throw new Error(`input ${k}: ${String(error)}`, { cause: error });
      }
    }
    // Some changes do no harm; if none or all were such, nothing would have been tried.
    expect(accepted).toBeGreaterThan(runs / 100);
    expect(accepted).toBeLessThan(runs / 2);
  });
});
