/**
 * What only a server with many connections shows (`TEST_POSTGRES`; PGlite answers one at a time): writers, readers and whoever ends
 * connections at once, time limits, plans of any kind, and rows that lie anywhere.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../src/index.ts';
import { PostgresMemory, type PostgresClient } from '../../src/postgres/index.ts';
import { connect, poolOf, served, SERVER, type TestServer } from './postgres.ts';

describe.skipIf(SERVER === undefined)('a server', () => {
  let server: TestServer;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await served(SERVER!);
    pool = poolOf({ ...server.reach(), max: 12 });
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await server.close();
  });
  const reals = (random: Random, count: number) =>
    new Float32Array(count).map(() => 2 * random.real() - 1);
  const said = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => error.message,
    );
  /** Places of rows, upwards, and where the next goes. */
  async function places(table: string) {
    const { rows } = await server.admin.query<{ place: number; label: string; x: string }>(
      `select block * 4096 + slot as place, label, embedding::text as x from ${table} order by 1`,
    );
    const { rows: head } = await server.admin.query(`select next::int from ${table}_memory`);
    return { rows, next: head[0].next as number };
  }

  test('many first ones at once, of several tables, each store what they have', async () => {
    const other = await served(SERVER!);
    const many = poolOf({ ...other.reach(), max: 8 });
    const of = (k: number) => new PostgresMemory(many, { table: `first${k % 3}`, dimension: 2 });
    await Promise.all(Array.from({ length: 9 }, (_, k) => of(k).store([k, 1])));
    for (const k of [0, 1, 2]) expect(await of(k).patternCount()).toBe(3);
    // Whoever reads while tables are made sees none, or all.
    for (let k = 3; k < 13; k++) {
      const made = { yet: false };
      const read = async () => {
        const table = new PostgresMemory(many, { table: `later${k}`, dimension: 2 });
        while (!made.yet) expect([0, 1]).toContain(await table.patternCount());
      };
      const readers = [read(), read(), read(), read()];
      await new PostgresMemory(many, { table: `later${k}`, dimension: 2 }).store([1, 2]);
      made.yet = true;
      await Promise.all(readers);
    }
    await many.end();
    await other.close();
  });

  test('batches that replace each other, of many writers, are seen whole', async () => {
    const options = { table: 'whole', dimension: 2, beta: 1e-9 } as const;
    const open = () => new PostgresMemory(pool, options);
    const [writers, rounds, size] = [6, 8, 5];
    const batch = (x: number) => Array.from({ length: size }, () => [x, 1]);
    await open().store([0, 1], { labels: ['other'] });
    await Promise.all(
      Array.from({ length: writers }, (_, w) =>
        open().store(batch(1), { labels: Array.from({ length: size }, () => `w${w}`) }),
      ),
    );
    const left = { writing: writers };
    const write = async (w: number) => {
      const memory = open();
      for (let round = 2; round <= rounds; round++) {
        const labels = Array.from({ length: size }, () => `w${w}`);
        await memory.store(batch(round), { labels, replace: true });
        await memory.store([9, 9], { labels: [`w${w}, more`] });
        expect(await memory.forget({ label: `w${w}, more` })).toBe(true);
      }
      left.writing--;
    };
    const read = async (r: number) => {
      const memory = open();
      for (let k = 0; left.writing > 0; k++) {
        const label = `w${(r + k) % writers}`;
        const { state, entropy } = await memory.recall([1, 1], { among: [label] });
        // All of one round: averages of equal rows.
        expect(Number.isInteger(state[0])).toBe(true);
        expect(entropy).toBeCloseTo(Math.log(size));
      }
    };
    await Promise.all([...Array(writers).keys()].map(write).concat([read(0), read(1), read(2)]));
    const { rows, next } = await places('whole');
    expect(rows.length).toBe(1 + writers * size);
    expect(next).toBe(1 + writers * size * rounds + writers * (rounds - 1));
    expect(new Set(rows.map(({ place }) => place)).size).toBe(rows.length);
    expect(rows.slice(1).every(({ x }) => x === `[${rounds},1]`)).toBe(true);
  });

  test('connections that are ended at any moment leave whole batches, and what is said of them is so', async () => {
    const options = { table: 'ended', dimension: 64 } as const;
    await new PostgresMemory(pool, options).store(new Float32Array(64), { labels: ['first'] });
    const mine = poolOf({ ...server.reach(), max: 5, application_name: 'to be ended' });
    const outcomes = new Map<string, string>();
    const left = { busy: 4 };
    const work = async (w: number) => {
      const memory = new PostgresMemory(mine, options);
      for (let k = 0; k < 25; k++) {
        const label = `${w} ${k}`;
        const rows = new Float32Array(64 * 40).fill(w);
        const labels = Array.from({ length: 40 }, () => label);
        outcomes.set(label, await said(memory.store(rows, { labels })));
        expect(await said(memory.recall(new Float32Array(64)))).toMatch(
          /^done$|^nothing was recalled: /,
        );
      }
      left.busy--;
    };
    const random = new Random(77);
    const end = async () => {
      while (left.busy > 0) {
        await new Promise((go) => setTimeout(go, random.below(12)));
        await server.admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'to be ended' and datname = current_database() order by random() limit 1`,
        );
      }
    };
    await Promise.all([work(0), work(1), work(2), work(3), end()]);
    await mine.end();
    // The last ones are done: writers wait.
    await new PostgresMemory(pool, options).forget({ label: 'nobody' });
    const { rows, next } = await places('ended');
    const counts = new Map<string, number>();
    for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const [label, outcome] of outcomes) {
      if (outcome === 'done') expect(counts.get(label), label).toBe(40);
      else if (/it is not known/.test(outcome))
        expect([undefined, 40]).toContain(counts.get(label));
      else {
        expect(outcome).toMatch(/^nothing was stored: /);
        expect(counts.get(label), outcome).toBeUndefined();
      }
    }
    expect(rows.map(({ place }) => place)).toEqual([...Array(next).keys()]);
  });

  test('limits of time end a call, which says so, and the next one is carried out', async () => {
    const memory = (client: PostgresClient) =>
      new PostgresMemory(client, { table: 'limits', dimension: 2 });
    await memory(pool).store([1, 2]);
    const limited = (options: string, more = {}) =>
      poolOf({ ...server.reach(), max: 1, options, ...more });
    const short = limited('-c lock_timeout=50ms');
    const long = limited('-c statement_timeout=300ms');
    const here = limited('', { query_timeout: 50 });
    await server.admin.query('begin; lock table limits in access exclusive mode');
    for (const [own, why] of [
      [short, 'due to lock timeout'],
      [long, 'due to statement timeout'],
      [here, 'Query read timeout'],
    ] as const) {
      expect(await said(memory(own).store([3, 4]))).toMatch(`nothing was stored: `);
      expect(await said(memory(own).recall([3, 4]))).toContain(why);
    }
    await server.admin.query('commit');
    expect(await memory(short).patternCount()).toBe(1);

    // Between two statements, when nobody waits for an answer.
    const idle = limited('-c idle_in_transaction_session_timeout=200ms');
    const waiting = new Proxy(idle, {
      get(target, name) {
        if (name !== 'connect') return Reflect.get(target, name) as unknown;
        return async () => {
          const client = await target.connect();
          return new Proxy(client, {
            get: (own, member) => {
              if (member !== 'query') {
                const found = Reflect.get(own, member) as unknown;
                return typeof found === 'function' ? found.bind(own) : found;
              }
              return async (...args: [string, unknown[]]) => {
                const answer = await own.query(...args);
                if (args[0].startsWith('lock')) await new Promise((go) => setTimeout(go, 800));
                return answer;
              };
            },
          });
        };
      },
    });
    expect(await said(memory(waiting).store([5, 6]))).toMatch(/^nothing was stored: /);
    await memory(pool).store([5, 6]);
    expect(await memory(pool).patternCount()).toBe(2);
    for (const own of [short, long, here, idle]) await own.end();
  });

  test('what others delete meanwhile is gone, and no call fails for it', async () => {
    const memory = new PostgresMemory(pool, { table: 'meanwhile', dimension: 1 });
    await memory.store([[1], [2], [3]], { labels: ['a', 'b', 'c'] });
    const other = await connect(server.reach());
    await other.query("begin; delete from meanwhile where label = 'a'");
    const replacing = memory.store([[4], [5]], { labels: ['a', 'b'], replace: true });
    await new Promise((go) => setTimeout(go, 50));
    await other.query('commit');
    await replacing;
    const { rows } = await places('meanwhile');
    expect(rows.map(({ label, x }) => label + x)).toEqual(['c[3]', 'a[4]', 'b[5]']);
    await other.end();
  });

  test('the same bits by every plan, and wherever rows lie', async () => {
    const random = new Random(21);
    const [count, d] = [4200, 8];
    const rows = reals(random, count * d);
    const labels = Array.from({ length: count }, (_, k) => (k % 2 ? k % 7 : `${k % 5}`));
    const options = { similarity: 'cosine', nothing: 0.2 } as const;
    const of = (client: PostgresClient) =>
      new PostgresMemory(client, { table: 'plans', dimension: d, ...options, beta: 60 });
    await of(pool).store(rows, { labels });
    const network = new ModernHopfieldNetwork(d, { ...options, beta: 60 }).store(rows, { labels });
    const query = rows.slice(0, d).map((x) => x + 0.1);
    const always = async (client: PostgresClient) => {
      for (const some of [{}, { among: { labels: ['3', 4] } }]) {
        expect(await of(client).recall(query, some)).toEqual(network.recall(query, some));
      }
      const there = await of(client).recall(query, { aggregate: 'database' });
      expect(there.match?.index).toBe(network.recall(query).match?.index);
    };
    const forced =
      '-c parallel_setup_cost=0 -c parallel_tuple_cost=0 -c min_parallel_table_scan_size=0';
    for (const plan of [
      '-c max_parallel_workers_per_gather=0',
      `${forced} -c max_parallel_workers_per_gather=4`,
      `${forced} -c jit=on -c jit_above_cost=0`,
      '-c enable_seqscan=off -c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan',
      '-c enable_indexscan=off -c enable_hashagg=off -c enable_hashjoin=off -c work_mem=64kB',
    ]) {
      const client = await connect({ ...server.reach(), options: plan });
      await always(client);
      await client.end();
    }
    const client = await connect(server.reach());
    for (const moved of [
      'update plans set label = label where slot % 3 = 0',
      'vacuum full plans',
      'create index by_norm on plans (norm desc); cluster plans using by_norm',
      'alter table plans alter embedding set storage external; update plans set slot = slot',
      'analyze plans',
    ]) {
      await client.query(moved);
      await always(client);
    }
    await client.end();
  });

  test('labels of a database whose characters are few', async () => {
    const other = await served(
      SERVER!,
      "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0",
    );
    const client = await connect(other.reach());
    const memory = new PostgresMemory(client, { table: 'été', dimension: 2, beta: 9 });
    const rows = [
      [1, 2],
      [3, -4],
    ];
    await memory.store(rows, { labels: ['é', 'ÿ'] });
    expect((await memory.recall(rows[1], { among: ['ÿ', 'é'] })).match?.label).toBe('ÿ');
    const refused = memory.store(rows, { labels: ['ö', '漢'] });
    await expect(refused).rejects.toThrow(/^nothing was stored: character .* "LATIN1"$/);
    expect(await memory.patternCount()).toBe(2);
    await client.end();
    await other.close();
  });
});
