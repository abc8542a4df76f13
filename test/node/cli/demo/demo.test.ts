/** The demo, from end to end, and the textbook code that it times. */
import { expect, test } from 'vitest';
import { demo } from '../../../../src/cli/demo/demo.ts';
import { textbookRecall, textbookWeights } from '../../../../src/cli/demo/textbook.ts';
import { HopfieldNetwork, Random } from '../../../../src/index.ts';
import { paper } from '../workplace.ts';

test('textbook code has the couplings and reaches the states of the package', () => {
  const random = new Random(1);
  const patterns = Array.from({ length: 9 }, () => random.signs(128));
  const network = new HopfieldNetwork(128).store(patterns);
  const weights = textbookWeights(patterns);
  expect(Float32Array.from(weights)).toEqual(network.couplings);
  for (let k = 0; k < 20; k++) {
    const cue = random.signs(128);
    expect(textbookRecall(weights, cue)).toEqual(network.recall(cue, { order: 'index' }).state);
  }
});

test('the demo brings the digits back, within 80 columns', async () => {
  const [stdout, stderr] = [paper(), paper()];
  await demo({ stdout, stderr, env: {} }, { patience: 1 });
  expect(stderr.text).toBe('');
  const lines = stdout.text.split('\n');
  for (const line of lines) expect(Array.from(line).length).toBeLessThan(80);
  const exact = ' 1.00'.repeat(10);
  const rows = lines.map((line) => line.trim().replace(/ +/g, ' '));
  for (const title of ['projection', 'daydreaming']) {
    expect(rows.filter((row) => row === title + exact)).toHaveLength(2);
  }
  const hebb = rows.filter((row) => /^Hebb( 0\.\d\d){10}$/.test(row));
  expect(hebb).toHaveLength(2);
  // One answer to everything: the table says the same of noise and of covered halves.
  expect(hebb[0]).toBe(hebb[1]);
  expect(stdout.text).toMatch(/textbook JavaScript.* µs\n.*reference.* µs.*\n.*WebAssembly.* µs/);
});
