/** Starting values of parameters. */
import { ln } from '../elementary.ts';
import { Random } from '../random.ts';
import { zeros, type Tensor } from './tensor.ts';

/**
 * Weights [outputs, inputs] uniform in ±√(6/(inputs + outputs)) (Glorot & Bengio 2010, eq. 16), drawn in the order in
 * which they are stored, each real in [0, 1) scaled and rounded to single precision.
 */
export function glorotUniform(random: Random, outputs: number, inputs: number): Tensor {
  const weight = zeros([outputs, inputs]);
  const bound = Math.sqrt(6 / (inputs + outputs));
  for (let i = 0; i < weight.data.length; i++) weight.data[i] = bound * (2 * random.real() - 1);
  return weight;
}

/** Numbers of a normal distribution about 0, two at a time from a point in the unit circle (Marsaglia & Bray 1964). */
export function normal(random: Random, rows: number, columns: number, deviation: number): Tensor {
  const values = zeros([rows, columns]);
  for (let i = 0; i < values.data.length; i += 2) {
    let [x, y, square] = [0, 0, 0];
    while (square === 0 || square >= 1) {
      x = 2 * random.real() - 1;
      y = 2 * random.real() - 1;
      square = x * x + y * y;
    }
    const length = deviation * Math.sqrt((-2 * ln(square)) / square);
    values.data[i] = length * x;
    if (i + 1 < values.data.length) values.data[i + 1] = length * y;
  }
  return values;
}
