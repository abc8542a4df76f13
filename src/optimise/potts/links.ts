/** The costs of pairs, as given and as rows: each variable with its neighbours, in order, every pair once in both rows. */
import { checkNumber, checkOptions, describe } from '../../checks.ts';

/** [a, b, cost]: what it costs when variables a and b are both on. */
export type Pair = readonly [a: number, b: number, cost: number];

/** The same in columns. */
export interface PairColumns {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly cost: ArrayLike<number>;
}

/** Row b is the stretch rows[b] … rows[b + 1] − 1 of neighbours and costs. */
export interface Links {
  readonly rows: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly costs: Float64Array;
}

/** The most pairs that can be given. */
const MAX_PAIRS = 2 ** 27;

/** @throws TypeError, RangeError for what is no list of pairs between variables of different groups */
export function readLinks(pairs: readonly Pair[] | PairColumns, groupOf: Uint32Array): Links {
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
  return merged(sorted(columns, variables));
}

function columnsOf(pairs: readonly Pair[]): PairColumns {
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
    if (typeof column !== 'object' || column === null || typeof column.length !== 'number') {
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

/** Both directions of every pair, by row and within rows by neighbour (counting sort, twice). */
function sorted({ a, b, cost }: PairColumns, variables: number): Links {
  const count = a.length;
  const rows = new Uint32Array(variables + 1);
  for (let k = 0; k < count; k++) {
    rows[a[k] + 1]++;
    rows[b[k] + 1]++;
  }
  for (let v = 0; v < variables; v++) rows[v + 1] += rows[v];
  const links = {
    rows,
    neighbours: new Uint32Array(2 * count),
    costs: new Float64Array(2 * count),
  };
  const unsorted = { neighbours: links.neighbours.slice(), costs: links.costs.slice() };
  const next = rows.slice();
  for (let k = 0; k < count; k++) {
    put(unsorted, next[a[k]]++, b[k], cost[k]);
    put(unsorted, next[b[k]]++, a[k], cost[k]);
  }
  // Row v, taken upwards, says where v stands in the rows of its neighbours: all of them come out in order.
  next.set(rows);
  for (let v = 0; v < variables; v++) {
    for (let k = rows[v]; k < rows[v + 1]; k++) {
      put(links, next[unsorted.neighbours[k]]++, v, unsorted.costs[k]);
    }
  }
  return links;
}

function put(links: Omit<Links, 'rows'>, at: number, neighbour: number, cost: number): void {
  links.neighbours[at] = neighbour;
  links.costs[at] = cost;
}

/** Repeated pairs added up, pairs that cost nothing left out. */
function merged({ rows, neighbours, costs }: Links): Links {
  const ends = new Uint32Array(rows.length);
  let kept = 0;
  for (let v = 0; v + 1 < rows.length; v++) {
    for (let k = rows[v]; k < rows[v + 1];) {
      const neighbour = neighbours[k];
      let cost = 0;
      for (; k < rows[v + 1] && neighbours[k] === neighbour; k++) cost += costs[k];
      if (cost !== 0) put({ neighbours, costs }, kept++, neighbour, cost);
    }
    ends[v + 1] = kept;
  }
  return { rows: ends, neighbours: neighbours.slice(0, kept), costs: costs.slice(0, kept) };
}
