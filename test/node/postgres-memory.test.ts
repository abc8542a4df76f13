/**
 * A memory in a table: the bits of a network in memory, whatever the database makes of scores; what is forgotten leaves a hole;
 * and what fails leaves nothing behind. On PGlite, PostgreSQL in this process, or the server of `TEST_POSTGRES`.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type ModernOptions } from '../../src/index.ts';
import { boundOf } from '../../src/postgres/bound.ts';
import { PostgresMemory, type PostgresClient } from '../../src/postgres/index.ts';
import { openDatabase, type Asker } from './postgres.ts';

let db: Asker;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openDatabase());
}, 60_000);
afterAll(() => close());

let tables = 0;
const fresh = () => `memory ${++tables}`;

const reals = (random: Random, count: number) =>
  new Float32Array(count).map(() => 2 * random.real() - 1);

/** A client that counts the rows that it is sent. */
function counting(client: Asker) {
  const counted = { rows: 0 };
  const of = (own: Asker): Asker =>
    new Proxy(own, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          const [first, ...rest] = args;
          if (name === 'transaction') {
            return member.call(target, (inside: Asker) =>
              (first as (own: Asker) => unknown)(of(inside)),
            );
          }
          const answer = await member.call(target, first, ...rest);
          if (name === 'connect') return of(answer);
          if (String(first).includes('vector_send')) counted.rows += answer.rows.length;
          return answer;
        };
      },
    });
  return { counted, client: of(client) as PostgresClient };
}

test('recalls what a network in memory does, bit for bit, with holes where rows are forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        dimension: fc.constantFrom(3, 8),
        batches: fc.array(fc.constantFrom(5, 700, 2000, 4096), { minLength: 1, maxLength: 3 }),
        similarity: fc.constantFrom('dot', 'cosine', 'euclidean'),
        beta: fc.constantFrom(0.1, 20, 60, 1000),
        nothing: fc.constantFrom(undefined, -1),
        v: fc.constantFrom(undefined, 3),
        backend: fc.constantFrom('wasm', 'wasm', 'reference'),
      }),
      async ({ seed, dimension, batches, similarity, beta, nothing, v, backend }) => {
        const random = new Random(seed);
        const options = { similarity, beta, nothing } as ModernOptions;
        const network = new ModernHopfieldNetwork(dimension, options);
        const open = () =>
          new PostgresMemory(db, {
            ...options,
            table: `memory ${tables}`,
            dimension,
            valueDimension: v,
            backend: backend as 'wasm',
          });
        fresh();
        const memory = open();
        for (const [k, count] of batches.entries()) {
          const vectors = reals(random, count * dimension).map((x) => x * (1 + k / 9));
          const values = v === undefined ? undefined : reals(random, count * v);
          const labels =
            k % 2 ? Array.from({ length: count }, (_, i) => `${i % 3}"\\{,}é`) : undefined;
          network.store(vectors, { values, labels });
          await memory.store(vectors, { values, labels });
        }
        const queries = reals(random, 2 * dimension);
        const how = { steps: 2, energy: similarity !== 'cosine' };
        expect(await memory.recallMany(queries, how)).toEqual(network.recallMany(queries, how));
        const query = queries.slice(0, dimension);
        const indices = [0, Math.floor(network.patternCount / 2)];
        const few = { ...how, among: { indices } };
        expect(await memory.recall(query, few)).toEqual(network.recall(query, few));
        const left = Array.from({ length: network.patternCount }, () => true);
        for (let k = 0; k < 3; k++) {
          const row = random.below(left.length);
          expect(await memory.forget(row)).toBe(left[row]);
          left[row] = false;
        }
        expect(await memory.patternCount()).toBe(left.filter(Boolean).length);
        expect(await memory.nextIndex()).toBe(left.length);
        expect(await open().recall(query, how)).toEqual(
          network.recall(query, { ...how, among: left }),
        );
      },
    ),
    { seed: 20_260_311, numRuns: 6 },
  );
});

/** Rows that rounding is hard on, and a query. */
const HARD: Record<string, (random: Random, count: number, d: number) => Float32Array[]> = {
  'equal scores': (random, count, d) => {
    const one = reals(random, d);
    // Every coordinate of the same size: products are the same whatever their order.
    return Array.from({ length: count }, (_, k) => (k % 3 ? one.slice() : one.map((x) => -x)));
  },
  'huge norms': (random, count, d) =>
    Array.from({ length: count }, () => reals(random, d).map((x) => x * 1e14)),
  'one outlier coordinate': (random, count, d) =>
    Array.from({ length: count }, (_, k) => {
      const row = reals(random, d);
      row[k % d] = 1e6;
      return row;
    }),
  'an outlier among small rows': (random, count, d) =>
    Array.from({ length: count }, (_, k) => reals(random, d).map((x) => (k === 7 ? x * 1e4 : x))),
  denormals: (random, count, d) =>
    Array.from({ length: count }, (_, k) =>
      reals(random, d).map((x, i) => (i === 0 ? 1e-14 : x * (k % 2 ? 1e-40 : 1e-20))),
    ),
  'sums that cancel': (random, count, d) =>
    Array.from({ length: count }, () => {
      const row = reals(random, d);
      for (let i = 0; i + 1 < d; i += 2) row[i + 1] = row[i] * (1 + 1e-6 * random.real());
      return row;
    }),
};

test('the same bits on rows that rounding is hard on', async () => {
  const [count, d] = [300, 24];
  for (const [name, make] of Object.entries(HARD)) {
    const random = new Random(5);
    const rows = make(random, count, d);
    const query = rows[9].map((x, i) => x * (i % 2 ? 1 : -1.0001));
    const norm = Math.hypot(...rows[9]);
    for (const similarity of ['dot', 'cosine', 'euclidean'] as const) {
      const unit = similarity === 'cosine' ? 1 : norm * norm;
      const table = fresh();
      for (const sharp of [3, 60, 1e5]) {
        const beta = Math.min(sharp / unit, 1e29);
        const options = { similarity, beta } as const;
        const memory = new PostgresMemory(db, { table, dimension: d, ...options });
        if (sharp === 3) await memory.store(rows);
        const network = new ModernHopfieldNetwork(d, options).store(rows);
        expect(await memory.recall(query), name).toEqual(network.recall(query));
        if (sharp !== 60) continue;
        const two = [query, rows[3]];
        expect(await memory.recallMany(two), name).toEqual(network.recallMany(two));
      }
    }
  }
});

test('no sum in single precision, in whatever order, leaves the bound', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(1, 2, 7, 100, 768), fc.nat(3), (seed, d, kind) => {
      const random = new Random(seed);
      const [x, q] = [reals(random, d), reals(random, d)];
      // Of one sign, falling, cancelling.
      if (kind === 1) for (let i = 0; i < d; i++) [x[i], q[i]] = [Math.abs(x[i]), Math.abs(q[i])];
      if (kind === 2) for (let i = 0; i < d; i++) x[i] /= 1 + i;
      if (kind === 3) for (let i = 1; i < d; i += 2) [x[i], q[i]] = [x[i - 1], -q[i - 1]];
      const norm = (v: Float32Array) => Math.hypot(...v);
      const { relative, absolute } = boundOf({ dimension: d, beta: 1, similarity: 'dot' }, norm(q));
      const exact = x.reduce((sum, xi, i) => sum + xi * q[i], 0);
      const order = Array.from(x.keys()).sort(() => random.real() - 0.5);
      const single = order.reduce((sum, i) => Math.fround(sum + Math.fround(x[i] * q[i])), 0);
      // Half of it for each of the two that are compared.
      expect(Math.abs(single - exact)).toBeLessThanOrEqual((norm(x) * relative + absolute) / 2);
      const squares = boundOf({ dimension: d, beta: 1, similarity: 'euclidean' }, 0);
      const apart = x.reduce((sum, xi, i) => sum + (xi - q[i]) ** 2, 0);
      const found = order.reduce((sum, i) => {
        const difference = Math.fround(x[i] - q[i]);
        return Math.fround(sum + Math.fround(difference * difference));
      }, 0);
      const most = (found / 2) * squares.relative + squares.absolute;
      expect(Math.abs(found - apart) / 2).toBeLessThanOrEqual(most / 2);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('sends the rows that weigh something, once, and all of them where all do', async () => {
  const random = new Random(8);
  const [count, d] = [5000, 16];
  const rows = reals(random, count * d);
  const { client, counted } = counting(db);
  const options = { table: fresh(), dimension: d, similarity: 'cosine', nothing: 0.1 } as const;
  await new PostgresMemory(client, options).store(rows);
  const network = (beta: number) =>
    new ModernHopfieldNetwork(d, { similarity: 'cosine', nothing: 0.1, beta }).store(rows);
  const queries = rows.slice(0, 3 * d).map((x) => x + 0.1 * random.real());
  for (const [beta, most] of [
    [2000, 20],
    [150, 1500],
    [1, count],
  ] as const) {
    counted.rows = 0;
    const memory = new PostgresMemory(client, { ...options, beta });
    const weighing = new Set(
      [0, 1, 2].flatMap((k) => [
        ...network(beta).attention(queries.slice(k * d, (k + 1) * d)).indices,
      ]),
    );
    expect(await memory.recallMany(queries)).toEqual(network(beta).recallMany(queries));
    expect(counted.rows, `${beta}`).toBeGreaterThanOrEqual(weighing.size);
    expect(counted.rows, `${beta}`).toBeLessThanOrEqual(most);
  }
});

test('the database adds up to rounding, sends no rows, and the result says so', async () => {
  const random = new Random(9);
  const [count, d] = [4200, 16];
  const rows = reals(random, count * d);
  rows[3] = 1e-40;
  const values = reals(random, count * 2);
  const { client, counted } = counting(db);
  for (const similarity of ['dot', 'cosine', 'euclidean'] as const) {
    const table = fresh();
    for (const beta of similarity === 'dot' ? [0.01, 2, 400] : [0.01, 20]) {
      const network = { similarity, beta, nothing: -0.2 } as const;
      const memory = new PostgresMemory(client, {
        table,
        dimension: d,
        valueDimension: 2,
        ...network,
      });
      if (beta === 0.01) await memory.store(rows, { values });
      const exact = new ModernHopfieldNetwork(d, network).store(rows, { values });
      const query = rows.slice(0, d).map((x) => x + 0.2);
      counted.rows = 0;
      const how = { steps: 3, energy: similarity !== 'cosine' };
      const found = await memory.recall(query, { ...how, aggregate: 'database' });
      const wanted = exact.recall(query, how);
      expect(counted.rows).toBe(0);
      expect(found.aggregate).toBe('database');
      if (beta === 2) {
        expect((await memory.recall(query)).aggregate).toBeUndefined();
        const many = await memory.recallMany(query, { aggregate: 'database' });
        expect(many.aggregate).toBe('database');
      }
      const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Array.from(a).forEach((x, k) =>
          expect(Math.abs(x - b[k])).toBeLessThan(beta * 3e-6 + 1e-6),
        );
      close(found.state, wanted.state);
      close(found.value!, wanted.value!);
      close([found.nothing!, found.entropy / 8], [wanted.nothing!, wanted.entropy / 8]);
      if (how.energy) close([found.energy!], [wanted.energy!]);
      expect(found.match?.index).toBe(wanted.match?.index);
    }
  }
});

test('labels are texts and numbers, choose who takes part, and replace what has them', async () => {
  const names = [
    'cats',
    7,
    '7',
    "'); drop table x; --",
    undefined,
    'a\\"b{},NULL',
    'null',
    'é漢😀',
    'l'.repeat(5000),
  ];
  const network = new ModernHopfieldNetwork(3, { beta: 30 });
  const table = 'quoted "name"; drop table';
  const memory = new PostgresMemory(db, { table, dimension: 3, beta: 30 });
  const rows = names.map((_, k) => [Math.cos(k), Math.sin(k), 0.1]);
  await memory.store(rows, { labels: names });
  network.store(rows, { labels: names });
  for (const row of rows) expect(await memory.recall(row)).toEqual(network.recall(row));
  for (const among of [
    ['cats', '7'],
    { labels: [7, 'é漢😀'] },
    { indices: [4, 2, 4] },
    { labels: [] },
  ]) {
    const got = await memory.recall(rows[1], { among, steps: 2 } as object);
    expect(got).toEqual(network.recall(rows[1], { among, steps: 2 } as object));
  }
  const unknown = memory.recall(rows[1], { among: ['cats', 'dogs'] });
  await expect(unknown).rejects.toThrow("no pattern has the label 'dogs'");
  await expect(memory.recall(rows[1], { among: { indices: [9] } })).rejects.toThrow(RangeError);
  await expect(memory.recall(rows[1], { among: [true] as never })).rejects.toThrow('a mask');

  await memory.store([0, 0, 1], { labels: ['cats'], replace: true });
  const left = names.map((_, k) => k > 0);
  network.store([0, 0, 1], { labels: ['cats'] });
  expect(await memory.recall(rows[0])).toEqual(network.recall(rows[0], { among: [...left, true] }));
  expect([await memory.patternCount(), await memory.nextIndex()]).toEqual([9, 10]);
  expect(await memory.forget({ label: 7 })).toBe(true);
  expect(await memory.forget({ label: 7 })).toBe(false);
  expect(await memory.forget(rows[2])).toBe(true);
  expect(await memory.forget(rows[2])).toBe(false);
  await expect(memory.forget(10)).rejects.toThrow('expected an integer from 0 to 9');
  // Rows deleted by whoever else are forgotten too.
  await db.query('delete from "quoted ""name""; drop table" where slot < 8');
  expect(await memory.patternCount()).toBe(2);
  const kept = Array.from({ length: 10 }, (_, k) => k >= 8);
  expect(await memory.recall(rows[4])).toEqual(network.recall(rows[4], { among: kept }));
});

test('says what is wrong, and stores nothing of it', async () => {
  const table = fresh();
  const options = { table, dimension: 2, valueDimension: 1 } as const;
  const memory = new PostgresMemory(db, options);
  const bad = (name: string, more: object) => () =>
    new PostgresMemory(db, { ...options, [name]: 1, ...more } as never);
  expect(() => new PostgresMemory({} as never, options)).toThrow('expected a Client or Pool of pg');
  expect(bad('dimension', { dimension: 16_001 })).toThrow('an integer from 1 to 16000');
  expect(bad('valueDimension', { valueDimension: 0 })).toThrow(RangeError);
  expect(bad('table', {})).toThrow('table is 1, expected the name of one');
  expect(bad('table', { table: 'é'.repeat(29) })).toThrow('of 1 to 56 bytes');
  expect(bad('separation', {})).toThrow('have no separation');

  // Where there is no table yet, nothing is made by asking.
  expect(await memory.recall([1, 0])).toEqual(new ModernHopfieldNetwork(2).recall([1, 0]));
  expect([await memory.patternCount(), await memory.nextIndex()]).toEqual([0, 0]);
  expect(await memory.forget({ label: 'a' })).toBe(false);
  await expect(memory.forget(0)).rejects.toThrow('nothing is stored');
  await expect(memory.recall([1, 0], { among: ['a'] })).rejects.toThrow('has the label');
  expect((await db.query('select to_regclass($1) as t', [`"${table}"`])).rows).toEqual([
    { t: null },
  ]);

  const store = (vectors: unknown, how: object) => memory.store(vectors as never, how as never);
  await expect(store([1, 2], {})).rejects.toThrow('values are missing');
  await store([1, 2], { values: [5], labels: ['a'] });
  const two = [
    [1, 2],
    [3, 4],
  ];
  await expect(
    store(
      [
        [1, 2],
        [1, Infinity],
      ],
      { values: [1, 2] },
    ),
  ).rejects.toThrow('vector 1[1] is Infinity');
  await expect(store(two, { values: [1, 1e16] })).rejects.toThrow('value 1[0]');
  await expect(store(two, { values: [1, 2], labels: ['a\0', 'b'] })).rejects.toThrow('without NUL');
  await expect(store(two, { values: [1, 2], labels: ['\ud800', 'b'] })).rejects.toThrow(RangeError);
  await expect(store(two, { values: [1, 2], replace: true })).rejects.toThrow(
    'there are no labels',
  );
  await expect(memory.recall([1])).rejects.toThrow('query has length 1');
  await expect(memory.recall([1, 2], { top: 1 } as never)).rejects.toThrow('have no top');
  await expect(memory.recall([1, 2], { aggregate: 'there' } as never)).rejects.toThrow(
    "'database'",
  );

  const other = (more: object) => new PostgresMemory(db, { ...options, ...more }).recall([1, 2]);
  await expect(other({ similarity: 'cosine' })).rejects.toThrow(
    `similarity is 'cosine', expected 'dot', that of the table "${table}"`,
  );
  await expect(other({ valueDimension: undefined })).rejects.toThrow(
    'expected 1, that of the table',
  );
  const three = new PostgresMemory(db, { ...options, dimension: 3 });
  await expect(three.store([1, 2, 3], { values: [1] })).rejects.toThrow(
    'dimension is 3, expected 2, that of the table',
  );
  await db.query('create table theirs (id integer)');
  await db.query(`update "${table}_memory" set version = 2`);
  await expect(other({})).rejects.toThrow('the version of the tables is 1, expected 2');
  await db.query(`update "${table}_memory" set version = 1`);
  await expect(other({ table: 'theirs' })).rejects.toThrow(
    'no "theirs_memory": it is no memory\'s',
  );
  await expect(other({ schema: 'elsewhere' })).resolves.toMatchObject({ match: undefined });
  const nowhere = new PostgresMemory(db, { ...options, schema: 'elsewhere' });
  await expect(nowhere.store([1, 2], { values: [1] })).rejects.toThrow(
    'nothing was stored: schema "elsewhere" does not exist',
  );
  expect([await memory.patternCount(), await memory.nextIndex()]).toEqual([1, 1]);
});
