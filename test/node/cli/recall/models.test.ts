/** `hopfield recall --model`: memories of signs other than the classical one. */
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  exponential,
  polynomial,
  rectifiedPolynomial,
  SimplicialHopfieldNetwork,
} from '../../../../src/index.ts';
import { MODELS, SEPARATIONS } from '../../../../src/cli/recall/models.ts';
import { asText, PATTERNS, workplace } from '../workplace.ts';

const { hopfield } = workplace();
const recall = async (...args: string[]) =>
  JSON.parse((await hopfield('recall', 'patterns.dat', ...args, '--json')).stdout);

describe('is the memory of the library', () => {
  const neurons = 64;
  test.each([
    ['dense', [], new DenseAssociativeMemory(neurons)],
    [
      'dense',
      ['--separation', 'polynomial:4'],
      new DenseAssociativeMemory(neurons, { separation: polynomial(4) }),
    ],
    [
      'dense',
      ['--separation', 'rectified-polynomial'],
      new DenseAssociativeMemory(neurons, { separation: rectifiedPolynomial(3) }),
    ],
    [
      'dense',
      ['--separation', 'exponential:0.5'],
      new DenseAssociativeMemory(neurons, { separation: exponential(0.5) }),
    ],
    ['simplicial', [], new SimplicialHopfieldNetwork(neurons)],
    [
      'simplicial',
      ['--dimension', '1', '--exponential', '0.5'],
      new SimplicialHopfieldNetwork(neurons, { dimension: 1, exponential: 0.5 }),
    ],
  ])('%s %j', async (model, options, network) => {
    network.store(PATTERNS);
    const document = await recall('--model', model, ...options, '--seed', '4', '--noise', '40');
    expect(document.network).toMatchObject({ model, neurons, patterns: 4, backend: 'wasm' });
    for (const { cue, state, after, sweeps, flips } of document.recalls) {
      const signs = Int8Array.from(cue as string, (c) => (c === '*' ? 1 : -1));
      const result = network.recall(signs, { seed: 4 });
      expect(state).toBe(asText(result.state));
      expect(after.energy).toBe(result.energy);
      expect([sweeps, flips]).toEqual([result.sweeps, result.flips]);
    }
  });
});

test('the report says which memory it is', async () => {
  const first = async (...args: string[]) =>
    (await hopfield('recall', 'patterns.dat', '--seed', '1', ...args)).stdout.split('\n')[0];
  const head = 'patterns.dat: 4 patterns in 8 × 8 = 64 neurons';
  expect(await first('--model', 'dense')).toBe(
    `${head}, dense associative memory, polynomial separation of degree 3`,
  );
  expect(await first('--model', 'simplicial', '--exponential', '2')).toBe(
    `${head}, simplicial Hopfield network of dimension 2, exponential with β = 2`,
  );
});

describe('options of other models are refused', () => {
  test.each([
    [['--model', 'dense', '--rule', 'storkey'], '--rule belongs to --model classical, not dense'],
    [['--model', 'dense', '--margin', '1'], '--margin belongs to --model classical, not dense'],
    [['--model', 'simplicial', '--save', 'x'], '--save belongs to --model classical'],
    [['--separation', 'exponential'], '--separation belongs to --model dense, modern or sequence'],
    [['--model', 'dense', '--dimension', '2'], '--dimension belongs to --model simplicial'],
    [['--model', 'simplicial', '--beta', '2'], '--beta belongs to --model modern, not simplicial'],
    [['--model', 'modern', '--clamp'], '--clamp belongs to --model classical, dense or simplicial'],
    [['--model', 'modern', '--luminance', '3'], '--luminance belongs to --model classical'],
    [
      ['--model', 'dense', '--separation', 'softmax'],
      '--separation softmax: expected polynomial, rectified-polynomial or exponential for --model dense',
    ],
    [
      ['--model', 'modern', '--separation', 'softmax:2'],
      '--separation softmax:2: softmax has no parameter',
    ],
    [
      ['--model', 'modern', '--separation', 'log-sum-relu'],
      '--separation log-sum-relu needs a radius, such as log-sum-relu:10',
    ],
    [['--model', 'dense', '--nothing', '1'], '--nothing belongs to --model modern, not dense'],
    [['--model', 'dense', '--separation', 'polynomial:1'], 'degree is 1, expected an integer'],
    [['--model', 'dense', '--separation', 'a:1:2'], 'Expected NAME, or NAME:NUMBER.'],
  ])('%j', async (options, complaint) => {
    const { status, stdout, stderr } = await hopfield('recall', 'patterns.dat', ...options);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(complaint);
  });
});

test('the help names them all', async () => {
  const { stdout } = await hopfield('recall', '--help');
  const text = stdout.replace(/\s+/g, ' ');
  for (const name of [...Object.keys(MODELS), ...Object.values(SEPARATIONS).flat()]) {
    expect(text).toContain(name);
  }
});
