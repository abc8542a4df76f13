/** What a Potts model is made of: its energy as given, checked, and laid out for the kernels. */
import { checkNumber, checkOptions, describe, isList } from '../../checks.ts';
import { pottsKernels } from '../../kernels/groups/potts.ts';
import { openMachine } from '../../kernels/open.ts';
import type { Steps } from '../../pacing.ts';
import type { Links } from '../pairs.ts';
import { layOutPotts, type PottsLayout } from './layout.ts';
import { MAX_VARIABLES } from './pair-list.ts';
import type { PottsOptions } from './options.ts';
import { readLinks } from './read.ts';

/** The most states of a group. */
const MAX_STATES = 2097152;

export class PottsParts {
  constructor(
    readonly starts: Uint32Array,
    readonly groupOf: Uint32Array,
    readonly costs: Float64Array,
    readonly offset: number,
    readonly links: Links<Float64Array>,
    readonly layout: PottsLayout,
  ) {}
}

/**
 * Reads the arguments of a model, and lays it out in steps.
 *
 * @param given - pairs that are known to be right, instead of those in the options
 * @throws TypeError, RangeError, Error as the constructor of the model
 */
export function* readPotts(
  sizes: ArrayLike<number>,
  options: PottsOptions,
  given?: Links<Float64Array>,
): Steps<PottsParts> {
  checkOptions(options, 'Potts model options', ['costs', 'pairs', 'offset', 'backend']);
  const { costs, pairs = [], offset = 0, backend = 'auto' } = options;
  const starts = readSizes(sizes);
  const groups = starts.length - 1;
  const groupOf = new Uint32Array(starts[groups]);
  for (let g = 0; g < groups; g++) groupOf.fill(g, starts[g], starts[g + 1]);
  const own = readCosts(costs, groupOf.length);
  checkNumber(offset, 'offset', 'a number', () => true);
  const links = given ?? readLinks(pairs, groupOf);
  const machine = openMachine(backend, [pottsKernels]);
  const layout = yield* layOutPotts(machine, starts, own, links, groupOf, offset);
  return new PottsParts(starts, groupOf, own, offset, links, layout);
}

function readSizes(sizes: ArrayLike<number>): Uint32Array {
  if (!isList(sizes)) {
    throw new TypeError(`sizes are ${describe(sizes)}, expected a list of numbers`);
  }
  const starts = new Uint32Array(sizes.length + 1);
  let variables = 0;
  for (let g = 0; g < sizes.length; g++) {
    const expected = `an integer from 1 to ${MAX_STATES}`;
    variables += checkNumber(sizes[g], `sizes[${g}]`, expected, (size) => {
      return Number.isInteger(size) && size >= 1 && size <= MAX_STATES;
    });
    if (variables > MAX_VARIABLES) {
      throw new RangeError(
        `sizes add up to ${variables} or more, expected at most ${MAX_VARIABLES}`,
      );
    }
    starts[g + 1] = variables;
  }
  return starts;
}

function readCosts(costs: ArrayLike<number> | undefined, variables: number): Float64Array {
  if (costs === undefined) return new Float64Array(variables);
  if (!isList(costs)) {
    throw new TypeError(`costs are ${describe(costs)}, expected ${variables} numbers`);
  }
  if (costs.length !== variables) {
    throw new RangeError(
      `costs have length ${costs.length}, expected ${variables} (the variables)`,
    );
  }
  return Float64Array.from(costs, (cost, b) =>
    checkNumber(cost, `costs[${b}]`, 'a number', () => true),
  );
}
