/** Constraints between variables of finite domains, and on sums of them. */
import { anneal } from '../anneal.ts';
import { describe } from '../../checks.ts';
import { PottsModel } from '../potts-model.ts';
import type { Problem } from '../problem.ts';
import { ConstraintModel, type PairTable } from '../constraints/constraint-model.ts';
import { beyond, type Sum } from '../constraints/sums.ts';
import type { Constraint, Domains, Value } from '../constraints/constraint.ts';
import { readConstraints, readDomains, type Term } from '../constraints/read.ts';
import { PairList } from '../potts/pair-list.ts';

/** A value for each variable. */
export type Assignment = Record<string, Value>;

/**
 * Finds values for variables so that all constraints hold and the soft ones cost as little as can be. The energy is the sum of
 * the soft costs, plus a penalty for each two variables (or one) that break a constraint, and for each unit that a sum is beyond its
 * bounds: 1 more than all soft costs together can differ by, so that breaking one is never worth it, and a state of least energy is
 * a solution of least cost, where there is one. The search ends early when no constraint is
 * broken and every soft one costs the least it can, unless costs had to be rounded.
 *
 * Without `sum` and `count` the model is a network of Potts neurons, a group for each variable. With them, moves of one and of two
 * variables are made on the constraints themselves (knapsacks, assignments): O(constraints of a variable) each. For hundreds of
 * variables with sums, an integer programming solver such as HiGHS is the better tool, and proves what it finds.
 *
 * @param variables - each name with the list of its values
 * @param constraints - on one or two variables each, or any number for `different` and `equal`. Functions are
 *   called once for every pair of values; sums are of integers
 * @returns solutions are values by name; the cost is the energy, recomputed from the constraints
 * @throws TypeError, RangeError for domains without values, names that are no variable, and the like
 */
export function constraintProblem(
  variables: Domains,
  constraints: readonly Constraint[],
): Problem<Assignment, Int32Array> {
  const domains = readDomains(variables);
  const { terms, sums } = readConstraints(constraints, domains);
  const names = [...domains.keys()];
  const tables = terms.map((term) => tabulate(term, domains));
  const soft = tables.filter((_, k) => !terms[k].hard);
  const lowest = soft.reduce((sum, table) => sum + extreme(table, Math.min), 0);
  const highest =
    soft.reduce((sum, table) => sum + extreme(table, Math.max), 0) +
    sums.reduce((most, { weight = 0, farthest }) => most + weight * farthest, 0);
  const penalty = 1 + highest - lowest;
  const scale = (k: number) => (terms[k].hard ? penalty : 1);
  const scaled = tables.map((table, k) => table.map((row) => row.map((cost) => scale(k) * cost)));
  const bounded = sums.map((sum) => ({ ...sum, weight: sum.weight ?? penalty }));
  const model =
    sums.length === 0
      ? networkOf(terms, scaled, domains)
      : modelOf(terms, scaled, bounded, domains);
  const exact =
    model instanceof PottsModel ? model.exact : scaled.flat(2).every(Number.isSafeInteger);
  const totalOf = ({ variables, parts }: Sum, solution: Assignment) =>
    variables.reduce((sum, name, k) => {
      return sum + parts[k][domains.get(name)!.indexOf(solution[name])];
    }, 0);
  const costOf = (term: Term, solution: Assignment) => {
    const [a, b] = term.variables;
    return b === undefined ? term.of(solution[a]) : term.of(solution[a], solution[b]);
  };
  const gaps = (solution: Assignment) => missing(solution, domains);

  return {
    model,
    solver: anneal,
    target: exact ? lowest : -Infinity,
    encode(solution) {
      const wrong = gaps(solution);
      if (wrong.length > 0) throw new RangeError(`not an assignment: ${wrong[0]}`);
      return Int32Array.from(names, (name) => domains.get(name)!.indexOf(solution[name]));
    },
    decode(state) {
      const indices = model.readState(state, 'state');
      return Object.fromEntries(names.map((name, g) => [name, domains.get(name)![indices[g]]]));
    },
    check(solution) {
      const wrong = gaps(solution);
      if (wrong.length > 0) return wrong;
      return [
        ...terms.flatMap((term) => (term.hard && costOf(term, solution) > 0 ? [term.text] : [])),
        ...sums.flatMap((sum) => {
          const total = totalOf(sum, solution);
          return sum.weight === undefined && beyond(sum, total) > 0 ? [sum.says(total)] : [];
        }),
      ];
    },
    cost(solution) {
      const wrong = gaps(solution);
      if (wrong.length > 0) throw new RangeError(`not an assignment: ${wrong[0]}`);
      return bounded.reduce(
        (cost, sum) => cost + sum.weight * beyond(sum, totalOf(sum, solution)),
        terms.reduce((sum, term, k) => sum + scale(k) * costOf(term, solution), 0),
      );
    },
  };
}

/** What each value, or pair of values, costs: rows for the first variable. */
function tabulate(term: Term, domains: ReadonlyMap<string, readonly Value[]>): number[][] {
  const [a, b] = term.variables;
  const columns = b === undefined ? [undefined] : domains.get(b)!;
  return domains.get(a)!.map((x) => columns.map((y) => term.of(x, y)));
}

function extreme(table: number[][], pick: (...values: number[]) => number): number {
  return table.flat().reduce((most, value) => pick(most, value));
}

/** The energy as a model that minds sums. */
function modelOf(
  terms: readonly Term[],
  tables: readonly number[][][],
  sums: readonly (Sum & { weight: number })[],
  domains: ReadonlyMap<string, readonly Value[]>,
): ConstraintModel {
  const indices = new Map([...domains.keys()].map((name, v) => [name, v]));
  const sizes = Array.from(domains.values(), (values) => values.length);
  const own = sizes.map((size) => new Float64Array(size));
  const pairs: PairTable[] = [];
  terms.forEach(({ variables }, k) => {
    const [a, b] = variables.map((name) => indices.get(name)!);
    if (b === undefined) tables[k].forEach(([cost], x) => (own[a][x] += cost));
    else pairs.push({ a, b, costs: Float64Array.from(tables[k].flat()) });
  });
  const bounded = sums.map(({ variables, parts, least, most, weight }) => {
    return { variables: variables.map((name) => indices.get(name)!), parts, least, most, weight };
  });
  return new ConstraintModel({ sizes, own, pairs, sums: bounded });
}

/** The energy as a network: a group for each variable. */
function networkOf(
  terms: readonly Term[],
  tables: readonly number[][][],
  domains: ReadonlyMap<string, readonly Value[]>,
): PottsModel {
  const first = new Map<string, number>();
  let variables = 0;
  for (const [name, values] of domains) {
    first.set(name, variables);
    variables += values.length;
  }
  const costs = new Float64Array(variables);
  const pairs = new PairList();
  terms.forEach(({ variables: [a, b] }, k) => {
    tables[k].forEach((row, x) => {
      row.forEach((cost, y) => {
        if (b === undefined) costs[first.get(a)! + x] += cost;
        else if (cost !== 0) pairs.add(first.get(a)! + x, first.get(b)! + y, cost);
      });
    });
  });
  const sizes = Array.from(domains.values(), (values) => values.length);
  return new PottsModel(sizes, { costs, pairs: pairs.columns });
}

/** What keeps an object from giving every variable one of its values. */
function missing(solution: Assignment, domains: ReadonlyMap<string, readonly Value[]>): string[] {
  if (typeof solution !== 'object' || solution === null) {
    return [`an assignment is an object of values, this is ${describe(solution)}`];
  }
  const wrong = [...domains].flatMap(([name, values]) =>
    Object.hasOwn(solution, name) && values.includes(solution[name])
      ? []
      : [`${name} is ${describe(solution[name])}, expected one of ${values.join(', ')}`],
  );
  const unknown = Object.keys(solution).filter((name) => !domains.has(name));
  return [...wrong, ...unknown.map((name) => `${name} is no variable`)];
}
