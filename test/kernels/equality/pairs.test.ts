import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/pairs.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import { drawPairs, layPairs, pairCases, type PairCase } from '../pair-cases.ts';
import { expectAllCompared, same } from '../twins.ts';

const plain: PairCase = {
  states: 2,
  stored: 5,
  width: 4,
  gap: 0,
  mask: 'none',
  scale: 1,
  blank: -Infinity,
  first: 0,
  second: 0,
};

function forward(setup: PairCase, seed: number): void {
  same('attendPairsF32', seed, (desk) => {
    const { states, stored, width, scale, blank, first, second } = setup;
    const at = layPairs(desk, setup, drawPairs(desk, setup));
    const { out, stats, q, k, l, v, u, mask, work, step, maskStep } = at;
    return {
      args: [
        ...([out, stats, q, k, l, v, u, mask, work, scale, blank] as const),
        ...([states, stored, width, step, maskStep, first, second] as const),
      ],
      writes: [out, stats],
      scratch: [work],
    };
  });
}

/** With gradients of their own, or with those of V and U where those of K and L are. */
function backward(setup: PairCase, shared: boolean, seed: number): void {
  same('attendPairsBackwardF32', seed, (desk) => {
    const { states, stored, width, scale, first, second } = setup;
    const numbers = drawPairs(desk, setup);
    const { stats, q, k, l, v, u, mask, work, step, maskStep, lay } = layPairs(
      desk,
      setup,
      numbers,
    );
    // Any statistics will do, as long as no weight is infinite.
    desk.views.f32.set(
      list(3 * states, (n) => [20 * scale, desk.random.real(), 0][n % 3]),
      stats / 4,
    );
    const [g, out, dq] = [numbers.g, numbers.q, numbers.g].map(lay);
    const [dk, dl] = [numbers.k, numbers.l].map(lay);
    const [dv, du] = shared ? [dk, dl] : [numbers.v, numbers.u].map(lay);
    return {
      args: [
        ...([dq, dk, dl, dv, du, stats, g, out, q, k, l, v, u, mask, work, scale] as const),
        ...([states, stored, width, step, maskStep, first, second] as const),
      ],
      writes: [dq, dk, dl, dv, du, stats],
      scratch: [work],
    };
  });
}

describe.each([
  ['attendPairsF32', (setup: PairCase, seed: number) => forward(setup, seed)],
  [
    'attendPairsBackwardF32',
    (setup: PairCase, seed: number) => backward(setup, seed % 2 === 0, seed),
  ],
])('%s', (_, run) => {
  test('every small size', () => {
    for (const stored of range(0, 35)) run({ ...plain, stored, width: 1 + (stored % 5) }, stored);
    for (const width of range(1, 19)) run({ ...plain, width, blank: 1, mask: 'one row' }, width);
    for (const states of range(0, 5)) run({ ...plain, states, first: 2, second: 3 }, states);
  });

  test('generated sizes, windows and masks', () => {
    fc.assert(fc.property(pairCases, seeds, run), GENERATED);
  });

  test('more scores than a product adds in one go', () => {
    run({ ...plain, states: 1, stored: 530, width: 9 }, 1);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));
