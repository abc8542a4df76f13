/**
 * A memory of embeddings beside what finds neighbours: one answer, and what each leaves out. `npm run bench:nearest`
 *
 * P random vectors of 384 numbers, cosine similarity, queries that are noisy stored vectors. Ours reads all rows: in memory, and in a table
 * of PGlite (the same bits, or the sums of the database). pgvector's exact top 10 is on that same table; usearch has its index
 * of nearest neighbours in graphs (HNSW), one thread. Times are processor time of this process a query, the least of the rounds.
 * `-- --large` adds P = 100,000, where building the index alone takes minutes.
 *
 * With `TEST_POSTGRES`, the address of a server with pgvector (`postgres://postgres@127.0.0.1/postgres`), the table is in a database
 * of its own there, which is dropped in the end; times are those of a clock, as the client waits; pgvector's own index (HNSW, as
 * it is by default) comes after all else.
 */
import { isDeepStrictEqual } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import pg from 'pg';
import usearch from 'usearch';
import { ModernHopfieldNetwork } from '../../dist/index.js';
import { PostgresMemory } from '../../dist/postgres.js';
import { noisyQueries, randomVectors } from '../inputs.mjs';
import { duration, printTable, Report } from '../report.mjs';

const SIZES = process.argv.includes('--large') ? [10_000, 100_000] : [10_000];
const DIMENSION = 384;
const QUERIES = 64;
const NEAREST = 10;
/** With cosines of random vectors spread by 1/√d, the best alone, and averages. */
const BETAS = { peaked: 100, flat: 10 };
const ROUNDS = 3;
const SERVER = process.env.TEST_POSTGRES;
const PLACE = SERVER === undefined ? 'PGlite' : 'PostgreSQL';

const report = new Report();
const lines = [];
for (const count of SIZES) lines.push(...(await compare(count)));
printTable(['P', 'who', 'attention', 'made in', 'one query', 'of 64, each', 'leaves out'], lines);
const { processor, node, v8, date, seed } = report.machine;
console.log(
  `\n${processor}; node ${node}, V8 ${v8}; ${date}; seed ${seed}; ${SERVER === undefined ? 'processor time' : 'by the clock'}`,
);

async function open() {
  if (SERVER === undefined) return PGlite.create({ extensions: { vector } });
  const name = `hopfield_bench_${process.pid}`;
  const outside = new pg.Client(SERVER);
  await outside.connect();
  await outside.query(`create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = name;
  const client = new pg.Client(url.href);
  await client.connect();
  const { rows } = await client.query('select version()');
  console.log(rows[0].version);
  return {
    query: (text, params) => client.query(text, params),
    close: async () => {
      await client.end();
      await outside.query(`drop database ${name}`);
      await outside.end();
    },
  };
}

async function compare(count) {
  const rows = randomVectors(DIMENSION, count);
  const many = noisyQueries(rows, DIMENSION, QUERIES);
  const one = many.slice(0, DIMENSION);
  const lists = Array.from({ length: QUERIES }, (_, k) =>
    many.subarray(k * DIMENSION, (k + 1) * DIMENSION),
  );
  const client = await open();
  const table = { table: 'rows', dimension: DIMENSION, similarity: 'cosine' };
  const found = [];
  const line = (who, attention, made, single, batch, leaves) =>
    found.push([`${count}`, who, attention, made, single, batch, leaves]);
  try {
    const made = await spent(() => new PostgresMemory(client, { ...table, beta: 1 }).store(rows));
    const networks = {};
    for (const [attention, beta] of Object.entries(BETAS)) {
      report.progress(`P = ${count}, ${attention}`);
      let network;
      const stored = await spent(() => {
        network = new ModernHopfieldNetwork(DIMENSION, { similarity: 'cosine', beta }).store(rows);
      });
      networks[attention] = network;
      const memory = new PostgresMemory(client, { ...table, beta });
      if (!isDeepStrictEqual(await memory.recall(one), network.recall(one))) {
        throw new Error('the table gives other bits than memory');
      }
      const nothing = 'rows below e⁻⁴⁰';
      const ours = await race(
        () => network.recall(one),
        () => network.recallMany(many),
      );
      line('ours, in memory', attention, stored, ...ours, nothing);
      const there = await race(
        () => memory.recall(one),
        () => memory.recallMany(many),
      );
      line(`ours, ${PLACE}`, attention, made, ...there, nothing);
      const aggregate = 'database';
      const summed = await race(
        () => memory.recall(one, { aggregate }),
        () => memory.recallMany(many, { aggregate }),
      );
      line(`ours, ${PLACE} adds up`, attention, made, ...summed, `${nothing}, bits`);
    }
    const top = async (query) => {
      const { rows: nearest } = await client.query(
        `select block * 4096 + slot as place from rows order by embedding <=> $1::text::vector limit ${NEAREST}`,
        [`[${query.join(',')}]`],
      );
      return nearest.map(({ place }) => place);
    };
    const each = async () => {
      for (const query of lists) await top(query);
    };
    report.progress(`P = ${count}, pgvector`);
    const exact = await race(() => top(one), each);
    line(`pgvector, exact top ${NEAREST}`, '', made, ...exact, await left(top));

    if (SERVER !== undefined) {
      report.progress(`P = ${count}, index of pgvector`);
      await client.query("set maintenance_work_mem = '1GB'");
      const indexed = await spent(() =>
        client.query('create index on rows using hnsw (embedding vector_cosine_ops)'),
      );
      const approximate = await race(() => top(one), each);
      line(`pgvector, HNSW top ${NEAREST}`, '', indexed, ...approximate, await left(top));
    }

    report.progress(`P = ${count}, usearch`);
    const index = new usearch.Index({ metric: 'cos', dimensions: DIMENSION, quantization: 'f32' });
    const keys = BigUint64Array.from({ length: count }, (_, k) => BigInt(k));
    const built = await spent(() => index.add(keys, rows, 1));
    const near = (query) => Array.from(index.search(query, NEAREST, 1).keys, Number);
    const searched = await race(
      () => near(one),
      () => index.search(many, NEAREST, 1),
    );
    line(`usearch, top ${NEAREST}`, '', built, ...searched, await left(near));

    /** The weight outside the k nearest that are given, on average, and how often the nearest is not among them. */
    async function left(nearest) {
      const shares = { peaked: 0, flat: 0 };
      let missed = 0;
      for (const query of lists) {
        const given = new Set(await nearest(query));
        for (const attention of Object.keys(BETAS)) {
          const { indices, weights } = networks[attention].attention(query);
          if (attention === 'peaked' && !given.has(indices[0])) missed++;
          weights.forEach((weight, k) => {
            if (!given.has(indices[k])) shares[attention] += weight / QUERIES;
          });
        }
      }
      const percent = (share) => `${(100 * share).toPrecision(2)} %`;
      const kinds = Object.entries(shares).map(([name, share]) => `${percent(share)} ${name}`);
      return `${kinds.join(', ')}; ${missed} of ${QUERIES} nearest`;
    }
  } finally {
    await client.close();
  }
  return found;
}

/** Processor time, or that of a clock, in words. */
async function spent(work) {
  return duration(await measured(work));
}

async function measured(work) {
  if (SERVER !== undefined) {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  }
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Of one query and of 64, a query; in turns, the least counts. */
async function race(single, batch) {
  let [least, leastOf64] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    // Too short to be measured alone, where it takes microseconds.
    const runs = round === 0 || least > 20 ? 1 : Math.ceil(40 / Math.max(least, 0.05));
    const took = await measured(async () => {
      for (let run = 0; run < runs; run++) await single();
    });
    least = Math.min(least, took / runs);
    // What takes seconds is measured once, what would take minutes not at all.
    if ((round > 0 && leastOf64 > 10) || least > 1000) continue;
    leastOf64 = Math.min(leastOf64, (await measured(batch)) / QUERIES);
  }
  return [duration(least), leastOf64 < Infinity ? duration(leastOf64) : ''];
}
