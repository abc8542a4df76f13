/** `hopfield info` of a safetensors file: the tensors it holds, and the texts that go with them. */

import { basename } from 'node:path';
import { readHeader } from '../../layers/safetensors-header.ts';
import { EXIT, type Result } from '../failure.ts';
import { pageOf, type Page, type Terminal } from '../terminal.ts';
import { jsonText, visible } from '../visible.ts';
import { count } from '../words.ts';

/** The most characters of a name or a text that are shown to people. */
const LONGEST = 60;
/** Columns that names are given, unless all are shorter. */
const NAME = 40;

/** Whether bytes begin as a safetensors file does: a length that is no more than the format's, and a brace. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0);
}

export function runTensors(
  path: string,
  bytes: Uint8Array,
  json: boolean,
  terminal: Terminal,
): Result {
  const { entries, metadata } = readHeader(bytes);
  const facts = {
    format: 'safetensors',
    tensors: entries.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
    numbers: entries.reduce((sum, { shape }) => sum + numbersIn(shape), 0),
    metadata,
    fileBytes: bytes.length,
  };
  const output = json
    ? jsonText({ file: basename(path), ...facts })
    : table(path, facts, pageOf(terminal));
  return { output, warnings: [], exitCode: EXIT.success };
}

interface Facts {
  tensors: { name: string; dtype: string; shape: readonly number[] }[];
  numbers: number;
  metadata: Readonly<Record<string, string>>;
  fileBytes: number;
}

function table(path: string, facts: Facts, { colours: { bold, dim } }: Page): string {
  const { tensors, numbers, metadata, fileBytes } = facts;
  const texts = Object.entries(metadata).map(([key, text]) => [shown(key), shown(text)]);
  const names = tensors.map(({ name }) => shown(name));
  const width = [...names, ...texts.map(([key]) => key)].reduce(
    (most, name) => Math.min(NAME, Math.max(most, name.length)),
    13,
  );
  const row = (key: string, rest: string) => `  ${dim(key.padEnd(width))} ${rest}`;
  const lines = [
    bold(visible(basename(path))),
    row('format', 'safetensors'),
    row('tensors', `${tensors.length}, ${count(numbers, 'number')} in all`),
    row('file', count(fileBytes, 'byte')),
    ...(tensors.length > 0 ? ['', bold('tensors')] : []),
    ...tensors.map(({ dtype, shape }, k) =>
      row(names[k], `${dtype.padEnd(7)} [${shape.join(', ')}]`),
    ),
    ...(texts.length > 0 ? ['', bold('metadata')] : []),
    ...texts.map(([key, text]) => row(key, text)),
  ];
  return `${lines.join('\n')}\n`;
}

/** A text as it may be shown, on a line of its own and no longer than it may be. */
function shown(text: string): string {
  const whole = visible(text.slice(0, LONGEST));
  return whole.length > LONGEST || text.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}

function numbersIn(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
