/**
 * Runs and times the textbook in a thread of its own, where nothing else has happened.
 *
 * That is for its sake: when a WebAssembly memory grows, its old buffer is detached, and from then on V8
 * checks in every loop over typed arrays, in the whole thread, whether the array is still there. The
 * textbook's learning loop is then 1.4 times slower.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Random } from '../dist/index.js';
import { asFloats, indices } from './inputs.mjs';
import { consume, once, time } from './measure.mjs';
import {
  annealAfresh,
  annealKept,
  contrastiveDivergence,
  countUnstable,
  cubicField,
  cubicRecall,
  daydream,
  gradedEuler,
  hebbian,
  hebbianHalf,
  listedRecall,
  listedRecallKept,
  recall,
  retrieve,
  sequenceStep,
  simplicialRecall,
  synchronousStep,
} from './textbook.mjs';

/** Each gives its result, and what is to be timed. */
const TASKS = {
  hebbian: ({ patterns, neurons }) => learning(hebbian, patterns, neurons),
  hebbianHalf: ({ patterns, neurons }) => learning(hebbianHalf, patterns, neurons),

  /** Recalls cues, by index and in the orders of seeds 0, 1, …; goes on with further seeds when timed. */
  recall({ couplings, cues }) {
    let seed = 0;
    const fall = (cue, seed) => {
      const random = new Random(seed ?? 0);
      const shuffle = seed === undefined ? undefined : (order) => random.shuffle(order);
      return recall(couplings, Float32Array.from(cue), indices(cue.length), shuffle);
    };
    return {
      result: {
        index: cues.map((cue) => fall(cue)),
        permutation: cues.map((cue, k) => fall(cue, k)),
      },
      run: () => {
        for (const cue of cues) consume(fall(cue, seed++)[0]);
      },
    };
  },

  synchronousStep({ couplings, cue }) {
    const state = Float32Array.from(cue);
    const out = new Float32Array(cue.length);
    const run = () => consume(synchronousStep(couplings, state, out)[0]);
    run();
    return { result: out.slice(), run };
  },

  /** All cues to their fixed points. */
  synchronousRecall({ couplings, cues }) {
    const fall = (cue) => {
      let state = Float32Array.from(cue);
      let next = new Float32Array(cue.length);
      while (synchronousStep(couplings, state, next).some((s, i) => s !== state[i])) {
        [state, next] = [next, state];
      }
      return state;
    };
    const result = Float32Array.from(cues.flatMap((cue) => [...fall(cue)]));
    return { result, run: () => cues.forEach((cue) => consume(fall(cue)[0])) };
  },

  gradedEuler({ couplings, u0, gain, dt, steps }) {
    const run = () => gradedEuler(couplings, u0.slice(), gain, dt, steps);
    return { result: run(), run: () => consume(run()[0]) };
  },

  /** Recalls cues of a dense memory in the orders of seeds 0, 1, …; goes on with further seeds when timed. */
  cubicRecall: ({ columns, cues }) =>
    inOrders(cues, (cue, order, shuffle) =>
      cubicRecall(columns, Float64Array.from(cue), order, shuffle),
    ),

  simplicialRecall: ({ columns, cues }) =>
    inOrders(cues, (cue, order, shuffle) =>
      simplicialRecall(columns, Float64Array.from(cue), order, shuffle),
    ),

  listedRecall: ({ pairs, triples, cues }) =>
    inOrders(cues, (cue, order, shuffle) =>
      listedRecall(pairs, triples, cue.slice(), order, shuffle),
    ),

  listedRecallKept: ({ pairs, triples, cues }) =>
    inOrders(cues, (cue, order, shuffle) =>
      listedRecallKept(pairs, triples, cue.slice(), order, shuffle),
    ),

  /** The state after each cue. */
  sequenceStep({ columns, cues }) {
    const all = () => cues.map((cue) => sequenceStep(columns, cue));
    return { result: all(), run: () => consume(all()[0][0]) };
  },

  cubicField({ patterns, cue }) {
    const state = Float64Array.from(cue);
    const run = () => consume(cubicField(patterns, state, 0));
    return { result: cubicField(patterns, state, 0), run };
  },

  /** The state that each query comes to in one step. */
  retrieve({ vectors, queries, beta }) {
    const all = () => queries.map((query) => retrieve(vectors, query, beta));
    return { result: all(), run: () => consume(all()[0][0]) };
  },

  /** The lowest energy of `checked` sweeps with the draws of run 0 of a seed; a run of `temperatures` when timed. */
  annealAfresh({ couplings, spins, temperatures, checked, seed }) {
    const anneal = (state, temperatures, random) =>
      annealAfresh(couplings, Float32Array.from(state), temperatures, random);
    return annealing(anneal, spins, temperatures, checked, seed);
  },

  annealKept({ starts, neighbours, weights, spins, temperatures, checked, seed }) {
    const anneal = (state, temperatures, random) =>
      annealKept(starts, neighbours, weights, state, temperatures, random);
    return annealing(anneal, spins, temperatures, checked, seed);
  },

  /** The error of one epoch. Digits come class by class: they are shuffled, as the machine does. */
  contrastiveDivergence({ states, visible, hidden, batch, rate }) {
    const count = states.length / visible;
    const order = new Random(1).shuffle(indices(count));
    const shuffled = new Uint8Array(states.length);
    for (const [k, from] of order.entries()) {
      shuffled.set(states.subarray(from * visible, (from + 1) * visible), k * visible);
    }
    const run = () => contrastiveDivergence(shuffled, visible, hidden, batch, rate);
    run();
    return { ...once(run), run };
  },

  /** How many bits of the patterns are unstable before and after. */
  daydream({ patterns, neurons, epochs, seed }) {
    const floats = asFloats(patterns, neurons);
    const hebb = hebbian(floats, neurons);
    const dream = () => daydream(hebb.slice(), floats, neurons, epochs, new Random(seed));
    const unstable = (W) => floats.reduce((sum, pattern) => sum + countUnstable(W, pattern), 0);
    return {
      result: { before: unstable(hebb), after: unstable(dream()) },
      run: () => consume(dream()[1]),
    };
  },
};

/** Recalls of cues in the orders of seeds 0, 1, …, which go on when timed. */
function inOrders(cues, recall) {
  let next = 0;
  const fall = (cue, seed) => {
    const random = new Random(seed);
    return recall(cue, indices(cue.length), (order) => random.shuffle(order));
  };
  return {
    result: cues.map((cue, k) => fall(cue, k)),
    run: () => {
      for (const cue of cues) consume(fall(cue, next++)[0]);
    },
  };
}

function annealing(anneal, spins, temperatures, checked, seed) {
  const lanes = [0, 1, 2, 3].map((lane) => new Random(seed, lane));
  const start = lanes[0].signs(spins);
  return {
    result: anneal(start, checked, lanesInTurn(lanes, spins)),
    run: () => consume(anneal(new Random(1).signs(spins), temperatures, Math.random)),
  };
}

/** The draws of the kernels: every spin gets one a sweep, used or not. For spins in multiples of 8. */
function lanesInTurn(lanes, spins) {
  const draws = new Float64Array(spins);
  let before = spins;
  return (i) => {
    if (i <= before) draws.forEach((_, j) => (draws[j] = lanes[j % 4].real()));
    before = i;
    return draws[i];
  };
}

function learning(learn, patterns, neurons) {
  const floats = asFloats(patterns, neurons);
  const run = () => learn(floats, neurons);
  const { result, timing } = once(run);
  return { result, timing, run: () => consume(run()[1]) };
}

/**
 * The result of a task, and its timing.
 *
 * @param {keyof typeof TASKS} task
 * @param {object} data what the task needs; a buffer named in `transfer` is lost to the caller
 * @param {{ per?: number, runs?: number, time?: number, once?: boolean }} how long to time it; with
 *   `once` its first run counts
 * @param {ArrayBuffer[]} [transfer]
 * @returns {Promise<{ result: any, timing: import('./measure.mjs').Timing }>}
 */
export function inTextbook(task, data, how, transfer = []) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { task, data, how },
      transferList: transfer,
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread) {
  const { task, data, how } = workerData;
  const { result, timing, run } = TASKS[task](data);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort.postMessage({ result, timing: how.once ? timing : await time({ run, ...how }) });
}
