/** Constraints between named variables, checked and tabulated: what each pair of values costs. */
import { checkNumber, checkOptions, describe } from '../../checks.ts';
import type { Constraint, Domains, Value } from './constraint.ts';
import { readSum, type Sum } from './sums.ts';

/** A constraint on one variable, or two. */
export interface Term {
  readonly variables: readonly string[];
  /** Of something that has to hold: 1 for values that break it. Otherwise what they cost. */
  readonly of: (a: Value, b?: Value) => number;
  readonly hard: boolean;
  /** What it says, for people. */
  readonly text: string;
}

const FORMS = ['different', 'equal', 'allow', 'cost', 'sum', 'count'] as const;
const BOUNDS = ['exactly', 'atLeast', 'atMost'];

/** All constraints: those on one variable or two, and those on sums. */
export interface Terms {
  readonly terms: Term[];
  readonly sums: Sum[];
}

/** @throws TypeError, RangeError for domains without values, or with a value twice */
export function readDomains(domains: Domains): Map<string, readonly Value[]> {
  if (typeof domains !== 'object' || domains === null || Array.isArray(domains)) {
    throw new TypeError(
      `variables are ${describe(domains)}, expected an object of lists of values`,
    );
  }
  const read = new Map<string, readonly Value[]>();
  for (const [name, values] of Object.entries(domains)) {
    if (!Array.isArray(values)) {
      throw new TypeError(
        `the domain of ${name} is ${describe(values)}, expected a list of values`,
      );
    }
    if (values.length === 0) {
      throw new RangeError(`the domain of ${name} is empty, expected at least one value`);
    }
    for (const value of values) {
      if (!['string', 'number', 'boolean'].includes(typeof value)) {
        throw new TypeError(
          `a value of ${name} is ${describe(value)}, expected a string, number or boolean`,
        );
      }
    }
    if (new Set(values).size !== values.length) {
      throw new RangeError(`the domain of ${name} has a value twice, expected each once`);
    }
    read.set(name, [...(values as readonly Value[])]);
  }
  return read;
}

/** The constraints, sums apart, others one or two variables at a time. @throws TypeError, RangeError for what is none */
export function readConstraints(
  constraints: readonly Constraint[],
  domains: ReadonlyMap<string, readonly Value[]>,
): Terms {
  if (!Array.isArray(constraints)) {
    throw new TypeError(`constraints are ${describe(constraints)}, expected a list`);
  }
  const read: Terms = { terms: [], sums: [] };
  for (const [k, constraint] of (constraints as readonly Constraint[]).entries()) {
    readConstraint(constraint, `constraint ${k}`, domains, read);
  }
  return read;
}

function readConstraint(
  constraint: Constraint,
  name: string,
  domains: ReadonlyMap<string, readonly Value[]>,
  { terms, sums }: Terms,
): void {
  const form = FORMS.find((key) => Object.hasOwn(Object(constraint), key));
  if (form === undefined) {
    throw new TypeError(
      `${name} is ${describe(constraint)}, expected one with ${FORMS.join(', ')}`,
    );
  }
  const known = {
    different: ['weight'],
    equal: ['weight'],
    allow: ['when', 'values', 'weight'],
    cost: ['of', 'values'],
    sum: [...BOUNDS, 'weight'],
    count: ['value', ...BOUNDS, 'weight'],
  };
  checkOptions(constraint, name, [form, ...known[form]]);
  const listed = (constraint as Record<string, unknown>)[form];
  const weighted =
    form === 'sum' && typeof listed === 'object' && listed !== null && !Array.isArray(listed);
  const variables = (weighted ? Object.keys(listed) : listed) as readonly string[];
  if (!Array.isArray(variables)) {
    throw new TypeError(
      `${form} of ${name} is ${describe(variables)}, expected names of variables`,
    );
  }
  for (const variable of variables) {
    if (!domains.has(variable)) {
      throw new RangeError(`${name} names ${describe(variable)}, which is no variable`);
    }
  }
  if (new Set(variables).size !== variables.length) {
    throw new RangeError(`${name} names a variable twice, expected each once`);
  }
  if ('cost' in constraint) {
    terms.push(costTerm(costsOf(constraint, name), variables, name));
    return;
  }
  const { weight } = constraint;
  if (weight !== undefined) {
    checkNumber(weight, `weight of ${name}`, 'a number above 0', (w) => w > 0);
  }
  if ('sum' in constraint || 'count' in constraint) {
    const sum = readSum(constraint, variables, name, domains);
    if (sum) sums.push(sum);
    return;
  }
  const term = (
    names: readonly string[],
    fine: (a: Value, b?: Value) => boolean,
    says: string,
  ) => ({
    variables: names,
    of: (a: Value, b?: Value) => (fine(a, b) ? 0 : (weight ?? 1)),
    hard: weight === undefined,
    text: `${names.join(' and ')} ${says}`,
  });
  if ('allow' in constraint) {
    const when = allowedBy(constraint, name);
    checkFew(variables, when, 'when', name);
    terms.push(term(variables, when, `are not as ${name} allows`));
    return;
  }
  const wanted = 'different' in constraint;
  for (const pair of pairsOf(variables)) {
    const says = wanted ? 'are equal' : 'are different';
    terms.push(term(pair, (a, b) => (a !== b) === wanted, says));
  }
}

/** The function that says which values are fine. */
function allowedBy(
  constraint: Extract<Constraint, { allow: unknown }>,
  name: string,
): (a: Value, b?: Value) => boolean {
  if (!('values' in constraint)) return constraint.when;
  const { length } = constraint.allow;
  const lists = checkTuples(constraint, name, length, `${length} values`);
  return (...values) => lists.some((list) => list.every((value, k) => value === values[k]));
}

/** The function that says what values cost. */
function costsOf(
  constraint: Extract<Constraint, { cost: unknown }>,
  name: string,
): (a: Value, b?: Value) => number {
  if (!('values' in constraint)) return constraint.of;
  const { length } = constraint.cost;
  const lists = checkTuples(constraint, name, length + 1, `${length} values and a cost`);
  return (...values) => {
    const found = lists.find((list) => list.slice(0, length).every((v, k) => v === values[k]));
    return found === undefined ? 0 : (found[length] as number);
  };
}

function checkTuples(
  constraint: { readonly values: readonly (readonly Value[])[] },
  name: string,
  length: number,
  expected: string,
): readonly (readonly Value[])[] {
  const { values } = constraint;
  if ('when' in constraint || 'of' in constraint) {
    throw new TypeError(`${name} has a function and values, expected one of them`);
  }
  if (!Array.isArray(values)) {
    throw new TypeError(`values of ${name} are ${describe(values)}, expected a list of lists`);
  }
  for (const [k, list] of (values as readonly (readonly Value[])[]).entries()) {
    if (Array.isArray(list) && list.length === length) continue;
    throw new TypeError(`values[${k}] of ${name} is ${describe(list)}, expected ${expected}`);
  }
  return values;
}

function costTerm(
  of: (a: Value, b?: Value) => number,
  variables: readonly string[],
  name: string,
): Term {
  checkFew(variables, of, 'of', name);
  const checked = (a: Value, b?: Value) =>
    checkNumber(of(a, b), `cost of ${name}`, 'a number', () => true);
  return { variables, of: checked, hard: false, text: name };
}

function checkFew(variables: readonly string[], given: unknown, key: string, name: string): void {
  if (variables.length < 1 || variables.length > 2) {
    throw new RangeError(`${name} has ${variables.length} variables, expected one or two`);
  }
  if (typeof given !== 'function') {
    throw new TypeError(`${key} of ${name} is ${describe(given)}, expected a function`);
  }
}

function pairsOf(names: readonly string[]): [string, string][] {
  return names.flatMap((a, k) => names.slice(k + 1).map((b): [string, string] => [a, b]));
}
