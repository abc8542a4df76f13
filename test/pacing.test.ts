import { afterEach, expect, test, vi } from 'vitest';
import { Pauses } from '../src/pacing.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const forbidden = () => {
  throw new Error('not supported in this runtime');
};

test.each([
  ['the engine’s', globalThis.setImmediate],
  ['no', undefined],
  ['a forbidden', forbidden],
])('a turn ends with a pause, with %s setImmediate', async (_, setImmediate) => {
  vi.stubGlobal('setImmediate', setImmediate);
  const pauses = new Pauses();
  while (!pauses.due);
  await pauses.pause();
  expect(pauses.due).toBe(false);
});
