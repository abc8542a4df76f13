/** Constraints between named variables, checked and tabulated: what each pair of values costs. */
import { checkNumber, checkOptions, describe } from '../../checks.ts';

export type Value = string | number | boolean;

/** Each variable with the values it can have. */
export type Domains = Readonly<Record<string, readonly Value[]>>;

/**
 * What values should be, by variable names. A constraint with a `weight` is soft: breaking it costs that much. One
 * without has to hold. `different` and `equal` over several variables mean every two of them.
 */
export type Constraint =
  | { readonly different: readonly string[]; readonly weight?: number }
  | { readonly equal: readonly string[]; readonly weight?: number }
  | {
      /** One or two variables, and which values of theirs are fine. */
      readonly allow: readonly string[];
      readonly when: (a: Value, b?: Value) => boolean;
      readonly weight?: number;
    }
  | {
      /** One or two variables, and what their values cost. */
      readonly cost: readonly string[];
      readonly of: (a: Value, b?: Value) => number;
    };

/** A constraint on one variable, or two. */
export interface Term {
  readonly variables: readonly string[];
  /** Of something that has to hold: 1 for values that break it. Otherwise what they cost. */
  readonly of: (a: Value, b?: Value) => number;
  readonly hard: boolean;
  /** What it says, for people. */
  readonly text: string;
}

const FORMS = ['different', 'equal', 'allow', 'cost'] as const;

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

/** The constraints, one or two variables at a time. @throws TypeError, RangeError for what is none */
export function readConstraints(
  constraints: readonly Constraint[],
  domains: ReadonlyMap<string, unknown>,
): Term[] {
  if (!Array.isArray(constraints)) {
    throw new TypeError(`constraints are ${describe(constraints)}, expected a list`);
  }
  return (constraints as readonly Constraint[]).flatMap((constraint, k) =>
    readConstraint(constraint, `constraint ${k}`, domains),
  );
}

function readConstraint(
  constraint: Constraint,
  name: string,
  domains: ReadonlyMap<string, unknown>,
): Term[] {
  const form = FORMS.find((key) => Object.hasOwn(Object(constraint), key));
  if (form === undefined) {
    throw new TypeError(
      `${name} is ${describe(constraint)}, expected one with ${FORMS.join(', ')}`,
    );
  }
  const known = {
    different: ['weight'],
    equal: ['weight'],
    allow: ['when', 'weight'],
    cost: ['of'],
  };
  checkOptions(constraint, name, [form, ...known[form]]);
  const variables = (constraint as Record<string, unknown>)[form] as readonly string[];
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
  if ('cost' in constraint) return [costTerm(constraint.of, variables, name)];
  const { weight } = constraint;
  if (weight !== undefined) {
    checkNumber(weight, `weight of ${name}`, 'a number above 0', (w) => w > 0);
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
    checkFew(variables, constraint.when, 'when', name);
    return [term(variables, constraint.when, `are not as ${name} allows`)];
  }
  const wanted = 'different' in constraint;
  return pairsOf(variables).map((pair) =>
    term(pair, (a, b) => (a !== b) === wanted, wanted ? 'are equal' : 'are different'),
  );
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
