/** Starting values of parameters. */
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
