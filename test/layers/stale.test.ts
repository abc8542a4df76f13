/** Layers share memory: what one left there changes nothing for the next. */
import { afterEach, describe, test, vi } from 'vitest';
import { DenseMemory, Linear, Random } from '../../src/layers/index.ts';
import { stale } from '../stale.ts';
import { BACKENDS, build, CASES, normal } from './attention-cases.ts';

afterEach(() => vi.restoreAllMocks());

describe.each(BACKENDS)('%s', (backend) => {
  test.each(Object.keys(CASES))('%s', async (name) => {
    await stale(() => {
      const layer = build(CASES[name as keyof typeof CASES], backend);
      const out = layer.forward();
      return [out, layer.backward(normal(new Random(1), out.shape))];
    });
  });

  test('linear layers and dense memories', async () => {
    await stale(() => {
      const x = normal(new Random(2), [5, 7]);
      const linear = new Linear(7, 3, { seed: 1, backend });
      const memory = new DenseMemory(7, 3, { memories: 4, seed: 2, backend });
      return [linear, memory].map((layer) => {
        const out = layer.forward(x);
        const gradient = layer.backward(normal(new Random(3), out.shape));
        return [out, gradient, layer.parameters(), layer.gradients()];
      });
    });
  });
});
