/** `hopfield info` of files of tensors. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DenseMemory, writeSafetensors, zeros } from '../../../src/layers/index.ts';
import { workplace } from './workplace.ts';

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
