/** Linear constraints: bounds of a sum of integers, each from the value of a variable. */
import { checkNumber, describe } from '../../checks.ts';
import type { Bounds, Constraint, Value } from './constraint.ts';

/** A sum that should not be below `least`, nor above `most`. */
export interface Sum {
  readonly variables: readonly string[];
  /** What each value of each variable adds. */
  readonly parts: readonly (readonly number[])[];
  readonly least: number;
  readonly most: number;
  /** What a unit costs that is missing or too much; undefined where the constraint has to hold. */
  readonly weight: number | undefined;
  /** The furthest that it can be from its bounds. */
  readonly farthest: number;
  /** What is wrong with a sum, in words. */
  says(sum: number): string;
}

type Given = Extract<Constraint, { sum: unknown } | { count: unknown }>;

/** Integers up to here add up exactly. */
const LARGEST = 2 ** 40;

/**
 * @returns undefined where every assignment keeps the bounds
 * @throws TypeError, RangeError for weights, values and bounds that are no integers, and bounds that nothing keeps
 */
export function readSum(
  constraint: Given,
  variables: readonly string[],
  name: string,
  domains: ReadonlyMap<string, readonly Value[]>,
): Sum | undefined {
  const parts =
    'sum' in constraint
      ? weighted(constraint.sum, variables, name, domains)
      : counted(constraint.value, variables, name, domains);
  const lowest = parts.reduce((sum, values) => sum + Math.min(...values), 0);
  const highest = parts.reduce((sum, values) => sum + Math.max(...values), 0);
  const { least, most } = boundsOf(constraint, name);
  if (least > highest || most < lowest) {
    throw new RangeError(
      `${name} cannot hold: it is from ${lowest} to ${highest}, expected ${words(constraint)}`,
    );
  }
  if (least <= lowest && most >= highest) return undefined;
  const what = 'sum' in constraint ? sumText(constraint.sum, variables) : countText(constraint);
  return {
    variables,
    parts,
    least,
    most,
    weight: constraint.weight,
    farthest: Math.max(least - lowest, highest - most),
    says: (sum) => `${what} is ${sum}, expected ${words(constraint)}`,
  };
}

/** How far a sum is from its bounds. */
export function beyond({ least, most }: Pick<Sum, 'least' | 'most'>, sum: number): number {
  return sum < least ? least - sum : sum > most ? sum - most : 0;
}

function weighted(
  sum: readonly string[] | Readonly<Record<string, number>>,
  variables: readonly string[],
  name: string,
  domains: ReadonlyMap<string, readonly Value[]>,
): number[][] {
  const weightOf = (variable: string): unknown =>
    Array.isArray(sum) ? 1 : (sum as Readonly<Record<string, number>>)[variable];
  return variables.map((variable) => {
    const weight = integer(weightOf(variable), `weight of ${variable} in ${name}`);
    return domains.get(variable)!.map((value) => {
      if (typeof value === 'string') {
        throw new TypeError(
          `${name} sums ${variable}, which can be ${describe(value)}; expected integers and booleans only`,
        );
      }
      return integer(weight * integer(Number(value), `a value of ${variable}`), name);
    });
  });
}

function counted(
  value: Value,
  variables: readonly string[],
  name: string,
  domains: ReadonlyMap<string, readonly Value[]>,
): number[][] {
  const parts = variables.map((variable) =>
    domains.get(variable)!.map((own) => (own === value ? 1 : 0)),
  );
  if (parts.flat().includes(1)) return parts;
  throw new RangeError(
    `${name} counts ${describe(value)}, expected a value that one of its variables can have`,
  );
}

function boundsOf(bounds: Bounds, name: string): { least: number; most: number } {
  const { exactly, atLeast, atMost } = bounds;
  if ((exactly ?? atLeast ?? atMost) === undefined) {
    throw new TypeError(`${name} has no bound, expected exactly, atLeast or atMost`);
  }
  if (exactly !== undefined && (atLeast ?? atMost) !== undefined) {
    throw new TypeError(`${name} has exactly and another bound, expected exactly alone`);
  }
  const bound = (value: number | undefined, other: number, of: string): number =>
    value === undefined ? other : integer(value, `${of} of ${name}`);
  if (exactly !== undefined) {
    const both = bound(exactly, 0, 'exactly');
    return { least: both, most: both };
  }
  const least = bound(atLeast, -Infinity, 'atLeast');
  const most = bound(atMost, Infinity, 'atMost');
  if (least > most) {
    throw new RangeError(`${name} is at least ${least} and at most ${most}, which nothing is`);
  }
  return { least, most };
}

function words({ exactly, atLeast, atMost }: Bounds): string {
  if (exactly !== undefined) return `exactly ${exactly}`;
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return bounds.join(' and ');
}

/** Such as `3·a + b`. */
function sumText(
  sum: readonly string[] | Readonly<Record<string, number>>,
  variables: readonly string[],
): string {
  if (Array.isArray(sum)) return variables.join(' + ');
  const weights = sum as Readonly<Record<string, number>>;
  return variables
    .map((variable) => (weights[variable] === 1 ? variable : `${weights[variable]}·${variable}`))
    .join(' + ');
}

function countText(constraint: Given): string {
  const { count, value } = constraint as Extract<Given, { count: unknown }>;
  return `the number of ${count.join(', ')} that are ${describe(value)}`;
}

function integer(value: unknown, name: string): number {
  return checkNumber(value, name, 'an integer up to 2⁴⁰', (x) => {
    return Number.isInteger(x) && Math.abs(x) <= LARGEST;
  });
}
