/**
 * How many simplices of a complete complex agree with a state: elementary symmetric polynomials of the overlap.
 *
 * With x_i = ξ_i s_i = ±1 and m = Σ_i x_i, the sum of Π_{i∈σ} x_i over all σ of k neurons is e_k(m), and
 * (k + 1) e_{k+1} = m e_k − (N − k + 1) e_{k−1}, e_0 = 1, e_1 = m. So F(m) = Σ_{k=2}^{D+1} e_k(m) is minus the energy of
 * one pattern under all pairs, triples, … of D + 1 neurons at once (Burns & Fukai 2023).
 */

/** The largest |F|: sums over as many patterns as memory can hold stay finite. */
const LARGEST = 1e290;

/** The number of simplices of 2 to D + 1 of N neurons, rounded once to a double; stops counting above 10²⁹⁰. */
export function countSimplices(neurons: number, dimension: number): number {
  let count = 0n;
  let ofSize = BigInt(neurons);
  for (let k = 2; k <= Math.min(dimension + 1, neurons) && Number(count) <= LARGEST; k++) {
    ofSize = (ofSize * BigInt(neurons - k + 1)) / BigInt(k);
    count += ofSize;
  }
  return Number(count);
}

/**
 * Σ_{k=2}^{D+1} e_k(m) at m = −N−2, −N, …, N+2: integers without a limit, each rounded once to a double, so exact
 * below 2⁵³. Simplices of more than N neurons do not exist and count nothing.
 *
 * @throws RangeError where the sum leaves what a double can hold
 */
export function elementarySums(neurons: number, dimension: number): Float64Array {
  const largest = Math.min(dimension + 1, neurons);
  const fail = () =>
    new RangeError(
      `dimension is ${dimension}, too large for ${neurons} neurons: the number of simplices is above 1e290`,
    );
  if (!(countSimplices(neurons, dimension) <= LARGEST)) throw fail();
  const values = new Float64Array(neurons + 3);
  for (let entry = 0; entry < values.length; entry++) {
    const m = BigInt(2 * entry - neurons - 2);
    let before = 1n;
    let now = m;
    let sum = 0n;
    for (let k = 1; k < largest; k++) {
      const next = (m * now - BigInt(neurons - k + 1) * before) / BigInt(k + 1);
      before = now;
      now = next;
      sum += next;
    }
    values[entry] = Number(sum);
    if (!(Math.abs(values[entry]) <= LARGEST)) throw fail();
  }
  return values;
}
