/** Saved models of every kind, taken apart, spoilt, and put together with a checksum that is right. */
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../../src/boltzmann/index.ts';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  Random,
  SequenceMemory,
  SimplicialHopfieldNetwork,
} from '../../../src/index.ts';
import { RULES } from '../../models/cases.ts';
import { SEPARATIONS as MODERN_SEPARATIONS } from '../../models/modern/cases.ts';
import { SEPARATIONS } from '../../models/separations.ts';
import { forge } from '../../saved/forge.ts';
import { pick, spoilBytes, spoilJson } from './mutate.ts';

export const MODELS = {
  HopfieldNetwork,
  DenseAssociativeMemory,
  SimplicialHopfieldNetwork,
  ModernHopfieldNetwork,
  GradedHopfieldNetwork,
  BidirectionalMemory,
  SequenceMemory,
  BoltzmannMachine,
  RestrictedBoltzmannMachine,
};
export type ModelName = keyof typeof MODELS;

/** A file in its parts. */
interface Parts {
  version: number;
  description: unknown;
  sections: Uint8Array[];
}

/** Small valid files by the model that reads them. */
export async function validFiles(): Promise<Record<ModelName, Uint8Array[]>> {
  const random = new Random(17);
  const draw = (neurons: number, count = 3) =>
    Array.from({ length: count }, () => random.signs(neurons));
  const labels = ['a', 7, undefined];
  const classical = RULES.flatMap((rule) => [
    new HopfieldNetwork(9, { rule }).store(draw(9), { labels }),
    new HopfieldNetwork(6, { rule, units: 'binary' }).store(draw(6, 2)),
  ]);
  const dreamt = new HopfieldNetwork(8, { thresholds: 0.1 }).store(draw(8));
  await dreamt.unlearn({ steps: 3, seed: 1 });
  const connections = { pairs: 0.5, triples: 0.25, tetrahedra: 0.25, budget: 20 };
  const vectors = [
    [0.5, 1, -2],
    [3, -1, 0.25],
  ];
  const values = [
    [1, 2],
    [3, 4],
  ];
  const networks: Record<ModelName, { save(): Uint8Array }[]> = {
    HopfieldNetwork: [
      ...classical,
      dreamt,
      new HopfieldNetwork(5, { representation: 'couplings', selfCoupling: true }).store(draw(5)),
      new HopfieldNetwork(5, { representation: 'patterns', thresholds: [1, 2, 0, 0, -1] }),
      new HopfieldNetwork(7, { rule: 'projection', selfCoupling: true, thresholds: 0.5 }).store(
        draw(7),
      ),
      HopfieldNetwork.fromCouplings([1, 2, 3, 4, 0, 6, 7, 8, 9], { units: 'binary' }),
      HopfieldNetwork.fromCouplings([0, 2, 2, 0], { rule: 'storkey', thresholds: 1 }),
    ],
    DenseAssociativeMemory: SEPARATIONS.map((separation) =>
      new DenseAssociativeMemory(9, { separation: separation(9) }).store(draw(9), { labels }),
    ),
    SimplicialHopfieldNetwork: [
      new SimplicialHopfieldNetwork(8, { dimension: 3 }).store(draw(8), { labels }),
      new SimplicialHopfieldNetwork(8, { exponential: 0.5 }).store(draw(8)),
      new SimplicialHopfieldNetwork(8, { connections, seed: 3 }).store(draw(8)),
      new SimplicialHopfieldNetwork(8, {
        simplices: [
          [0, 1],
          [2, 3],
          [4, 5, 6],
        ],
      }).store(draw(8)),
    ],
    ModernHopfieldNetwork: [
      new ModernHopfieldNetwork(3).store(vectors, { labels: ['x', 'y'] }),
      new ModernHopfieldNetwork(3, { similarity: 'cosine' }).store(vectors),
      new ModernHopfieldNetwork(3, { similarity: 'euclidean', beta: 3 }).store(vectors, { values }),
      ...MODERN_SEPARATIONS.map((separation) =>
        new ModernHopfieldNetwork(3, { separation }).store(vectors),
      ),
      new ModernHopfieldNetwork(3, { nothing: -0.5 }).store(vectors),
    ],
    GradedHopfieldNetwork: [
      new GradedHopfieldNetwork(6, { inputs: 0.5 }).store(draw(6), { labels }),
      GradedHopfieldNetwork.fromCouplings([0, 1, 1, 0], { activation: 'logistic' }).store([1, 1]),
    ],
    BidirectionalMemory: [
      new BidirectionalMemory(9, 4, {}).store([[draw(9)[0], draw(4)[0]]], { labels: ['a'] }),
      new BidirectionalMemory(3, 20),
    ],
    SequenceMemory: [
      new SequenceMemory(9).store(draw(9), { labels }).store(draw(9), { cyclic: true }),
      new SequenceMemory(6, { separation: 'linear', hold: 3 }).store(draw(6)),
    ],
    BoltzmannMachine: [BoltzmannMachine.fromCouplings([0, 2, 2, 0], { biases: [1, -0.5] })],
    RestrictedBoltzmannMachine: [
      RestrictedBoltzmannMachine.fromWeights(vectors, {
        units: 'bipolar',
        hiddenBiases: [1, 2, 3],
      }),
      RestrictedBoltzmannMachine.fromWeights(values, { hiddenUnits: 'gaussian' }),
    ],
  };
  return Object.fromEntries(
    Object.entries(networks).map(([name, list]) => [name, list.map((one) => one.save())]),
  ) as Record<ModelName, Uint8Array[]>;
}

function takeApart(file: Uint8Array): Parts {
  const view = new DataView(file.buffer, file.byteOffset);
  const end = 20 + view.getUint32(12, true);
  const description = JSON.parse(new TextDecoder().decode(file.subarray(20, end)));
  let at = end;
  const sections = (description.sections as number[]).map((n) => file.slice(at, (at += n)));
  return { version: view.getUint32(8, true), description, sections };
}

/** A file that is wrong in one to three ways, or in none that shows. */
export function spoil(random: Random, files: readonly Uint8Array[]): Uint8Array {
  const parts = takeApart(pick(random, files));
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const what = random.below(10);
    if (what < 5) parts.description = spoilJson(random, parts.description);
    else if (what < 8 && parts.sections.length > 0) {
      const k = random.below(parts.sections.length);
      parts.sections[k] = spoilBytes(random, parts.sections[k]);
      // As often as not the lengths are told as they are, so that what is behind them is looked at.
      const lengths = parts.sections.map((section) => section.length);
      if (random.below(2) === 0) setField(parts.description, 'sections', lengths);
    } else if (what === 8) parts.version = pick(random, [0, 1, 2, 3, 4294967295]);
    else {
      const labels = pick<unknown>(random, [undefined, null, [], ['a', 1], [{}], 'ab', [null]]);
      parts.version = 2;
      setField(parts.description, 'labels', labels);
    }
  }
  const text = JSON.stringify(parts.description) ?? '';
  const cut = random.below(40) === 0 ? text.slice(0, random.below(text.length + 1)) : text;
  return forge(parts.version, cut, parts.sections);
}

function setField(description: unknown, name: string, value: unknown): void {
  if (typeof description === 'object' && description !== null) {
    (description as Record<string, unknown>)[name] = value;
  }
}
