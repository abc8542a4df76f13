/** Memories of sequences: one step, n = 3, from the patterns. */
import { polynomial, SequenceMemory } from '../../dist/index.js';
import { checkEqual } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const NEURONS = 1024;
const PATTERNS = 10_000;

/** @param {import('../report.mjs').Report} report */
export async function sequences(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const cues = noisyCues(patterns, NEURONS, 4);
  const columns = new Int8Array(patterns.length);
  for (let i = 0; i < NEURONS; i++) {
    for (let mu = 0; mu < PATTERNS; mu++) {
      columns[i * PATTERNS + mu] = patterns[mu * NEURONS + i];
    }
  }
  const textbook = await inTextbook('sequenceStep', { columns, cues }, { per: cues.length });
  const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
    new SequenceMemory(NEURONS, { separation: polynomial(3), backend }).store(patterns, {
      cyclic: true,
    }),
  );
  for (const [k, cue] of cues.entries()) {
    checkEqual(wasm.next(cue), textbook.result[k], 'wasm against textbook');
    if (k === 0) checkEqual(reference.next(cue), textbook.result[k], 'reference against textbook');
  }
  const numpy = await report.numpy?.open('sequence_step', {
    X: { data: Float64Array.from(patterns), shape: [PATTERNS, NEURONS] },
    cues: {
      data: Float64Array.from(cues.flatMap((cue) => [...cue])),
      shape: [cues.length, NEURONS],
    },
  });
  if (numpy) {
    const states = textbook.result.flatMap((state) => [...state]);
    checkEqual(numpy.result, states, 'numpy against textbook');
  }
  const stepAll = (memory, list) => () => {
    for (const cue of list) consume(memory.next(cue)[0]);
  };
  await report.race({
    task: `sequence, one step, n = 3, N = ${NEURONS}, P = ${PATTERNS}`,
    equal: `${cues.length} next states equal`,
    textbook: textbook.timing,
    reference: { run: stepAll(reference, cues.slice(0, 1)), runs: 2 },
    wasm: { run: stepAll(wasm, cues), per: cues.length },
    peers: numpy && { numpy: { sample: numpy.sample, per: cues.length } },
  });
}
