/** What the theory of the Hebbian network predicts at T = 0 (Amit, Gutfreund & Sompolinsky 1985). */

/** erf by its series, and by the continued fraction of erfc where that is faster; to about 1e−14. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 100; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

export const erf = (x: number) => 1 - erfc(x);

/** The load at which the mean-field equations have the solution m = erf y. */
export function loadOf(y: number): number {
  const root = erf(y) / y - (2 / Math.sqrt(Math.PI)) * Math.exp(-y * y);
  return (root * root) / 2;
}

/** The y of the largest load, α_c. */
export function criticalY(): number {
  let best = 1;
  for (let y = 1; y < 3; y += 1e-4) if (loadOf(y) > loadOf(best)) best = y;
  return best;
}

/** The overlap of the retrieved state at a load below α_c: y(√(2α) + (2/√π) e^(−y²)) = erf y, m = erf y. */
export function retrievedOverlap(alpha: number): number {
  let low = criticalY();
  let high = 20;
  for (let k = 0; k < 100; k++) {
    const y = (low + high) / 2;
    if (loadOf(y) > alpha) low = y;
    else high = y;
  }
  return erf(low);
}
