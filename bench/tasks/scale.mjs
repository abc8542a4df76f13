/** A million neurons, once. */
import { HopfieldNetwork } from '../../dist/index.js';
import { check, checkEqual } from '../equal.mjs';
import { noisyCues, randomPatterns } from '../inputs.mjs';
import { processorTime } from '../measure.mjs';
import { duration } from '../report.mjs';

const NEURONS = 1048576;
const PATTERNS = 1000;

/** @param {import('../report.mjs').Report} report */
export async function scale(report) {
  report.progress(`N = ${NEURONS}, P = ${PATTERNS}: making patterns`);
  const patterns = randomPatterns(NEURONS, PATTERNS);
  const [cue] = noisyCues(patterns, NEURONS, 1);
  const network = new HopfieldNetwork(NEURONS, { backend: 'wasm' });
  report.progress('storing and recalling');
  const start = processorTime();
  network.store(patterns);
  const stored = processorTime();
  const result = network.recall(cue, { seed: 1 });
  const recalled = processorTime();
  const ideal = (2 * PATTERNS * NEURONS) / 8;
  check(result.converged && result.match.index === 0, 'the cue is recalled');
  checkEqual(result.state, patterns.subarray(0, NEURONS), 'the recalled state');
  const name = `N = ${NEURONS}, P = ${PATTERNS}`;
  const took = (from, to) => duration(to - from);
  report.figure({ figure: `store, ${name}`, measured: took(start, stored), target: '' });
  report.figure({
    figure: `recall, 10 % noise, ${result.sweeps} sweeps, ${name}`,
    measured: took(stored, recalled),
    target: '',
  });
  report.figure({
    figure: `memory, ${name}`,
    measured: `${(network.bytes / 1e6).toFixed(0)} MB, ${(network.bytes / ideal).toFixed(3)} of 2·P·N/8`,
    target: '1.2 of 2·P·N/8',
    reached: network.bytes <= 1.2 * ideal,
  });
}
