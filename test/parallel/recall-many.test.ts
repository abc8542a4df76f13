import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Pool } from '../../src/parallel/index.ts';
import { cases } from './cases.ts';

const all = await cases();

describe.each([1, 2, 3, 7])('%d workers', (workers) => {
  let pool: Pool;
  beforeAll(() => (pool = new Pool({ workers })));
  afterAll(() => pool.dispose());

  test.each(all)('$name: what this thread gives', async ({ here, by }) => {
    expect(await by(pool)).toStrictEqual(here());
    expect([pool.kind, pool.reason]).toEqual(['workers', undefined]);
  });
});
