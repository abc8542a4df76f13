// Trains a model that answers yes or no, and says epoch by epoch how often it is right about what it has not seen.
import { Adam, Random, binaryCrossEntropy, tensor } from 'hopfield-wasm/layers';

const BATCH = 32;
/** Epochs of which the accuracy is printed. */
export const SHOWN = [1, 2, 5, 10, 20, 50, 100, 200];

/**
 * @param network - `model` (its parameters), `forward` from [samples, instances, features] to logits, `backward`
 * @param training - samples: `instances`, a flat array of features, and `target`, 0 or 1
 * @param shape - [instances, features] of a sample
 * @returns the accuracy on the samples held out after each epoch
 */
export function accuracies(network, training, heldOut, shape, epochs, seed) {
  const { model, forward, backward } = network;
  const adam = new Adam({ rate: 0.001, weightDecay: 0.01, clipNorm: 1 });
  const order = training.slice();
  const random = new Random(seed);
  return Array.from({ length: epochs }, () => {
    random.shuffle(order);
    for (let k = 0; k < order.length; k += BATCH) {
      const batch = order.slice(k, k + BATCH);
      const targets = batch.map(({ target }) => target);
      const { gradient } = binaryCrossEntropy(forward(joined(batch, shape)), targets);
      model.zeroGradients();
      backward(gradient);
      adam.step(model);
    }
    const { data } = forward(joined(heldOut, shape));
    const right = heldOut.filter(({ target }, k) => data[k] > 0 === (target === 1));
    return right.length / heldOut.length;
  });
}

/** Samples as one tensor. */
function joined(samples, shape) {
  const size = shape[0] * shape[1];
  const data = new Float32Array(samples.length * size);
  for (const [k, { instances }] of samples.entries()) data.set(instances, k * size);
  return tensor(data, [samples.length, ...shape]);
}

/** The first line of a table of accuracies, and one of its rows. */
export function head(epochs, width) {
  const shown = SHOWN.filter((epoch) => epoch <= epochs);
  return `${'epoch'.padEnd(width)}${shown.map((epoch) => String(epoch).padStart(6)).join('')}`;
}

export function row(name, list, width) {
  const shown = SHOWN.filter((epoch) => epoch <= list.length);
  const columns = shown.map((epoch) => list[epoch - 1].toFixed(2).padStart(6));
  return `${name.padEnd(width)}${columns.join('')}`;
}
