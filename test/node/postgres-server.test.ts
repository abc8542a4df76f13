/**
 * A memory on a server, by clients of `pg`: what is lost, rolled back, interrupted or done by two at once leaves all of a batch or
 * nothing. The server is PGlite behind a socket, or that of `TEST_POSTGRES`.
 */
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../src/index.ts';
import { PostgresMemory, type PostgresClient } from '../../src/postgres/index.ts';
import { connect, openServer, poolOf as makePool, type TestServer } from './postgres.ts';

let server: TestServer;
const pools: pg.Pool[] = [];

beforeAll(async () => {
  server = await openServer();
}, 60_000);
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await server.close();
});

function poolOf(max = 2): pg.Pool {
  const pool = makePool({ ...server.reach(), max });
  pools.push(pool);
  return pool;
}
const clientOf = () => connect(server.reach());

let tables = 0;
const fresh = () => `served ${++tables}`;
const reals = (random: Random, count: number) =>
  new Float32Array(count).map(() => 2 * random.real() - 1);

test('a client and a pool: what is stored as text has the same bits', async () => {
  const random = new Random(4);
  const client = await clientOf();
  const d = 12;
  // Numbers of all sizes; the client gets more than a block.
  const rows = reals(random, 4200 * d).map((x, k) =>
    k % 50 ? x : x * 10 ** random.below(50) * 1e-45,
  );
  const values = reals(random, 4200 * 2);
  const labels = Array.from({ length: 4200 }, (_, k) => (k % 2 ? k : `"${k}" \\ {,} é`));
  for (const [own, count] of [
    [client, 4200],
    [poolOf(), 100],
  ] as [PostgresClient, number][]) {
    const given = rows.slice(0, count * d);
    const beside = { values: values.slice(0, count * 2), labels: labels.slice(0, count) };
    const options = { table: fresh(), dimension: d, valueDimension: 2 } as const;
    const memory = new PostgresMemory(own, { ...options, beta: 40, nothing: 0.5 });
    const network = new ModernHopfieldNetwork(d, { beta: 40, nothing: 0.5 });
    await memory.store(given, beside);
    network.store(given, beside);
    const queries = rows.slice(0, 2 * d);
    const how = { steps: 2, energy: true };
    expect(await memory.recallMany(queries, how)).toEqual(network.recallMany(queries, how));
    const flat = new PostgresMemory(own, { ...options, beta: 0.1 });
    const exact = new ModernHopfieldNetwork(d, { beta: 0.1 }).store(given, beside);
    const some = { among: { labels: labels.slice(0, count - 50) } };
    expect(await flat.recall(rows.slice(0, d), some)).toEqual(exact.recall(rows.slice(0, d), some));
  }
  await client.end();
});

test('two that write at once, also the first time, both store all that they have', async () => {
  const table = fresh();
  const open = () => new PostgresMemory(poolOf(1), { table, dimension: 3, beta: 9 });
  const writers = [open(), open(), open()];
  await Promise.all(
    writers.flatMap((memory, w) =>
      [0, 1].map((k) =>
        memory.store(
          [
            [w, k, 1],
            [w, k, 2],
          ],
          { labels: [`${w}${k}`, `${w}${k}`], replace: k === 1 },
        ),
      ),
    ),
  );
  const { rows } = await server.admin.query<{ slot: number; label: string; embedding: string }>(
    `select slot, label, embedding from "${table}" order by slot`,
  );
  expect(rows.map(({ slot }) => slot)).toEqual(Array.from({ length: 12 }, (_, k) => k));
  // A batch is in one piece.
  for (let k = 0; k < 12; k += 2) expect(rows[k].label).toBe(rows[k + 1].label);
  expect(new Set(rows.map(({ label }) => label)).size).toBe(6);
  const network = new ModernHopfieldNetwork(3, { beta: 9 });
  network.store(
    rows.map(({ embedding }) => JSON.parse(embedding)),
    {
      labels: rows.map(({ label }) => label),
    },
  );
  expect(await open().recall([1, 1, 1])).toEqual(network.recall([1, 1, 1]));
});

test('memories that share a client take turns; a transaction of its own is not ended for it', async () => {
  const client = await clientOf();
  const memories = [0, 1].map(() => new PostgresMemory(client, { table: fresh(), dimension: 2 }));
  await Promise.all(memories.map((memory, k) => memory.store([k, 1], { labels: [k] })));
  const found = await Promise.all(memories.map((memory) => memory.recall([1, 1])));
  expect(found.map(({ match }) => match?.label)).toEqual([0, 1]);

  // Whether or not it has asked anything yet.
  for (const first of ['', `create table "${fresh()}" (id integer)`]) {
    await client.query(`begin; ${first}`);
    const inside = 'the client is in a transaction, expected one that is in none';
    await expect(memories[0].recall([1, 1])).rejects.toThrow(`nothing was recalled: ${inside}`);
    await expect(memories[0].store([1, 1])).rejects.toThrow(`nothing was stored: ${inside}`);
    await client.query(`create table "${fresh()}" (id integer); rollback`);
    const { rows } = await client.query('select to_regclass($1) as made', [`"served ${tables}"`]);
    expect(rows).toEqual([{ made: null }]);
  }
  expect(await memories[0].patternCount()).toBe(1);
  await client.end();
});

test('a connection that is lost at any statement of a store leaves all of it or nothing, and says which', async () => {
  const table = fresh();
  const pool = poolOf();
  const whole = new PostgresMemory(pool, { table, dimension: 2 });
  await whole.store([1, 0]);
  let stored = 1;
  for (let at = 1; ; at++) {
    const client = await clientOf();
    let statements = 0;
    const failing: PostgresClient = {
      query: (text, params) => {
        const answer = client.query(text, params);
        if (++statements === at) {
          (
            client as unknown as { connection: { stream: { destroy(): void } } }
          ).connection.stream.destroy();
        }
        return answer;
      },
    };
    const attempt = new PostgresMemory(failing, { table, dimension: 2 }).store(
      [
        [1, 1],
        [2, 2],
      ],
      { labels: ['a', 'b'] },
    );
    const outcome = await attempt.then(
      () => 'stored',
      (error: Error) => error.message,
    );
    await client.end().catch(() => {});
    // Writers wait for each other: the server is done with it now.
    await whole.forget({ label: 'nobody' });
    if (outcome === 'stored') {
      expect(await whole.patternCount()).toBe(stored + 2);
      // A transaction to look, and one to write: begin, …, commit.
      expect(at).toBeGreaterThan(9);
      break;
    }
    const count = await whole.patternCount();
    if (/during the commit, and it is not known/.test(outcome)) {
      expect([stored, stored + 2]).toContain(count);
      stored = count;
    } else {
      expect(outcome).toMatch(/^nothing was stored: /);
      expect(count).toBe(stored);
    }
  }
});

test('a transaction that the server rolls back leaves nothing, and places stay free of holes', async () => {
  const table = fresh();
  const pool = poolOf();
  const memory = new PostgresMemory(pool, { table, dimension: 600 });
  const row = (x: number) => new Float32Array(600).fill(x);
  await memory.store(row(1), { labels: ['first'] });
  await server.admin.query(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'row % is refused', new.slot; end $$;
    create trigger late after insert on "${table}" for each row when (new.slot = 450) execute function refuse();
  `);
  // In the second batch.
  const many = Array.from({ length: 500 }, () => row(2));
  const labels = many.map(() => 'first');
  await expect(memory.store(many, { labels, replace: true })).rejects.toThrow(
    'nothing was stored: row 450 is refused',
  );
  expect((await memory.recall(row(1))).match?.label).toBe('first');
  await server.admin.query(`
    drop trigger late on "${table}";
    create constraint trigger last after insert on "${table}" deferrable initially deferred
      for each row execute function refuse();
  `);
  await expect(memory.store(row(3))).rejects.toThrow('nothing was stored: row 1 is refused');
  await server.admin.query(`drop trigger last on "${table}"`);
  expect([await memory.patternCount(), await memory.nextIndex()]).toEqual([1, 1]);

  // By whoever else uses the client meanwhile.
  const client = await clientOf();
  const meddled: PostgresClient = {
    query: async (text, params) => {
      if (text === 'commit') await client.query('rollback; begin; select 1/0').catch(() => {});
      return client.query(text, params);
    },
  };
  const shared = new PostgresMemory(meddled, { table, dimension: 600 });
  await expect(shared.recall(row(1))).rejects.toThrow('was rolled back before its end');
  await client.end();
  await memory.store(row(4));
  expect([await memory.patternCount(), await memory.nextIndex()]).toEqual([2, 2]);
});

test('a server that is restarted is found again by a pool', async () => {
  const memory = new PostgresMemory(poolOf(), { table: fresh(), dimension: 2, beta: 5 });
  await memory.store([1, 2], { labels: ['a'] });
  const before = await memory.recall([1, 1]);
  await server.stop();
  await expect(memory.recall([1, 1])).rejects.toThrow('nothing was recalled: ');
  await expect(memory.store([3, 4])).rejects.toThrow('nothing was stored: ');
  await server.start();
  expect(await memory.recall([1, 1])).toEqual(before);
  await memory.store([3, 4]);
  expect(await memory.patternCount()).toBe(2);
});

test('a client has one question at a time', async () => {
  const client = await clientOf();
  let open = 0;
  const strict: PostgresClient = {
    async query(text, params) {
      expect(++open, text).toBe(1);
      try {
        return await client.query(text, params);
      } finally {
        open--;
      }
    },
  };
  const memory = new PostgresMemory(strict, { table: fresh(), dimension: 2, beta: 50 });
  const rows = [0, 1, 2, 3].map((k) => [Math.cos(k), Math.sin(k)]);
  await memory.store(rows, { labels: ['a', 'b', 'c', 4] });
  const how = { steps: 2, energy: true, among: { labels: ['a', 'b', 4] } };
  const found = await memory.recallMany(rows, how);
  expect(found.matches.labels?.[3]).toBe(4);
  await client.end();
});

test('what stands before the server says that it does not know: nor does the memory', async () => {
  const client = await clientOf();
  for (const [code, said] of [
    ['08P01', 'it is not known whether'],
    ['40003', 'it is not known whether'],
    ['40001', /^nothing was stored: lost/],
  ] as const) {
    const failing: PostgresClient = {
      async query(text, params) {
        const answer = await client.query(text, params);
        if (text === 'commit' && rows++ === 2) throw Object.assign(new Error('lost'), { code });
        return answer;
      },
    };
    let rows = 0;
    const memory = new PostgresMemory(failing, { table: fresh(), dimension: 1 });
    await expect(memory.store([1])).rejects.toThrow(said);
  }
  await client.end();
});

test('settings of a connection change nothing, nor where the extension is', async () => {
  const client = await clientOf();
  await client.query(`
    create extension if not exists vector;
    create schema apart; create schema mine;
    alter extension vector set schema apart`);
  const labels = ['NULL', 0.1 + 0.2, 'a\\b"', undefined, 1e-300];
  const random = new Random(12);
  const rows = reals(random, 5 * 7);
  const network = new ModernHopfieldNetwork(7, { similarity: 'cosine', beta: 3 });
  network.store(rows, { labels });
  for (const path of ["''", 'mine', 'public, mine']) {
    await client.query(`
      set search_path to ${path}; set extra_float_digits to -10; set array_nulls to off;
      set bytea_output to escape; set standard_conforming_strings to off; set default_transaction_isolation to serializable`);
    const own = path === "''" ? { schema: 'mine' } : {};
    const options = {
      table: fresh(),
      dimension: 7,
      similarity: 'cosine',
      beta: 3,
      ...own,
    } as const;
    const memory = new PostgresMemory(client, options);
    await memory.store(rows, { labels });
    for (let k = 0; k < 5; k++) {
      const query = rows.slice(7 * k, 7 * k + 7);
      expect(await memory.recall(query), path).toEqual(network.recall(query));
      expect((await memory.recall(query, { aggregate: 'database' })).match?.index).toBe(k);
    }
    expect(await memory.forget(rows.slice(0, 7))).toBe(true);
    const { rows: told } = await client.query('show search_path');
    expect(told[0].search_path).toBe(path === "''" ? '""' : path);
  }
  await client.query(
    'reset all; alter extension vector set schema public; drop schema mine cascade; drop schema apart',
  );
  await client.end();
});

test('places end where indices do', async () => {
  const table = fresh();
  const client = await clientOf();
  const memory = new PostgresMemory(client, { table, dimension: 1 });
  await memory.store([1]);
  await client.query(`update "${table}_memory" set next = ${2 ** 31 - 1}`);
  await expect(memory.store([[2], [3]])).rejects.toThrow('2 vectors from index 2147483647 on');
  await memory.store([2], { labels: ['last'] });
  expect([...(await memory.recallMany([9])).matches.indices]).toEqual([2 ** 31 - 1]);
  await expect(memory.store([3])).rejects.toThrow('expected room below 2147483648');
  expect(await memory.patternCount()).toBe(2);
  await client.end();
});
