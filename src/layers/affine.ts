/** x·Wᵀ + b for each row of x, W [outputs, inputs], and its vector–Jacobian product. */
import type { Address } from '../numbers.ts';
import { matrix, transposed, type Pass } from './arena.ts';
import type { Parameter } from './module.ts';

/** Weights [outputs, inputs] and, unless there is none, a bias [outputs]. */
export interface Affine {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
}

/** out ← x·Wᵀ + b for `rows` rows. */
export function affine(
  pass: Pass,
  out: Address,
  x: number,
  { weight, bias }: Affine,
  rows: number,
): void {
  const [n, m] = weight.value.shape;
  const w = matrix(pass.read(weight.value.data), m);
  pass.product(matrix(out, n), matrix(x, m), transposed(w), rows, m, n);
  if (bias) pass.kernels.addRowF32(out, pass.read(bias.value.data), rows, n);
}

/** dx ← g·W; the gradient of the weights gains gᵀ·x, that of the bias the sum of g's rows. */
export function affineBackward(
  pass: Pass,
  dx: number,
  x: number,
  gradient: Address,
  { weight, bias }: Affine,
  rows: number,
): void {
  const [n, m] = weight.value.shape;
  const g = matrix(gradient, n);
  const w = matrix(pass.read(weight.value.data), m);
  pass.product(matrix(dx, m), g, w, rows, n, m);
  const dw = matrix(pass.read(weight.gradient.data), m);
  pass.addProduct(dw, transposed(g), matrix(x, m), n, rows, m);
  pass.write(weight.gradient.data, dw.address);
  if (!bias) return;
  const db = pass.read(bias.gradient.data);
  pass.kernels.sumRowsF32(db, gradient, rows, n);
  pass.write(bias.gradient.data, db);
}
