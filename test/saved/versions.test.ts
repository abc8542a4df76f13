/**
 * What earlier versions of the package wrote is read for ever. `version-1.json` holds files as 0.1 wrote them before
 * there were labels, and what it then answered; a file without labels is still written the same, byte for byte.
 */
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import { BACKENDS } from '../models/cases.ts';
import saved from './version-1.json' with { type: 'json' };

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const versionOf = (file: Uint8Array) => file[8];

function load(model: string, file: Uint8Array, backend: 'wasm' | 'reference') {
  switch (model) {
    case 'HopfieldNetwork':
      return HopfieldNetwork.load(file, { backend });
    case 'DenseAssociativeMemory':
      return DenseAssociativeMemory.load(file, { backend });
    case 'SimplicialHopfieldNetwork':
      return SimplicialHopfieldNetwork.load(file, { backend });
    case 'ModernHopfieldNetwork':
      return ModernHopfieldNetwork.load(file, { backend });
    default:
      return GradedHopfieldNetwork.load(file, { backend });
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(saved)('version 1: $model, $title', ({ model, file, cue, ...then }) => {
    const bytes = bytesOf(file);
    const network = load(model, bytes, backend);
    expect(network.patterns.map((pattern) => Array.from(pattern))).toEqual(then.patterns);
    expect(network.labels).toEqual(then.patterns.map(() => undefined));
    const continuous = model === 'ModernHopfieldNetwork' || model === 'GradedHopfieldNetwork';
    const result = continuous
      ? network.recall(cue)
      : (network as HopfieldNetwork).recall(cue, { seed: 5 });
    expect(Array.from(result.state)).toEqual(then.state);
    // The correlation came later.
    expect(result.match).toMatchObject(then.match!);
    if (then.energy !== null) {
      const asked = network instanceof ModernHopfieldNetwork;
      const energy = asked ? network.energy(result.state) : result.energy;
      expect(energy).toBe(then.energy);
    }
    expect(network.save()).toEqual(bytes);
  });
});

test('there is a file of every model and every rule of that time', () => {
  expect(new Set(saved.map(({ model }) => model)).size).toBe(5);
  const rules = ['hebbian', 'storkey', 'projection', 'perceptron', 'palimpsest', 'covariance'];
  for (const rule of rules) {
    expect(saved.some(({ title }) => title.startsWith(rule))).toBe(true);
  }
});

test('labels make a file of version 2, and nothing else does', () => {
  const network = new HopfieldNetwork(3);
  network.store([1, 1, -1]);
  expect(versionOf(network.save())).toBe(1);
  network.store([1, -1, 1], { labels: ['a'] });
  expect(versionOf(network.save())).toBe(2);
  network.forget({ label: 'a' });
  expect(versionOf(network.save())).toBe(1);
});
