/** A network of these layers learns what no single one of them can. */
import { describe, expect, it } from 'vitest';
import '../../src/layers/index.ts';
import { Adam } from '../../src/layers/adam.ts';
import { group } from '../../src/layers/group.ts';
import { Linear } from '../../src/layers/linear.ts';
import { binaryCrossEntropy, softmaxCrossEntropy } from '../../src/layers/losses.ts';
import { Relu } from '../../src/layers/relu.ts';
import { Sgd } from '../../src/layers/sgd.ts';
import { tensor, type Tensor } from '../../src/layers/tensor.ts';
import { Random } from '../../src/random.ts';

type Backend = 'wasm' | 'reference';

function network(inputs: number, hidden: number, outputs: number, backend: Backend) {
  const first = new Linear(inputs, hidden, { seed: 1, backend });
  const relu = new Relu();
  const second = new Linear(hidden, outputs, { seed: 2, backend });
  return {
    model: group({ first, second }),
    forward: (x: Tensor) => second.forward(relu.forward(first.forward(x))),
    backward: (gradient: Tensor) => first.backward(relu.backward(second.backward(gradient))),
  };
}

describe.each(['wasm', 'reference'] as const)('training (%s)', (backend) => {
  it('learns exclusive or', () => {
    const { model, forward, backward } = network(2, 8, 1, backend);
    const x = tensor([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
    const targets = [0, 1, 1, 0];
    const adam = new Adam({ rate: 0.03 });
    const losses: number[] = [];
    for (let t = 0; t < 400; t++) {
      const { loss, gradient } = binaryCrossEntropy(forward(x), targets);
      losses.push(loss);
      model.zeroGradients();
      backward(gradient);
      adam.step(model);
    }
    // Without the first layer's kinks no answer is better than ln 2.
    expect(losses.at(-1)).toBeLessThan(0.02);
    expect(Array.from(forward(x).data, (logit) => +(logit > 0))).toEqual(targets);
  });

  it('tells rings around the origin apart', () => {
    const random = new Random(3);
    const draw = (count: number) => {
      const data: number[] = [];
      const labels: number[] = [];
      for (let i = 0; i < count; i++) {
        const label = random.below(3);
        const angle = 2 * Math.PI * random.real();
        const radius = label + 0.5 + 0.5 * random.real();
        data.push(radius * Math.cos(angle), radius * Math.sin(angle));
        labels.push(label);
      }
      return { x: tensor(data, [count, 2]), labels };
    };
    const { model, forward, backward } = network(2, 24, 3, backend);
    const sgd = new Sgd({ rate: 0.1, momentum: 0.9 });
    for (let t = 0; t < 600; t++) {
      const { x, labels } = draw(32);
      const { gradient } = softmaxCrossEntropy(forward(x), labels);
      model.zeroGradients();
      backward(gradient);
      sgd.step(model);
    }
    const { x, labels } = draw(500);
    const { data } = forward(x);
    const right = labels.filter((label, i) => {
      const logits = [...data.subarray(3 * i, 3 * i + 3)];
      return logits.indexOf(Math.max(...logits)) === label;
    });
    expect(right.length / 500).toBeGreaterThan(0.9);
  });
});

it('a training run leaves the same bits on both backends', () => {
  const [a, b] = (['wasm', 'reference'] as const).map((backend) => {
    const { model, forward, backward } = network(3, 7, 2, backend);
    const random = new Random(9);
    const adam = new Adam({ weightDecay: 0.01 });
    for (let t = 0; t < 30; t++) {
      const x = tensor(
        Array.from({ length: 15 }, () => random.real() - 0.5),
        [5, 3],
      );
      const labels = Array.from({ length: 5 }, () => random.below(2));
      backward(softmaxCrossEntropy(forward(x), labels).gradient);
      adam.step(model);
    }
    return model.parameters();
  });
  expect(a).toEqual(b);
});
