/** Recalls of a modern network as callers get them: queries written to memory and followed, results put together. */
import { withLabel } from '../match.ts';
import { enterLabel } from '../recall-many.ts';
import type { Attended } from './attended.ts';
import { energiesOf } from './energy.ts';
import { largestOf } from './largest.ts';
import { squaresOf } from './norms.ts';
import type { ModernPlan, RetrievalPlan } from './options.ts';
import { followAll, type End, type RecallSetting } from './recall.ts';
import type { ModernManyResult, ModernMatch, ModernResult } from './results.ts';
import { checkNorm } from './similarity.ts';
import { writeVector, type Vector } from './vectors.ts';

/** Writes vector k of those taken where it is told, checked. */
export function writerOf(
  { machine, stored, retrieval }: RecallSetting,
  network: ModernPlan,
  list: readonly Vector[],
  name: (k: number) => string,
): (k: number, address: number) => void {
  return (k, address) => {
    writeVector(machine.memory.views, address, list[k], network.dimension, name(k));
    const [square] = squaresOf(machine, address, 1, stored.vectors.width);
    checkNorm(network, Math.sqrt(square), retrieval.members.largestNorm, name(k));
  };
}

export function recallOne(
  setting: RecallSetting,
  network: ModernPlan,
  plan: RetrievalPlan,
  query: Vector,
): ModernResult {
  let end: End | undefined;
  let top: ModernMatch[] | undefined;
  const write = writerOf(setting, network, [query], () => 'query');
  followAll(setting, 1, plan, write, (_, found) => {
    end = found;
    if (plan.top > 0) top = largest(setting, found.query, plan.top);
  });
  const { state, value, steps, converged, attended } = end!;
  const { entropy, nothing } = attended;
  const match = matchOf(setting, attended);
  const result: ModernResult = { state, value, steps, converged, match, entropy };
  if (network.nothing !== undefined) result.nothing = nothing;
  if (plan.energy) result.energy = stateEnergies(setting, network, state)[0];
  if (top) result.top = top;
  if (attended.read) result.read = { ...attended.read };
  return result;
}

export function recallAll(
  setting: RecallSetting,
  network: ModernPlan,
  plan: RetrievalPlan,
  list: readonly Vector[],
  name: (k: number) => string,
): ModernManyResult {
  const { dimension } = network;
  const count = list.length;
  const valueDimension = setting.retrieval.values?.dimension;
  const result: ModernManyResult = {
    states: new Float32Array(count * dimension),
    values: valueDimension ? new Float32Array(count * valueDimension) : undefined,
    steps: new Uint32Array(count),
    converged: new Uint8Array(count),
    matches: { indices: new Int32Array(count), weights: new Float64Array(count) },
    entropies: new Float64Array(count),
  };
  if (network.nothing !== undefined) result.nothing = new Float64Array(count);
  if (plan.error !== undefined) {
    result.read = { rows: new Uint32Array(count), bounds: new Float64Array(count) };
  }
  const tops: ModernMatch[][] = [];
  followAll(setting, count, plan, writerOf(setting, network, list, name), (k, end) => {
    const { attended } = end;
    result.states.set(end.state, k * dimension);
    if (end.value) result.values!.set(end.value, k * end.value.length);
    result.steps[k] = end.steps;
    result.converged[k] = Number(end.converged);
    const match = matchOf(setting, attended);
    result.matches.indices[k] = match?.index ?? -1;
    result.matches.weights[k] = match?.weight ?? 0;
    enterLabel(result.matches, k, match?.label);
    result.entropies[k] = attended.entropy;
    if (result.nothing) result.nothing[k] = attended.nothing;
    if (result.read && attended.read) {
      result.read.rows[k] = attended.read.rows;
      result.read.bounds[k] = attended.read.bound;
    }
    if (plan.top > 0) tops[k] = largest(setting, end.query, plan.top);
  });
  if (plan.energy) result.energies = stateEnergies(setting, network, result.states);
  if (plan.top > 0) result.tops = tops;
  return result;
}

/** What is stored, something. */
export function filled(setting: RecallSetting): RecallSetting {
  if (setting.retrieval.members.count === 0) throw new Error('nothing is stored');
  return setting;
}

/** Energies of states that recall has come to, one after the other. */
function stateEnergies(
  setting: RecallSetting,
  network: ModernPlan,
  states: Float32Array,
): Float64Array {
  const { dimension } = network;
  const { machine } = setting;
  return energiesOf(filled(setting), network, states.length / dimension, (k, address) => {
    const state = states.subarray(k * dimension, (k + 1) * dimension);
    writeVector(machine.memory.views, address, state, dimension, 'state');
  });
}

/** The row that weighs most; undefined where none has any weight, or nothing has more. */
function matchOf(
  { stored }: RecallSetting,
  { index, weight, nothing }: Attended,
): ModernMatch | undefined {
  return index < 0 || nothing > weight ? undefined : withLabel({ index, weight }, stored);
}

/** The rows that weigh most for the query at an address, the largest weight first. May move memory. */
function largest({ retrieval, stored }: RecallSetting, query: number, top: number): ModernMatch[] {
  const { indices, weights } = retrieval.weights(query);
  return Array.from(largestOf(weights, top), (k) =>
    withLabel({ index: indices[k], weight: weights[k] }, stored),
  );
}
