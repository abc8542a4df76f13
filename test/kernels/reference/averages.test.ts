import { expect, test } from 'vitest';
import { list } from '../cases.ts';
import { sparse } from '../sparse.ts';
import { bench, read } from './bench.ts';

const { desk, kernels, views } = bench(8);

/** Sweeps as the formula has them, on plain arrays. */
function sweeps(v: number[], J: ReturnType<typeof sparse>, temperatures: number[]): number[] {
  const out = v.slice();
  for (const t of temperatures) {
    for (let i = 0; i < out.length; i++) {
      let h = J.extra[i];
      for (let k = J.starts[i]; k < J.starts[i + 1]; k++) h += J.weights[k] * out[J.neighbours[k]];
      out[i] = t > 0 ? Math.tanh(h / t) : Math.sign(h);
    }
  }
  return out;
}

test('a sweep takes each spin to its average in turn', () => {
  for (const spins of [1, 2, 5, 40]) {
    for (const temperatures of [[3], [9, 6, 3, 1], [5, 0], []]) {
      const J = sparse(desk, spins, 7, 4);
      const v = list(spins, () => desk.double());
      const averages = desk.f64(v);
      kernels.averageSweeps(
        averages,
        desk.u32(J.starts),
        desk.u32(J.neighbours),
        desk.i32(J.weights),
        desk.i32(J.extra),
        desk.f64(temperatures),
        temperatures.length,
        spins,
      );
      const expected = sweeps(v, J, temperatures);
      read(views.f64, averages, spins).forEach((x, i) => expect(x).toBeCloseTo(expected[i], 9));
    }
  }
});

test('a spin without field is 0 at any temperature', () => {
  for (const t of [1, 0]) {
    const averages = desk.f64([0.5]);
    const [starts, none, zero] = [desk.u32([0, 0]), desk.u32([]), desk.i32([0])];
    kernels.averageSweeps(averages, starts, none, none, zero, desk.f64([t]), 1, 1);
    expect(read(views.f64, averages, 1)).toEqual([0]);
  }
});
