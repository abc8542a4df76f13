/** `hopfield info`: files of tensors, saved networks and Boltzmann machines. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../../src/boltzmann/index.ts';
import { diagnose, HopfieldNetwork, Random } from '../../../src/index.ts';
import { DenseMemory, writeSafetensors, zeros } from '../../../src/layers/index.ts';
import { PATTERNS, workplace } from './workplace.ts';

const { path, hopfield } = workplace();

test('a dense memory: its tensor, its type and shape, and what else makes it', async () => {
  const memory = new DenseMemory(6, 2, { memories: 3, power: 5, temperature: 1.5, seed: 4 });
  writeFileSync(path('memory.safetensors'), memory.save());
  const { status, stdout, stderr } = await hopfield('info', 'memory.safetensors');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const bytes = readFileSync(path('memory.safetensors')).length;
  expect(stdout).toBe(
    [
      'memory.safetensors',
      '  format        safetensors',
      '  tensors       1, 24 numbers in all',
      `  file          ${bytes} bytes`,
      '',
      'tensors',
      '  memories      F32     [3, 8]',
      '',
      'metadata',
      '  model         DenseMemory',
      '  form          dual',
      '  classes       2',
      '  power         5',
      '  temperature   1.5',
      '  seed          4',
      '',
    ].join('\n'),
  );
  const json = await hopfield('info', 'memory.safetensors', '--json');
  expect(JSON.parse(json.stdout)).toEqual({
    file: 'memory.safetensors',
    format: 'safetensors',
    tensors: [{ name: 'memories', dtype: 'F32', shape: [3, 8] }],
    numbers: 24,
    metadata: {
      model: 'DenseMemory',
      form: 'dual',
      classes: '2',
      power: '5',
      temperature: '1.5',
      seed: '4',
    },
    fileBytes: bytes,
  });
});

test('types that are not read are named; a file without texts has none', async () => {
  const header = '{"count":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}       ';
  const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from(header), Buffer.alloc(8)]);
  bytes.writeUInt32LE(header.length);
  writeFileSync(path('count.safetensors'), bytes);
  const { stdout } = await hopfield('info', 'count.safetensors');
  expect(stdout).toContain('  count         I64     []\n');
  expect(stdout).toContain('1, 1 number in all');
  expect(stdout).not.toContain('metadata');
});

test('what is damaged is refused by its name', async () => {
  const whole = writeSafetensors({ weight: zeros([2, 2]) });
  writeFileSync(path('cut.safetensors'), whole.subarray(0, whole.length - 4));
  const { status, stdout, stderr } = await hopfield('info', 'cut.safetensors');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe(
    `hopfield: cut.safetensors: the file has ${whole.length - 4} bytes, expected ${whole.length} (where its tensors end)\n`,
  );
});

describe('a saved network', () => {
  const patterns = PATTERNS.map((pattern) => pattern.slice(0, 16));
  const random = new Random(3);
  const dreamer = async (epochs: number, load: number) => {
    const states = Array.from({ length: load }, () => random.signs(16));
    const network = new HopfieldNetwork(16).store(states);
    return network.daydream({ until: 'stable', epochs, seed: 1 });
  };
  const given = () =>
    HopfieldNetwork.fromCouplings(
      Array.from({ length: 16 }, (_, i) => Array.from({ length: 16 }, (__, j) => i * j)),
    );
  const cases: [string, () => HopfieldNetwork | Promise<HopfieldNetwork>][] = [
    ['hebbian', () => new HopfieldNetwork(16).store(patterns[0])],
    ['none stored', () => new HopfieldNetwork(16, { representation: 'patterns' })],
    ['binary', () => new HopfieldNetwork(16, { units: 'binary', selfCoupling: true })],
    [
      'too many',
      () => new HopfieldNetwork(16).store(patterns.map((p) => p.map((s, i) => (i > 2 ? s : 1)))),
    ],
    ['thresholds', () => new HopfieldNetwork(16, { thresholds: patterns[0].map((s, i) => s * i) })],
    [
      'a rule with parameters',
      () =>
        new HopfieldNetwork(16, { rule: { name: 'perceptron', margin: 0.5, maxEpochs: 7 } }).store(
          patterns[1],
        ),
    ],
    ['covariance', () => new HopfieldNetwork(16, { rule: { name: 'covariance', activity: 0.3 } })],
    ['dreamt enough', () => dreamer(1000, 3)],
    ['dreamt too little', () => dreamer(1, 15)],
    ['given', given],
  ];

  test.each(cases)('%s', async (_, make) => {
    const network = await make();
    writeFileSync(path('network.hop'), network.save());
    const size = readFileSync(path('network.hop')).length;
    const { status, stdout, stderr } = await hopfield('info', 'network.hop');
    expect(status).toBe(0);
    const [title, ...lines] = stdout.trimEnd().split('\n');
    expect(title).toBe('network.hop');
    const rows = Object.fromEntries(lines.map((l) => [l.slice(2, 16).trim(), l.slice(16)]));
    const stable = network.patterns.filter((p) => network.isFixedPoint(p)).length;
    const { name, ...parameters } = network.rule;
    const [least, most] = [Math.min(...network.thresholds), Math.max(...network.thresholds)];
    const { capacity, learning, patternCount } = network;
    const about = Math.floor(capacity ?? 0);
    expect(rows).toEqual({
      neurons: network.units === 'binary' ? '16, binary (0/1)' : '16, bipolar (±1)',
      rule:
        name +
        Object.entries(parameters)
          .map(([key, x]) => ` ${key} ${x}`)
          .join(','),
      patterns: `${patternCount}, of which ${stable} ${stable === 1 ? 'is a fixed point' : 'are fixed points'}`,
      ...(learning && {
        learning: `${learning.converged ? 'converged' : 'stopped'} after ${learning.epochs} epoch${learning.epochs === 1 ? '' : 's'}`,
      }),
      capacity:
        capacity === undefined
          ? 'no known figure'
          : `about ${about} random pattern${about === 1 ? '' : 's'}`,
      'self-coupling': network.selfCoupling ? 'yes' : 'no',
      thresholds: least === most ? `${least}` : `${least} … ${most}`,
      'recalls from': network.representation,
      file: `${size.toLocaleString('en')} bytes`,
    });
    // What is stored and does not hold is a warning, with the reason.
    const sentence = `hopfield: warning: ${diagnose(network).sentence}\n`;
    expect(stderr).toBe(stable < patternCount ? sentence : '');
    const { fileBytes, ...facts } = JSON.parse(
      (await hopfield('info', 'network.hop', '--json')).stdout,
    );
    expect(fileBytes).toBe(size);
    expect(facts).toEqual({
      file: 'network.hop',
      neurons: 16,
      units: network.units,
      rule: network.rule,
      patterns: patternCount,
      stable,
      capacity: capacity ?? null,
      learning: learning ?? null,
      selfCoupling: network.selfCoupling,
      thresholds: { least, most },
      representation: network.representation,
    });
  });
});

describe('a saved Boltzmann machine', () => {
  test.each([
    ['binary', 'binary', '0/1', '0/1'],
    ['bipolar', 'gaussian', '±1', 'real'],
  ] as const)('%s and %s units', async (units, hiddenUnits, low, high) => {
    for (const largest of [0, 2.5, -3.75]) {
      const machine = RestrictedBoltzmannMachine.fromWeights(
        [
          [0, 0],
          [largest, 0],
          [0, 0],
        ],
        { units, hiddenUnits },
      );
      writeFileSync(path('machine.rbm'), machine.save());
      const { stdout } = await hopfield('info', 'machine.rbm');
      const weights =
        largest === 0
          ? 'all 0: nothing is learnt yet'
          : `6, up to ${Math.abs(largest).toFixed(2)} in size`;
      expect(stdout.split('\n').slice(0, 5)).toEqual([
        'machine.rbm',
        '  model         restricted Boltzmann machine',
        `  visible units 3, ${units} (${low})`,
        `  hidden units  2, ${hiddenUnits} (${high})`,
        `  weights       ${weights}`,
      ]);
      const { stdout: json } = await hopfield('info', 'machine.rbm', '--json');
      expect(JSON.parse(json)).toMatchObject({
        visible: 3,
        hidden: 2,
        largestWeight: Math.abs(largest),
      });
    }
  });

  test('without hidden units', async () => {
    writeFileSync(path('full.bm'), new BoltzmannMachine(5).save());
    const { stdout } = await hopfield('info', 'full.bm');
    expect(stdout).toContain('  model         Boltzmann machine without hidden units\n');
    expect(stdout).toContain('  neurons       5 (±1)\n');
    expect(stdout).toContain('  couplings     all 0: nothing is learnt yet\n');
    const machine = new BoltzmannMachine(5);
    await machine.train([[1, 1, -1, 1, -1]], { seed: 1 });
    writeFileSync(path('full.bm'), machine.save());
    const { stdout: learnt } = await hopfield('info', 'full.bm');
    const largest = Math.max(...machine.couplings.map(Math.abs));
    expect(learnt).toContain(`  couplings     10, up to ${largest.toPrecision(3)} in size\n`);
  });
});
