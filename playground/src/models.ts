/** The memories that the page can make, each under a name that stands in the address: `projection`, `dense:3`. */
import {
  DenseAssociativeMemory,
  exponential,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  SimplicialHopfieldNetwork,
} from 'hopfield-wasm';

export type Signs = HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork;
export type Memory = Signs | ModernHopfieldNetwork;

interface Kind {
  /** Neurons along a side at most: what couplings of a matrix, and learning them, can cost a page. */
  largest: number;
  parameter?: { usual: number; least: number; most: number; step: number };
  /** What code imports, and the call that makes the memory; `make` does the same. */
  imports: string[];
  code: (neurons: number, parameter: number) => string;
  make: (neurons: number, parameter: number) => Memory;
  /** What it learns after storing, and the code of that. */
  after?: { code: string; learn: (memory: Memory) => Promise<unknown> };
}

const classical = (
  rule: 'hebbian' | 'storkey' | 'projection' | 'minimal-overlap',
  largest: number,
): Kind => ({
  largest,
  imports: ['HopfieldNetwork'],
  code: (n) => `new HopfieldNetwork(${n}, { rule: '${rule}' })`,
  make: (n) => new HopfieldNetwork(n, { rule }),
});

const KINDS = {
  hebbian: classical('hebbian', 128),
  storkey: classical('storkey', 48),
  dreams: {
    ...classical('hebbian', 32),
    after: {
      code: "await memory.daydream({ until: 'stable', epochs: 20, seed: 1 });",
      learn: (memory) =>
        (memory as HopfieldNetwork).daydream({ until: 'stable', epochs: 20, seed: 1 }),
    },
  },
  projection: classical('projection', 64),
  'minimal-overlap': classical('minimal-overlap', 48),
  dense: {
    largest: 128,
    parameter: { usual: 3, least: 2, most: 9, step: 1 },
    imports: ['DenseAssociativeMemory', 'polynomial'],
    code: (n, p) => `new DenseAssociativeMemory(${n}, { separation: polynomial(${p}) })`,
    make: (n, p) => new DenseAssociativeMemory(n, { separation: polynomial(p) }),
  },
  exponential: {
    largest: 128,
    imports: ['DenseAssociativeMemory', 'exponential'],
    code: (n) => `new DenseAssociativeMemory(${n}, { separation: exponential() })`,
    make: (n) => new DenseAssociativeMemory(n, { separation: exponential() }),
  },
  simplicial: {
    largest: 128,
    parameter: { usual: 2, least: 1, most: 4, step: 1 },
    imports: ['SimplicialHopfieldNetwork'],
    code: (n, p) => `new SimplicialHopfieldNetwork(${n}, { dimension: ${p} })`,
    make: (n, p) => new SimplicialHopfieldNetwork(n, { dimension: p }),
  },
  modern: {
    largest: 128,
    parameter: { usual: 0.05, least: 0.001, most: 1, step: 0.001 },
    imports: ['ModernHopfieldNetwork'],
    code: (n, p) => `new ModernHopfieldNetwork(${n}, { beta: ${p} })`,
    make: (n, p) => new ModernHopfieldNetwork(n, { beta: p }),
  },
} satisfies Record<string, Kind>;

export type ModelName = keyof typeof KINDS;
export const MODELS = Object.keys(KINDS) as ModelName[];

export interface Model extends Kind {
  name: ModelName;
  value: number;
}

/** @throws RangeError when there is no such model */
export function modelOf(text: string): Model {
  const [name, number] = text.split(':');
  if (!Object.hasOwn(KINDS, name)) {
    throw new RangeError(`model is ${text}, expected one of ${MODELS.join(', ')}`);
  }
  const kind: Kind = KINDS[name as ModelName];
  const value = Number(number ?? kind.parameter?.usual ?? 0);
  const { least, most } = kind.parameter ?? { least: 0, most: 0 };
  if (!(value >= least && value <= most)) {
    throw new RangeError(`model is ${text}, expected a parameter from ${least} to ${most}`);
  }
  return { ...kind, name: name as ModelName, value };
}

/** The name with a parameter where it has one. */
export function modelText(name: ModelName, value?: number): string {
  const { parameter }: Kind = KINDS[name];
  return parameter ? `${name}:${value ?? parameter.usual}` : name;
}
