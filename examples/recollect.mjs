// A folder of texts and pictures, remembered, and found again by a damaged or partial cue, or not at all when there is nothing like it.
// What is remembered stays, in PostgreSQL embedded in this process (PGlite), in a folder beside: files that have not
// changed are not read again. A server does as well: give PostgresMemory a Pool of pg.
// Run it in a clone after `npm ci`: npm run example:recollect (-- --folder notes, -- --memory where-it-is-kept,
// -- --cue "what I remember of it", -- --picture damaged.png; without a cue it damages what it knows itself and counts;
// -- --embed mine.mjs for another embedding of texts: it exports `dimension` and `embed(text)`, or a promise of a vector)
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { Random } from 'hopfield-wasm';
import { PostgresMemory } from 'hopfield-wasm/postgres';
import * as embeddings from './embeddings.mjs';

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: 'docs' },
    memory: { type: 'string', default: 'build/recollect' },
    cue: { type: 'string' },
    picture: { type: 'string' },
    embed: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const random = new Random(Number(options.seed));
const embedding = options.embed
  ? await import(pathToFileURL(resolve(options.embed)).href)
  : embeddings.texts;

const client = await PGlite.create(options.memory, { extensions: { vector } });
/** β makes the best passage answer alone; nothing is how alike the cue and an answer have to be at least. */
const open = (table, dimension, nothing) =>
  new PostgresMemory(client, { table, dimension, similarity: 'cosine', beta: 60, nothing });
const kinds = {
  texts: {
    files: /\.(md|txt|html|csv|js|mjs|ts)$/i,
    memory: open('texts', embedding.dimension, 0.3),
    parts: passages,
    embed: (text) => embedding.embed(text),
  },
  pictures: {
    files: /\.(png|jpe?g|p[bgp]m)$/i,
    memory: open('pictures', embeddings.pictures.dimension, 0.5),
    parts: (bytes) => [{ name: '', part: bytes }],
    embed: (bytes) => embeddings.pictures.embed(bytes),
  },
};

await remember(options.folder);
const { cue, picture } = options;
if (picture !== undefined) {
  show(kinds.pictures, await recollect(kinds.pictures, readFileSync(picture)));
}
if (cue !== undefined) show(kinds.texts, await recollect(kinds.texts, cue));
if (cue === undefined && picture === undefined) await tryOut(kinds.texts);
await client.close();

/** Brings what is remembered up to what is in the folder. */
async function remember(folder) {
  await client.query(
    'create table if not exists files (path text primary key, digest text not null)',
  );
  const { rows } = await client.query('select path, digest from files');
  const known = new Map(rows.map(({ path, digest }) => [path, digest]));
  let read = 0;
  for (const path of readdirSync(folder, { recursive: true }).sort()) {
    const name = path.replaceAll('\\', '/');
    const kind = Object.values(kinds).find(({ files }) => files.test(name));
    if (!kind) continue;
    const bytes = readFileSync(join(folder, path));
    const digest = createHash('sha256').update(bytes).digest('hex');
    const before = known.get(name);
    known.delete(name);
    if (before === digest) continue;
    if (before !== undefined) await forget(name);
    const vectors = [];
    const labels = [];
    for (const one of kind.parts(bytes)) {
      const embedded = await kind.embed(one.part);
      if (!says(embedded)) continue;
      vectors.push(embedded);
      labels.push(name + one.name);
    }
    if (vectors.length > 0) await kind.memory.store(vectors, { labels });
    await client.query('insert into files values ($1, $2)', [name, digest]);
    read++;
  }
  // What is left has gone.
  for (const name of known.keys()) await forget(name);
  const counts = [
    await kinds.texts.memory.patternCount(),
    await kinds.pictures.memory.patternCount(),
  ];
  console.log(
    `remembered: ${counts[0]} passages and ${counts[1]} pictures; files read anew: ${read}`,
  );
}

/** Rows are rows: what a statement of one's own deletes is forgotten. First of all that it is known, for whatever comes between. */
async function forget(name) {
  await client.query('delete from files where path = $1', [name]);
  for (const table of ['texts', 'pictures']) {
    const { rows } = await client.query('select to_regclass($1) as there', [table]);
    if (rows[0].there === null) continue;
    await client.query(`delete from ${table} where label = $1 or starts_with(label, $2)`, [
      name,
      `${name}:`,
    ]);
  }
}

/** The passages of a text, between empty lines, that say something; named by the line they begin at. */
function passages(bytes) {
  const found = [];
  let line = 1;
  for (const part of new TextDecoder().decode(bytes).split(/(\r?\n(?:[ \t]*\r?\n)+)/)) {
    if (part.trim().length >= 60) found.push({ name: `:${line}`, part });
    line += part.split('\n').length - 1;
  }
  return found;
}

/** Whether an embedding has a direction: a table of numbers has no words, a white sheet no light and shade. */
function says(embedded) {
  return embedded.some((x) => x !== 0);
}

async function recollect(kind, cue) {
  const embedded = await kind.embed(cue);
  return says(embedded) ? kind.memory.recall(embedded) : { nothing: 1 };
}

/** The match, and the passage itself, from its file. */
function show({ parts }, { match, nothing }) {
  if (!match) return console.log(`nothing like that (${nothing.toFixed(2)})`);
  console.log(`${match.label}  weight ${match.weight.toFixed(2)}`);
  const [, name, line] = /^(.*?)(:\d+)?$/.exec(match.label);
  if (line === undefined) return;
  const path = join(options.folder, name);
  const { part } = parts(readFileSync(path)).find((one) => one.name === line);
  console.log(part.replaceAll(/^/gm, '  | '));
}

/** Damages passages in three ways, and counts those that are found again; then asks for what was never there. */
async function tryOut(kind) {
  const all = readdirSync(options.folder, { recursive: true })
    .filter((path) => kind.files.test(path))
    .flatMap((path) => {
      const name = path.replaceAll('\\', '/');
      return kind
        .parts(readFileSync(join(options.folder, path)))
        .map((one) => ({ ...one, label: name + one.name }));
    });
  const chosen = random.shuffle(all).slice(0, Math.min(40, all.length));
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const letter = () => letters[random.below(26)];
  const damages = {
    'a tenth of the letters are others': (text) =>
      text.replaceAll(/\p{L}/gu, (one) => (random.below(10) === 0 ? letter() : one)),
    'every third word is left': (text) =>
      text
        .split(/\s+/)
        .filter((_, k) => k % 3 === 0)
        .join(' '),
    'the second half alone': (text) => text.slice(text.length / 2),
  };
  for (const [name, damage] of Object.entries(damages)) {
    const found = await answers(chosen.map(({ part }) => damage(part)));
    const right = found.filter((label, k) => label === chosen[k].label).length;
    const none = found.filter((label) => label === undefined).length;
    console.log(`${name}: ${right} of ${chosen.length} found, ${none} nothing like that`);
  }
  const strangers = Array.from({ length: 40 }, () =>
    Array.from({ length: 30 }, () =>
      Array.from({ length: 3 + random.below(6) }, letter).join(''),
    ).join(' '),
  );
  const none = (await answers(strangers)).filter((label) => label === undefined).length;
  console.log(`words that are none: ${none} of 40 nothing like that`);

  async function answers(cues) {
    const vectors = [];
    for (const cue of cues) vectors.push(await kind.embed(cue));
    // A damage may leave nothing that says anything: any direction is as good.
    for (const one of vectors) if (!says(one)) one[0] = 1;
    const { matches } = await kind.memory.recallMany(vectors);
    return cues.map((_, k) => matches.labels?.[k]);
  }
}
