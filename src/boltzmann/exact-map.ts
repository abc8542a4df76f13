/**
 * A Hopfield network as a restricted machine (Barra et al. 2012; Smart & Zilman 2021): with couplings J = AAᵀ, A of N×p,
 *
 *     e^(½β sᵀJs) = const · ∫ dh e^(−½‖h‖² + sᵀWh),  W = √β A
 *
 * so that beside p Gaussian hidden units visible ones have the distribution of the network at temperature 1/β. Hebb:
 * A = Ξᵀ/√N, a hidden unit a pattern. Projection: A is an orthonormal basis of the patterns' span, a hidden unit a dimension.
 * J keeps its diagonal; where the network has none, that is a constant for ±1 units, and a bias, taken back, for 0/1 ones.
 */
import type { HopfieldNetwork } from '../models/hopfield-network.ts';

/** W, N rows of H, and the visible biases, all in doubles. */
export interface ExactMap {
  readonly hidden: number;
  readonly weights: Float64Array;
  readonly visibleBiases: Float64Array;
}

/** @throws TypeError when the network's couplings are no such product, RangeError when it has no patterns */
export function exactMap(network: HopfieldNetwork, temperature: number): ExactMap {
  const { neurons, units, rule, selfCoupling } = network;
  if (rule.name !== 'hebbian' && rule.name !== 'projection') {
    throw new TypeError(`the network's rule is '${rule.name}', expected 'hebbian' or 'projection'`);
  }
  if (network.capacity === undefined) {
    throw new TypeError(
      "the network's couplings are dreamt or given, expected those of its patterns alone",
    );
  }
  const patterns = network.patterns.map((p) => Float64Array.from(p, (x) => (x > 0 ? 1 : -1)));
  if (patterns.length === 0) throw new RangeError('the network has 0 patterns, expected some');
  const binary = units === 'binary';
  const hebbian = rule.name === 'hebbian';
  const columns = hebbian ? patterns : basisOf(patterns, neurons);
  const scale = 1 / Math.sqrt((hebbian && !binary ? neurons : 1) * temperature);
  const hidden = columns.length;
  const weights = new Float64Array(neurons * hidden);
  const visibleBiases = network.thresholds.map((threshold) => -threshold / temperature);
  for (let i = 0; i < neurons; i++) {
    let own = 0;
    for (let k = 0; k < hidden; k++) {
      const w = columns[k][i] * scale;
      weights[i * hidden + k] = w;
      own += w * w;
    }
    if (binary && !selfCoupling) visibleBiases[i] -= own / 2;
  }
  return { hidden, weights, visibleBiases };
}

/** Below this share of N a squared length is what rounding leaves of a pattern that depends on others. */
const DEPENDENT = 1e-9;

/**
 * An orthonormal basis of what patterns span: Gram–Schmidt, the longest remainder first, twice for each vector; O(N·P·rank).
 */
function basisOf(patterns: readonly Float64Array[], neurons: number): Float64Array[] {
  const rest = patterns.map((pattern) => pattern.slice());
  const basis: Float64Array[] = [];
  while (basis.length < neurons) {
    const lengths = rest.map((vector) => dot(vector, vector));
    const longest = lengths.reduce((best, length, k) => (length > lengths[best] ? k : best), 0);
    if (!(lengths[longest] > DEPENDENT * neurons)) break;
    const vector = rest[longest];
    for (const other of basis) takeAway(vector, other);
    const length = Math.sqrt(dot(vector, vector));
    const column = vector.map((x) => x / length);
    basis.push(column);
    for (const other of rest) takeAway(other, column);
    vector.fill(0);
  }
  return basis;
}

/** x −= (x·q)·q */
function takeAway(x: Float64Array, q: Float64Array): void {
  const share = dot(x, q);
  for (let i = 0; i < x.length; i++) x[i] -= share * q[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
