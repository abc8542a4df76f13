import { expect, test } from 'vitest';
import { list, range } from '../cases.ts';
import { onDesk, read } from './on-desk.ts';

test('countUp writes 0, 1, 2, …', () => {
  for (const count of range(0, 70)) {
    const { desk, kernels, views } = onDesk(count);
    const order = desk.take(count, 4);
    kernels.countUp(order, count);
    expect(read(views.u32, order, count)).toEqual(list(count, (i) => i));
  }
});

test('shuffle keeps the elements and makes every order of four as likely', () => {
  const { desk, kernels, views } = onDesk(1);
  const order = desk.u32([0, 1, 2, 3]);
  const generator = desk.u32(list(4, () => desk.random.next()));
  const counts = new Map<string, number>();
  for (let k = 0; k < 24_000; k++) {
    kernels.countUp(order, 4);
    kernels.shuffle(order, 4, generator);
    const key = read(views.u32, order, 4).join('');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const chiSquare = [...counts.values()].reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0);
  // 23 degrees of freedom: five standard deviations above the mean.
  expect(chiSquare).toBeLessThan(23 + 5 * Math.sqrt(46));
});
