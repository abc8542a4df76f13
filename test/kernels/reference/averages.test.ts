import { expect, test } from 'vitest';
import { list } from '../cases.ts';
import { sparse } from '../sparse.ts';
import { onDesk, read } from './on-desk.ts';

const { desk, kernels, views } = onDesk(8);

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

/** The positive solution of m = tanh(m/t), by bisection; 0 when there is none. */
function magnetisation(t: number): number {
  if (t >= 1) return 0;
  let [low, high] = [1e-9, 1];
  for (let k = 0; k < 100; k++) {
    const m = (low + high) / 2;
    if (Math.tanh(m / t) > m) low = m;
    else high = m;
  }
  return low;
}

test('the complete ferromagnet has the magnetisation of the textbook, below and above its critical temperature', () => {
  const spins = 60;
  const others = list(spins, (i) => list(spins, (j) => j).filter((j) => j !== i)).flat();
  const starts = list(spins + 1, (i) => i * (spins - 1));
  const [from, neighbours] = [desk.u32(starts), desk.u32(others)];
  const [weights, extra] = [desk.i32(others.map(() => 1)), desk.i32(list(spins, () => 0))];
  for (const t of [0.3, 0.6, 0.9, 1.1, 2]) {
    const averages = desk.f64(list(spins, () => desk.random.real()));
    const temperatures = desk.f64(list(2000, () => t * (spins - 1)));
    kernels.averageSweeps(averages, from, neighbours, weights, extra, temperatures, 2000, spins);
    for (const m of read(views.f64, averages, spins)) expect(m).toBeCloseTo(magnetisation(t), 9);
  }
});
