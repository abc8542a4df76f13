/** `hopfield info`: what is in a saved network or Boltzmann machine, or in a file of tensors. */

import { basename } from 'node:path';
import { diagnose } from '../../index.ts';
import { blame, EXIT, type Result } from '../failure.ts';
import { inputName, readInput } from '../input-file.ts';
import { networkOf, type LoadedNetwork } from '../saved-network.ts';
import { pageOf, type Page, type Terminal } from '../terminal.ts';
import { jsonText, visible } from '../visible.ts';
import { count } from '../words.ts';
import { machineFacts } from './machine.ts';
import { isSafetensors, runTensors } from './tensors.ts';

export function runInfo(
  path: string,
  { json = false }: { json?: boolean },
  terminal: Terminal,
): Result {
  const blamed = <T>(action: () => T): T => blame(inputName(path), action);
  const bytes = blamed(() => readInput(path, 'network'));
  if (isSafetensors(bytes)) return blamed(() => runTensors(path, bytes, json, terminal));
  const machine = blamed(() => machineFacts(bytes));
  const ofFile: [string, string] = ['file', count(bytes.length, 'byte')];
  if (machine) {
    const { facts, rows } = machine;
    const output = json
      ? jsonText({ file: basename(path), ...facts, fileBytes: bytes.length })
      : table(path, [...rows, ofFile], pageOf(terminal));
    return { output, warnings: [], exitCode: EXIT.success };
  }
  const loaded = blamed(() => networkOf(bytes));
  const facts = factsOf(loaded);
  const output = json
    ? jsonText({ file: basename(path), ...facts })
    : table(path, [...rowsOf(facts), ofFile], pageOf(terminal));
  const { stable, patterns } = facts;
  const warnings = stable < patterns ? [diagnose(loaded.network).sentence] : [];
  return { output, warnings, exitCode: EXIT.success };
}

function factsOf({ network, fileBytes }: LoadedNetwork) {
  const { patterns, thresholds } = network;
  return {
    neurons: network.neurons,
    units: network.units,
    rule: network.rule,
    patterns: network.patternCount,
    /** Stored patterns in which no neuron would move. */
    stable: patterns.filter((pattern) => network.isFixedPoint(pattern)).length,
    capacity: network.capacity ?? null,
    learning: network.learning ?? null,
    selfCoupling: network.selfCoupling,
    thresholds: { least: least(thresholds), most: -least(thresholds.map((value) => -value)) },
    representation: network.representation,
    fileBytes,
  };
}

function rowsOf(facts: ReturnType<typeof factsOf>): [string, string][] {
  const { name, ...parameters } = facts.rule;
  const details = Object.entries(parameters).map(([key, value]) => ` ${key} ${value}`);
  const { least, most } = facts.thresholds;
  const rows: [string, string][] = [
    ['neurons', `${facts.neurons}, ${facts.units} (${facts.units === 'binary' ? '0/1' : '±1'})`],
    ['rule', name + details.join(',')],
    [
      'patterns',
      `${facts.patterns}, of which ${facts.stable === 1 ? '1 is a fixed point' : `${facts.stable} are fixed points`}`,
    ],
    [
      'capacity',
      facts.capacity === null
        ? 'no known figure'
        : `about ${count(Math.floor(facts.capacity), 'random pattern')}`,
    ],
    ['self-coupling', facts.selfCoupling ? 'yes' : 'no'],
    ['thresholds', least === most ? String(least) : `${least} … ${most}`],
    ['recalls from', facts.representation],
  ];
  if (facts.learning) {
    const { converged, epochs } = facts.learning;
    rows.splice(3, 0, [
      'learning',
      `${converged ? 'converged' : 'stopped'} after ${count(epochs, 'epoch')}`,
    ]);
  }
  return rows;
}

function table(
  path: string,
  rows: readonly [string, string][],
  { colours: { bold, dim } }: Page,
): string {
  const lines = rows.map(([key, value]) => `  ${dim(key.padEnd(14))}${visible(value)}`);
  return `${bold(visible(basename(path)))}\n${lines.join('\n')}\n`;
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
