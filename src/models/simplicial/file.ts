/**
 * A simplicial network as a file: what it is, its patterns, and its simplices when they were given; others follow from
 * their dimension, or are drawn again from their seed.
 *
 * The sections of the file are the patterns' bits (⌈N/8⌉ bytes each), and the neurons of given simplices as u32.
 */
import { checkNeurons, describe } from '../../checks.ts';
import { separationBytes, simplicial } from '../../dynamics/separation.ts';
import { patternBytes, type PatternStore } from '../../patterns/pattern-store.ts';
import { encodeModel } from '../save-format.ts';
import { checkCount, type Format } from '../saved-model.ts';
import { encodeLists, type SimplexList } from './lists.ts';
import { apportion, planComplex, type ComplexPlan, type SimplicialOptions } from './options.ts';

interface Description {
  readonly neurons: number;
  readonly patterns: number;
  /** Empty when simplices were given. */
  readonly complex: Pick<SimplicialOptions, 'dimension' | 'exponential' | 'connections' | 'seed'>;
  /** Sizes, upwards, and counts of given simplices. */
  readonly sizes: Sizes | undefined;
}

type Sizes = readonly (readonly [size: number, count: number])[];

export const SIMPLICIAL: Format<Description> = {
  model: 'SimplicialHopfieldNetwork',
  expect(given) {
    const neurons = checkNeurons(given.neurons);
    const patterns = checkCount(given.patterns, 'patterns');
    const sizes = given.sizes === undefined ? undefined : readSizes(given.sizes, neurons);
    const plan = sizes ? undefined : planComplex(neurons, { ...(given.complex as object) });
    const listed = (sizes ?? []).reduce((sum, [size, count]) => sum + 4 * size * count, 0);
    return {
      description: { neurons, patterns, complex: plan ? complexOf(plan) : {}, sizes },
      sections: { patterns: patterns * Math.ceil(neurons / 8), simplices: listed },
      patterns,
      memory: patternBytes(patterns, neurons) + complexBytes(plan, sizes, neurons, patterns),
    };
  },
};

function complexOf(plan: ComplexPlan): Description['complex'] {
  if (plan.kind === 'complete') return { dimension: plan.dimension, exponential: plan.beta };
  return plan.kind === 'drawn' ? { connections: plan.connections, seed: plan.seed } : {};
}

/** Bytes of what sums need: a table, or the simplices of each neuron and the lists that these are made of. */
function complexBytes(
  plan: ComplexPlan | undefined,
  sizes: Sizes | undefined,
  neurons: number,
  patterns: number,
): number {
  if (plan?.kind === 'complete') return separationBytes(simplicial(plan.dimension), neurons);
  const drawn = plan?.kind === 'drawn' ? [...apportion(plan.connections)] : [];
  // Lists of lists are read, and looked up by their neurons; ranks are drawn, sorted and laid out, which is counted as
  // eight times its memory for the time that it takes. So is looking at all patterns, 64 at a time, for the weights.
  const lists = [...(sizes ?? drawn)].map(([size, count]) => {
    const making = sizes ? 4 * size ** 2 + 32 * size + 128 : 32 * size ** 2;
    return count * (making + size ** 2 * Math.floor(patterns / 64));
  });
  return lists.reduce((a, b) => a + b, neurons * (24 + 4 * lists.length));
}

function readSizes(given: unknown, neurons: number): Sizes {
  if (!Array.isArray(given) || given.length === 0) {
    throw new TypeError(`sizes is ${describe(given)}, expected [size, count] of given simplices`);
  }
  let least = 2;
  return given.map((entry, k) => {
    const [size, count] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const sizeName = `sizes[${k}][0]`;
    checkCount(size, sizeName);
    if ((size as number) < least || (size as number) > neurons) {
      throw new RangeError(
        `${sizeName} is ${size}, expected an integer from ${least} to ${neurons}`,
      );
    }
    least = (size as number) + 1;
    if (checkCount(count, `sizes[${k}][1]`) === 0) {
      throw new RangeError(`sizes[${k}][1] is 0, expected a positive integer`);
    }
    return [size, count] as [number, number];
  });
}

export function encodeSimplicial(
  { neurons, complex }: Pick<Description, 'neurons' | 'complex'>,
  patterns: PatternStore,
  given: readonly SimplexList[] | undefined,
): Uint8Array {
  const description: Description = {
    neurons,
    patterns: patterns.count,
    complex,
    sizes: given?.map(({ size, members }) => [size, members.length / size]),
  };
  return encodeModel(
    { model: SIMPLICIAL.model, ...description },
    [patterns.save(), encodeLists(given ?? [])],
    patterns.labels,
  );
}
