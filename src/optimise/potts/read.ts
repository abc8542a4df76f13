/** Reads the costs of pairs of variables; says what is wrong with them. */
import { checkNumber, checkOptions, describe, isList } from '../../checks.ts';
import { allSteps } from '../../pacing.ts';
import { linksOf, sortPairs, type Links } from '../pairs.ts';

/** `[a, b, cost]`: what it costs when variables a and b are both on. */
export type PottsPair = readonly [a: number, b: number, cost: number];

/** The same in columns. */
export interface PairColumns {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly cost: ArrayLike<number>;
}

/** The most pairs that can be given. */
const MAX_PAIRS = 2 ** 27;

/** @throws TypeError, RangeError for what is no list of pairs between variables of different groups */
export function readLinks(
  pairs: readonly PottsPair[] | PairColumns,
  groupOf: Uint32Array,
): Links<Float64Array> {
  const columns = Array.isArray(pairs) ? columnsOf(pairs) : checkColumns(pairs as PairColumns);
  const { a, b, cost } = columns;
  const variables = groupOf.length;
  const isVariable = (v: number) => Number.isInteger(v) && v >= 0 && v < variables;
  for (let k = 0; k < a.length; k++) {
    for (const end of [a[k], b[k]]) {
      if (!isVariable(end)) {
        checkNumber(end, `pair ${k}`, `variables from 0 to ${variables - 1}`, isVariable);
      }
    }
    if (groupOf[a[k]] === groupOf[b[k]]) {
      throw new RangeError(
        `pair ${k} is [${a[k]}, ${b[k]}], both of group ${groupOf[a[k]]}; expected two groups`,
      );
    }
    if (!Number.isFinite(cost[k]))
      checkNumber(cost[k], `cost of pair ${k}`, 'a number', () => true);
  }
  const sorted = sortPairs(variables, a, b, cost);
  return allSteps(linksOf(sorted, sorted.values, new Float64Array(2 * sorted.values.length)));
}

function columnsOf(pairs: readonly PottsPair[]): PairColumns {
  const count = checkCount(pairs.length);
  const a = new Float64Array(count);
  const b = new Float64Array(count);
  const cost = new Float64Array(count);
  for (const [k, pair] of pairs.entries()) {
    if (!Array.isArray(pair) || pair.length !== 3 || pair.some((x) => typeof x !== 'number')) {
      throw new TypeError(`pair ${k} is ${describe(pair)}, expected [a, b, cost], three numbers`);
    }
    [a[k], b[k], cost[k]] = pair;
  }
  return { a, b, cost };
}

function checkColumns(pairs: PairColumns): PairColumns {
  checkOptions(pairs, 'pairs', ['a', 'b', 'cost']);
  const { a, b, cost } = pairs;
  for (const [name, column] of Object.entries({ a, b, cost })) {
    if (!isList(column)) {
      throw new TypeError(`${name} of pairs is ${describe(column)}, expected a list of numbers`);
    }
    if (column.length !== checkCount(a.length)) {
      throw new RangeError(`${name} of pairs has length ${column.length}, expected ${a.length}`);
    }
  }
  return pairs;
}

function checkCount(count: number): number {
  if (count > MAX_PAIRS) throw new RangeError(`${count} pairs, expected at most ${MAX_PAIRS}`);
  return count;
}
