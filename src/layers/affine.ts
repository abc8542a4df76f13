/** x·Wᵀ + b for each row of x, W [outputs, inputs], and its vector–Jacobian product. */
import type { Pass } from './arena.ts';
import type { Parameter } from './module.ts';

/** Weights [outputs, inputs] and, unless there is none, a bias [outputs]. */
export interface Affine {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
}

/** out ← x·Wᵀ + b for `rows` rows. */
export function affine(
  pass: Pass,
  out: number,
  x: number,
  { weight, bias }: Affine,
  rows: number,
): void {
  const { kernels } = pass;
  const [n, m] = weight.value.shape;
  const w = pass.read(weight.value.data);
  kernels.productF32(out, x, w, pass.work(m), rows, n, m, n, m, 1, 1, m, 0);
  if (bias) kernels.addRowF32(out, pass.read(bias.value.data), rows, n);
}

/** dx ← g·W; the gradient of the weights gains gᵀ·x, that of the bias the sum of g's rows. */
export function affineBackward(
  pass: Pass,
  dx: number,
  x: number,
  gradient: number,
  { weight, bias }: Affine,
  rows: number,
): void {
  const { kernels } = pass;
  const [n, m] = weight.value.shape;
  const w = pass.read(weight.value.data);
  kernels.productF32(dx, gradient, w, pass.work(n), rows, m, n, m, n, 1, m, 1, 0);
  const dw = pass.read(weight.gradient.data);
  kernels.productF32(dw, gradient, x, pass.work(rows), n, m, rows, m, 1, n, m, 1, 1);
  pass.write(weight.gradient.data, dw);
  if (!bias) return;
  const db = pass.read(bias.gradient.data);
  kernels.sumRowsF32(db, gradient, rows, n);
  pass.write(bias.gradient.data, db);
}
