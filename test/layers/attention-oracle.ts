/**
 * The attention modules a second time, from the formulas, in plain numbers (doubles) and nested arrays.
 *
 * All numbers that a result depends on are in one record of named arrays, so that each can be moved a little.
 */

export type Matrix = number[][];

/** Numbers with a shape, the last index fastest. */
export interface Numbers {
  values: number[];
  shape: readonly number[];
}

/** Inputs (`state`, `stored`, `values`, `mask`, `storedMask`) and parameters under their names. */
export type Variables = Record<string, Numbers>;

export interface Rule {
  heads: number;
  headSize: number;
  /** One for each head. */
  beta: readonly number[];
  updateSteps: number;
  tolerance?: number;
  /** Inputs that are normalised without gain and bias. */
  plain?: readonly string[];
  /** The updates that each head of each sample makes, in place of the tolerance. */
  updates?: ArrayLike<number>;
}

export interface Outcome {
  /** [batch, states, outputSize] */
  output: number[];
  /** [batch, heads, states, stored] */
  attention: number[];
  /** [batch, heads] */
  updates: number[];
  /** The smallest factor between a change of A and the tolerance, on either side: how clear the stops were. */
  margin: number;
}

export function associate(variables: Variables, rule: Rule): Outcome {
  const { heads, headSize, beta, tolerance } = rule;
  const batch = Math.max(...['state', 'stored'].map((name) => samples(variables[name])));
  const outcome: Outcome = { output: [], attention: [], updates: [], margin: Infinity };
  for (let b = 0; b < batch; b++) {
    const way = (name: string, from = name) => {
      const rows = sampleOf(variables[name] ?? variables[from], b);
      return projected(
        variables,
        name,
        normalised(variables, name, rows, rule.plain?.includes(name)),
      );
    };
    const Q = way('state');
    const K = way('stored');
    const V = way('values', 'stored');
    const gathered: Matrix = Q.map(() => []);
    for (let head = 0; head < heads; head++) {
      const part = (X: Matrix) => X.map((row) => row.slice(head * headSize, (head + 1) * headSize));
      const [k, v] = [part(K), part(V)];
      const M = maskOf(variables, b, head, Q.length, K.length);
      let q = part(Q);
      const associated = () => softmaxRows(scores(q, k, M, beta[head]));
      let A = associated();
      let updates = 1;
      const most = rule.updates?.[b * heads + head] ?? rule.updateSteps;
      while (updates < most) {
        const before = A;
        q = times(A, k);
        A = associated();
        updates++;
        if (rule.updates || tolerance === undefined) continue;
        const change = distance(A, before);
        outcome.margin = Math.min(outcome.margin, Math.max(change / tolerance, tolerance / change));
        if (change <= tolerance) break;
      }
      outcome.updates.push(updates);
      outcome.attention.push(...A.flat());
      for (const [i, row] of times(A, v).entries()) gathered[i].push(...row);
    }
    outcome.output.push(...projected(variables, 'output', gathered).flat());
  }
  return outcome;
}

/** Softmax of each row; a row of −infinity gives zeros. */
export function softmaxRows(S: Matrix): Matrix {
  return S.map((row) => {
    const largest = Math.max(...row);
    if (largest === -Infinity) return row.map(() => 0);
    const e = row.map((s) => Math.exp(s - largest));
    const sum = e.reduce((a, b) => a + b, 0);
    return e.map((x) => x / sum);
  });
}

export function times(A: Matrix, B: Matrix): Matrix {
  const columns = B[0]?.length ?? 0;
  return A.map((row) =>
    Array.from({ length: columns }, (_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)),
  );
}

/** The rows of a matrix that is given flat. */
export function rowsOf(values: readonly number[], columns: number): Matrix {
  return Array.from({ length: values.length / columns }, (_, i) =>
    values.slice(i * columns, (i + 1) * columns),
  );
}

function scores(q: Matrix, k: Matrix, M: Matrix, beta: number): Matrix {
  return q.map((x, i) =>
    k.map((y, j) => beta * x.reduce((sum, value, c) => sum + value * y[c], 0) + M[i][j]),
  );
}

function distance(A: Matrix, B: Matrix): number {
  return Math.hypot(...A.flatMap((row, i) => row.map((a, j) => a - B[i][j])));
}

/** How many samples an input has; one of two indices (a parameter) is the same for all. */
function samples({ shape }: Numbers): number {
  return shape.length === 3 ? shape[0] : 0;
}

export function sampleOf({ values, shape }: Numbers, b: number): Matrix {
  const [rows, columns] = shape.slice(-2);
  const from = shape.length === 3 ? b * rows * columns : 0;
  return rowsOf(values.slice(from, from + rows * columns), columns);
}

export function normalised(
  variables: Variables,
  name: string,
  rows: Matrix,
  plain = false,
): Matrix {
  const gain = variables[`${name}.norm.weight`]?.values;
  const bias = variables[`${name}.norm.bias`]?.values;
  if (!gain && !plain) return rows;
  return rows.map((row) => {
    const mean = row.reduce((a, b) => a + b, 0) / row.length;
    const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length;
    const unit = row.map((x) => (x - mean) / Math.sqrt(variance + 1e-5));
    return plain ? unit : unit.map((x, j) => x * gain[j] + bias[j]);
  });
}

export function projected(variables: Variables, name: string, rows: Matrix): Matrix {
  const weight = variables[`${name}.weight`];
  const bias = variables[`${name}.bias`]?.values;
  if (!weight) return rows;
  const W = rowsOf(weight.values, weight.shape[1]);
  return rows.map((row) =>
    W.map((w, o) => w.reduce((sum, x, i) => sum + x * row[i], 0) + (bias?.[o] ?? 0)),
  );
}

export function maskOf(
  { mask, storedMask }: Variables,
  b: number,
  head: number,
  states: number,
  stored: number,
): Matrix {
  const seen = storedMask?.values.slice(b * stored, (b + 1) * stored);
  const [heads, batch] = mask ? [mask.shape.at(-3) ?? 1, mask.shape.at(-4) ?? 1] : [1, 1];
  const block = () => {
    if (mask!.shape.length === 4) return (batch === 1 ? 0 : b) * heads + head;
    return mask!.shape.length === 3 ? b : 0;
  };
  return Array.from({ length: states }, (_, i) =>
    Array.from({ length: stored }, (_, j) => {
      const own = mask ? mask.values[(block() * states + i) * stored + j] : 0;
      return own + (seen ? seen[j] : 0);
    }),
  );
}
