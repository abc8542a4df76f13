/** `hopfield info`: what is in a saved network. */

import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { HopfieldNetwork } from '../index.ts';
import { coloursFor } from './colours.ts';
import { EXIT, type Result } from './failure.ts';
import { loadNetwork } from './network.ts';

export function info(path: string, { json = false }: { json?: boolean }): Result {
  const network = loadNetwork(path);
  const facts = factsOf(network, statSync(path).size);
  const output = json
    ? `${JSON.stringify({ file: basename(path), ...facts }, null, 2)}\n`
    : table(path, facts);
  return { output, warnings: [], exitCode: EXIT.success };
}

function factsOf(network: HopfieldNetwork, fileBytes: number) {
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

function table(path: string, facts: ReturnType<typeof factsOf>): string {
  const { bold, dim } = coloursFor(process.stdout);
  const { name, ...parameters } = facts.rule;
  const details = Object.entries(parameters).map(([key, value]) => ` ${key} ${value}`);
  const { least, most } = facts.thresholds;
  const rows: [string, string][] = [
    ['neurons', `${facts.neurons}, ${facts.units} (${facts.units === 'binary' ? '0/1' : '±1'})`],
    ['rule', name + details.join(',')],
    ['patterns', `${facts.patterns}, of which ${facts.stable} are fixed points`],
    [
      'capacity',
      facts.capacity === null
        ? 'no known figure'
        : `about ${Math.floor(facts.capacity)} random patterns`,
    ],
    ['self-coupling', facts.selfCoupling ? 'yes' : 'no'],
    ['thresholds', least === most ? String(least) : `${least} … ${most}`],
    ['recalls from', facts.representation],
    ['file', `${facts.fileBytes} bytes`],
  ];
  if (facts.learning) {
    const { converged, epochs } = facts.learning;
    rows.splice(3, 0, [
      'learning',
      `${converged ? 'converged' : 'stopped'} after ${epochs} epochs`,
    ]);
  }
  const lines = rows.map(([key, value]) => `  ${dim(key.padEnd(14))}${value}`);
  return `${bold(basename(path))}\n${lines.join('\n')}\n`;
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
