/** A run of graded neurons to rest, against Euler's method with as many evaluations of the derivative. */
import { GradedHopfieldNetwork } from '../../dist/index.js';
import { check, checkClose, checkSame } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { inTextbook } from '../textbook-thread.mjs';

const NEURONS = 1000;
const PATTERNS = 50;
const GAIN = 10;
/** Euler's step, in time constants: as long as the method stays smooth. */
const DT = 0.5;

/** @param {import('../report.mjs').Report} report */
export async function graded(report) {
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const [cue] = noisyCues(patterns, NEURONS, 1);
  const u0 = Float64Array.from(cue, (x) => 0.1 * x);
  const [wasm, reference] = ['wasm', 'reference'].map((backend) =>
    new GradedHopfieldNetwork(NEURONS, { gain: GAIN, backend }).store(patterns),
  );
  const end = wasm.run(u0);
  checkSame(end, reference.run(u0), 'wasm against reference');
  check(end.converged && end.match.index === 0, 'the run comes to rest at the pattern');
  const { evaluations } = end;
  const couplings = Float32Array.from(wasm.couplings);
  const data = { couplings, u0, gain: GAIN, dt: DT, steps: evaluations };
  const textbook = await inTextbook('gradedEuler', data, { per: evaluations });
  checkClose(end.outputs, textbook.result, 1e-4, 'outputs at rest, wasm against textbook');
  const run = (network) => () => consume(network.run(u0).energy);
  await report.race({
    task: `graded run, one evaluation, N = ${NEURONS}`,
    textbook: textbook.timing,
    reference: { run: run(reference), per: evaluations },
    wasm: { run: run(wasm), per: evaluations },
    equal: `all ${NEURONS} outputs at rest agree after ${evaluations} evaluations`,
  });
}
