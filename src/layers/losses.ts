/**
 * Losses: their mean over the samples, and its gradient. Computed in double precision with the package's own exponential
 * and ln, each gradient rounded once, so that every engine gives the same bits.
 */
import { exp, ln } from '../elementary.ts';
import { checkNumber, describe } from '../checks.ts';
import { checkTensor, countOf, shapeText, zeros, type Tensor } from './tensor.ts';

export interface Loss {
  /** The mean over the samples; of cross entropies in nats. */
  readonly loss: number;
  /** ∂loss/∂logits, or of what else was given, in its shape. */
  readonly gradient: Tensor;
}

/**
 * −ln softmax(logits)[label], the mean over the samples; its gradient (softmax(logits) − one-hot(label))/samples.
 *
 * @param logits - [samples, classes], both at least 1
 * @param labels - one class of each sample, an integer from 0 to classes − 1
 * @throws TypeError, RangeError when the arguments are none or do not fit each other
 */
export function softmaxCrossEntropy(logits: Tensor, labels: ArrayLike<number>): Loss {
  checkTensor(logits, 'logits', ['samples', 'classes']);
  const [samples, classes] = logits.shape;
  checkNotEmpty(logits, 'logits');
  checkLabels(labels, logits, 'logits');
  const gradient = zeros(logits.shape);
  const weights = new Float64Array(classes);
  let loss = 0;
  for (let i = 0; i < samples; i++) {
    const row = logits.data.subarray(i * classes, (i + 1) * classes);
    let largest = -Infinity;
    for (const value of row) largest = Math.max(largest, value);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += weights[j] = exp(row[j] - largest);
    for (let j = 0; j < classes; j++) gradient.data[i * classes + j] = weights[j] / sum / samples;
    const label = labels[i];
    gradient.data[i * classes + label] = (weights[label] / sum - 1) / samples;
    loss += ln(sum) - (row[label] - largest);
  }
  return { loss: loss / samples, gradient };
}

/**
 * −t·ln σ(x) − (1 − t)·ln(1 − σ(x)), the mean over all elements, with σ(x) = 1/(1 + e⁻ˣ); computed as
 * max(x, 0) − x·t + ln(1 + e^−|x|), which no logit overflows. Its gradient is (σ(x) − t)/elements.
 *
 * @param logits - of any shape, at least one element
 * @param targets - t of each element in the same order, from 0 to 1
 * @throws TypeError, RangeError when the arguments are none or do not fit each other
 */
export function binaryCrossEntropy(logits: Tensor, targets: ArrayLike<number>): Loss {
  checkTensor(logits, 'logits');
  checkNotEmpty(logits, 'logits');
  const count = logits.data.length;
  checkNumbers(
    targets,
    'targets',
    count,
    'logits',
    'a number from 0 to 1',
    (t) => t >= 0 && t <= 1,
  );
  const gradient = zeros(logits.shape);
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const x = logits.data[i];
    const e = exp(-Math.abs(x));
    loss += Math.max(x, 0) - x * targets[i] + ln(1 + e);
    gradient.data[i] = ((x < 0 ? e : 1) / (1 + e) - targets[i]) / count;
  }
  return { loss: loss / count, gradient };
}

function checkNotEmpty({ shape }: Tensor, name: string): void {
  if (countOf(shape) === 0) {
    throw new RangeError(`${name} has shape ${shapeText(shape)}, expected at least one element`);
  }
}

function checkLabels(labels: ArrayLike<number>, { shape }: Tensor, source: string): void {
  const [samples, classes] = shape;
  const expected = `an integer from 0 to ${classes - 1}`;
  checkNumbers(labels, 'labels', samples, source, expected, (label) => {
    return Number.isInteger(label) && label >= 0 && label < classes;
  });
}

function checkNumbers(
  values: ArrayLike<number>,
  name: string,
  count: number,
  source: string,
  expected: string,
  holds: (value: number) => boolean,
): void {
  if (!Array.isArray(values) && !(ArrayBuffer.isView(values) && 'length' in values)) {
    throw new TypeError(`${name} is ${describe(values)}, expected an array of numbers`);
  }
  if (values.length !== count) {
    throw new RangeError(
      `${name} has length ${values.length}, expected ${count} (from the ${source})`,
    );
  }
  for (let i = 0; i < count; i++) {
    const value: unknown = values[i];
    if (typeof value !== 'number') {
      throw new TypeError(`${name}[${i}] is ${describe(value)}, expected ${expected}`);
    }
    if (!holds(value)) throw new RangeError(`${name}[${i}] is ${value}, expected ${expected}`);
  }
}

/**
 * Σ_γ (c_γ − t_γ)²ᵐ of each sample, with t = 1 for its class and −1 for the others; the mean over the samples. Its gradient is
 * 2m·(c − t)²ᵐ⁻¹/samples. The larger m, the more the worst answers count alone (Krotov & Hopfield 2016, appendix A).
 *
 * @param outputs - c, [samples, classes], both at least 1, as a `DenseMemory` gives them, from −1 to 1
 * @param labels - one class of each sample, an integer from 0 to classes − 1
 * @param m - an integer from 1 to 100; 1 is squares
 * @throws TypeError, RangeError when the arguments are none or do not fit each other
 */
export function powerLoss(outputs: Tensor, labels: ArrayLike<number>, m = 1): Loss {
  checkTensor(outputs, 'outputs', ['samples', 'classes']);
  const [samples, classes] = outputs.shape;
  checkNotEmpty(outputs, 'outputs');
  checkLabels(labels, outputs, 'outputs');
  checkNumber(m, 'm', 'an integer from 1 to 100', (value) => {
    return Number.isInteger(value) && value >= 1 && value <= 100;
  });
  const gradient = zeros(outputs.shape);
  let loss = 0;
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < classes; j++) {
      const at = i * classes + j;
      const error = outputs.data[at] - (j === labels[i] ? 1 : -1);
      let odd = error;
      for (let k = 1; k < m; k++) odd *= error * error;
      loss += odd * error;
      gradient.data[at] = (2 * m * odd) / samples;
    }
  }
  return { loss: loss / samples, gradient };
}
