/** Restricted machines from the formulas alone, in doubles, by going through all states. */

export interface Parameters {
  /** N rows of H. */
  weights: number[][];
  /** a */
  visible: number[];
  /** b */
  hidden: number[];
  bipolar: boolean;
  gaussian: boolean;
}

export type State = readonly number[];

/** All states of `units` units. */
export function allStates(units: number, low: number): number[][] {
  return Array.from({ length: 2 ** units }, (_, s) =>
    Array.from({ length: units }, (__, i) => ((s >> i) & 1 ? 1 : low)),
  );
}

export const lowOf = ({ bipolar }: Parameters) => (bipolar ? -1 : 0);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
export const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((x, i) => x * b[i]));

/** b_j + Σ_i v_i W_ij */
function inputs({ weights, hidden }: Parameters, v: State): number[] {
  return hidden.map((b, j) => b + sum(v.map((x, i) => x * weights[i][j])));
}

/** What a Gaussian hidden unit adds to E. */
const own = ({ gaussian }: Parameters, h: State) => (gaussian ? dot(h, h) / 2 : 0);

export function energy(p: Parameters, v: State, h: State): number {
  return -dot(p.visible, v) - dot(inputs(p, v), h) + own(p, h);
}

/** −ln Σ_h e^(−E), or of the integral. */
export function freeEnergy(p: Parameters, v: State): number {
  if (!p.gaussian) {
    const all = allStates(p.hidden.length, 0).map((h) => Math.exp(-energy(p, v, h)));
    return -Math.log(sum(all));
  }
  const x = inputs(p, v);
  return -dot(p.visible, v) - dot(x, x) / 2 - (x.length / 2) * Math.log(2 * Math.PI);
}

export function logZ(p: Parameters): number {
  const all = allStates(p.visible.length, lowOf(p)).map((v) => Math.exp(-freeEnergy(p, v)));
  return Math.log(sum(all));
}

/** Probabilities of all visible states. */
export function distribution(p: Parameters): number[] {
  const z = logZ(p);
  return allStates(p.visible.length, lowOf(p)).map((v) => Math.exp(-freeEnergy(p, v) - z));
}

/** The mean log-likelihood of states. */
export function logLikelihood(p: Parameters, states: readonly State[]): number {
  return -sum(states.map((v) => freeEnergy(p, v))) / states.length - logZ(p);
}

/** All parameters in a row: W, a, b. */
export function flat({ weights, visible, hidden }: Parameters): number[] {
  return [...weights.flat(), ...visible, ...hidden];
}

export function unflat(p: Parameters, values: readonly number[]): Parameters {
  const [n, h] = [p.visible.length, p.hidden.length];
  return {
    ...p,
    weights: p.weights.map((_, i) => values.slice(i * h, (i + 1) * h)),
    visible: values.slice(n * h, n * h + n),
    hidden: values.slice(n * h + n),
  };
}

/** The slope of the mean log-likelihood in each parameter, by differences. */
export function slopes(p: Parameters, states: readonly State[]): number[] {
  const at = flat(p);
  const step = 1e-4;
  return at.map((_, k) => {
    const shifted = (by: number) =>
      logLikelihood(
        unflat(
          p,
          at.map((x, i) => (i === k ? x + by : x)),
        ),
        states,
      );
    // Two differences, Richardson's way.
    const near = (shifted(step) - shifted(-step)) / (2 * step);
    const far = (shifted(2 * step) - shifted(-2 * step)) / (4 * step);
    return (4 * near - far) / 3;
  });
}

/** ⟨v p(h|v)ᵀ⟩, ⟨v⟩, ⟨p(h|v)⟩ over weighted states. */
export function statistics(
  p: Parameters,
  states: readonly State[],
  shares: readonly number[],
): number[] {
  const means = states.map((v) => hiddenMeans(p, v));
  const average = (value: (v: State, m: number[]) => number) =>
    sum(states.map((v, k) => shares[k] * value(v, means[k])));
  return [
    ...p.visible.flatMap((_, i) => p.hidden.map((__, j) => average((v, m) => v[i] * m[j]))),
    ...p.visible.map((_, i) => average((v) => v[i])),
    ...p.hidden.map((_, j) => average((__, m) => m[j])),
  ];
}

export function hiddenMeans(p: Parameters, v: State): number[] {
  return inputs(p, v).map((x) => (p.gaussian ? x : 1 / (1 + Math.exp(-x))));
}

export function visibleMeans(p: Parameters, h: State): number[] {
  return p.visible.map((a, i) => {
    const x = a + dot(p.weights[i], h);
    return p.bipolar ? Math.tanh(x) : 1 / (1 + Math.exp(-x));
  });
}
