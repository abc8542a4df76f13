// What examples of layers share: epochs of minibatches, and the share of right answers after each.
import { Adam, binaryCrossEntropy, tensor } from 'hopfield-wasm/layers';

/**
 * Trains as the examples of hflayers do: minibatches of 32, AdamW with rate 0.001 and decay 0.01, gradients no longer than 1.
 *
 * @param {{ model, forward(x), backward(gradient) }} network - from tensors [count, …] to logits, one a sample
 * @param {{ x, labels }} training
 * @param {{ x, labels }} heldOut
 * @returns points { x: epoch, y: share of held-out answers that are right }
 */
export function train(network, training, heldOut, { epochs, random, frozen }) {
  const { model, forward, backward } = network;
  const adam = new Adam({ weightDecay: 0.01, clipNorm: 1 });
  const order = training.labels.map((_, k) => k);
  const points = [{ x: 0, y: accuracy(network, heldOut) }];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    random.shuffle(order);
    model.training = true;
    for (let from = 0; from < order.length; from += 32) {
      const { x, labels } = pick(training, order.slice(from, from + 32));
      const { gradient } = binaryCrossEntropy(forward(x), labels);
      model.zeroGradients();
      backward(gradient);
      adam.step(frozen ?? model);
    }
    points.push({ x: epoch, y: accuracy(network, heldOut) });
  }
  return points;
}

function accuracy({ model, forward }, { x, labels }) {
  model.training = false;
  const { data } = forward(x);
  return labels.filter((label, k) => label === Number(data[k] > 0)).length / labels.length;
}

/** Some samples, in this order. */
export function pick({ x, labels }, indices) {
  const size = x.data.length / x.shape[0];
  const data = new Float32Array(indices.length * size);
  indices.forEach((index, k) =>
    data.set(x.data.subarray(index * size, (index + 1) * size), k * size),
  );
  return {
    x: tensor(data, [indices.length, ...x.shape.slice(1)]),
    labels: indices.map((index) => labels[index]),
  };
}
