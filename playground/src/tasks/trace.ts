/** A whole recall, step by step: what is played, scrubbed and compared. */
import { classify, type Kind, ModernHopfieldNetwork } from 'hopfield-wasm';
import type { State } from '../state.ts';
import { type Asked, memoryOf } from './memories.ts';

/** What a recall came to, for `texts.ts` to say. */
export interface Verdict {
  kind: Kind['kind'] | 'average' | 'cycle' | 'empty';
  /** Indices of the patterns that it is, or is made of. */
  of: number[];
  signs: number[];
  /** With the pattern or mixture; of `other` the largest with any. Of modern memories, see `weight`. */
  overlap: number;
  /** The weight of what weighs most, in modern memories. */
  weight?: number;
  /** The pattern that the cue is most like, where that is another one. */
  expected?: number;
  /** Length of the cycle. */
  period?: number;
}

export interface Trace {
  neurons: number;
  cue: Int8Array;
  /** The neuron that turned in each step, where one does; step 0 is the cue, and none. */
  turned?: Int32Array;
  /** Else all states, one after the other. */
  states?: Float32Array;
  /** One a step, that of the cue first; NaN where there is none. */
  energies: Float64Array;
  /** Sweeps made until after each step. */
  sweeps: Int32Array;
  verdict: Verdict;
  flips: number;
  /** Sweeps in all, the last, quiet one included. */
  made: number;
  converged: boolean;
  backend: string;
  /** What the code of `code.ts` prints. */
  result: object;
}

export type Question = Asked & Pick<State, 'cue' | 'seed' | 'update'>;

/** Updates of a modern memory at most. */
export const MODERN_STEPS = 30;

export async function trace(question: Question): Promise<Trace> {
  const memory = await memoryOf(question);
  if (memory instanceof ModernHopfieldNetwork) return modern(memory, question);
  const { cue, seed, update } = question;
  const neurons = cue.length;
  const every = update === 'synchronous' ? 'sweep' : 'flip';
  const turned: number[] = [];
  const states: Int8Array[] = [];
  const energies: number[] = [];
  const sweeps: number[] = [];
  for (const step of memory.trajectory(cue, { seed, update, every })) {
    if (every === 'flip') turned.push(step.neuron ?? -1);
    else states.push(step.state);
    energies.push(step.energy);
    sweeps.push(step.sweep);
  }
  const {
    state,
    energy,
    period,
    converged,
    flips,
    sweeps: made,
  } = memory.recall(cue, { seed, update });
  sweeps[sweeps.length - 1] = made;
  const kind = classify(memory, state);
  const first = memory.patternCount === 0 ? -1 : nearest(memory.overlaps(cue));
  const verdict: Verdict = memory.patternCount === 0 ? { ...kind, kind: 'empty' } : kind;
  if (period !== undefined && period > 1) Object.assign(verdict, { kind: 'cycle', period });
  if (kind.kind === 'stored' && kind.of[0] !== first) verdict.expected = first;
  return {
    neurons,
    cue,
    ...(every === 'flip'
      ? { turned: Int32Array.from(turned) }
      : { states: joined(states, neurons) }),
    energies: Float64Array.from(energies),
    sweeps: Int32Array.from(sweeps),
    verdict,
    flips,
    made,
    converged,
    backend: memory.backend,
    result: { energy, flips, sweeps: made, ...kind },
  };
}

/** Whole states, by updates of all numbers at once. */
function modern(memory: ModernHopfieldNetwork, { cue, patterns }: Question): Trace {
  const neurons = cue.length;
  const states: Float32Array[] = [Float32Array.from(cue)];
  let converged = patterns.length === 0;
  while (!converged && states.length <= MODERN_STEPS) {
    const next = memory.recall(states.at(-1)!);
    states.push(next.state);
    ({ converged } = next);
  }
  const state = states.at(-1)!;
  return {
    neurons,
    cue,
    states: joined(states, neurons),
    energies: Float64Array.from(states, (one) => (patterns.length > 0 ? memory.energy(one) : NaN)),
    sweeps: Int32Array.from(states.keys()),
    verdict:
      patterns.length > 0
        ? modernVerdict(memory, state, cue)
        : { kind: 'empty', of: [], signs: [], overlap: 0 },
    flips: state.filter((v, i) => v > 0 !== cue[i] > 0).length,
    made: states.length - 1,
    converged,
    backend: memory.backend,
    result: modernResult(memory, cue),
  };
}

function modernResult(memory: ModernHopfieldNetwork, cue: Int8Array): object {
  const { state, steps, match } = memory.recall(cue, { steps: MODERN_STEPS });
  return { energy: memory.patternCount > 0 ? memory.energy(state) : null, steps, match };
}

/** One pattern that weighs nearly all, or those that weigh nearly all together. */
function modernVerdict(
  memory: ModernHopfieldNetwork,
  state: Float32Array,
  cue: Int8Array,
): Verdict {
  const { indices, weights } = memory.attention(state);
  let whole = 0;
  let count = 0;
  while (whole < 0.95 && count < indices.length) whole += weights[count++];
  const of = Array.from(indices.slice(0, count));
  const expected = memory.attention(cue, { top: 1 }).indices[0];
  const verdict: Verdict = {
    kind: count === 1 ? 'stored' : 'average',
    of,
    signs: of.map(() => 1),
    overlap: 1,
    weight: weights[0],
  };
  return count === 1 && of[0] !== expected ? { ...verdict, expected } : verdict;
}

function nearest(overlaps: Float64Array): number {
  return overlaps.reduce((best, m, k) => (m > overlaps[best] ? k : best), 0);
}

function joined(states: readonly ArrayLike<number>[], neurons: number): Float32Array {
  const all = new Float32Array(states.length * neurons);
  for (const [k, state] of states.entries()) all.set(state, k * neurons);
  return all;
}

/** The last step of a trace, and one that is there. */
export const lastStep = ({ energies }: Trace) => energies.length - 1;
export const stepOf = (trace: Trace, step: number) => Math.max(0, Math.min(step, lastStep(trace)));

/** The state after a step. */
export function stateAt(
  { cue, turned, states, neurons }: Trace,
  step: number,
): Float32Array | Int8Array {
  if (states) return states.subarray(step * neurons, (step + 1) * neurons);
  const state = cue.slice();
  for (let k = 1; k <= step; k++) state[turned![k]] *= -1;
  return state;
}
