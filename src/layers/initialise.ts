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

/**
 * Weights [outputs, inputs] normal with mean 0, in the order in which they are stored, each rounded to single precision. The polar
 * method (Marsaglia & Bray 1964): two from each pair of reals that is a point of the unit disc.
 */
export function normal(random: Random, outputs: number, inputs: number, deviation: number): Tensor {
  const weight = zeros([outputs, inputs]);
  const { data } = weight;
  for (let i = 0; i < data.length;) {
    const u = 2 * random.real() - 1;
    const v = 2 * random.real() - 1;
    const square = u * u + v * v;
    if (square === 0 || square >= 1) continue;
    const factor = deviation * Math.sqrt((-2 * ln(square)) / square);
    data[i++] = u * factor;
    if (i < data.length) data[i++] = v * factor;
  }
  return weight;
}
