/** The examples run, and say what the documents say they do. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPicture, writePicture } from '../../src/io/index.ts';
import { DenseMemory } from '../../src/layers/index.ts';

const run = (...args: string[]) => execFileSync('node', args, { encoding: 'utf8' });

test('letters: the H comes back', () => {
  expect(run('examples/letters.mjs')).toContain('This is H, overlap 1.00.');
});

test('forgetting: a palimpsest keeps the last patterns, and only those', () => {
  const lines = run('examples/forgetting.mjs').trim().split('\n').slice(1);
  const kept = lines.map((line) => line.split('palimpsest ')[1].split('█').length - 1);
  expect(lines).toHaveLength(16);
  expect(kept[15]).toBe(20);
  expect(Math.max(...kept.slice(0, 12))).toBeLessThan(5);
});

test('digest: the number that docs/numerics.md gives, from both backends', () => {
  expect(run('examples/digest.mjs')).toBe('wasm      c0d5b97c\nreference c0d5b97c\n');
});

/** The number printed behind a text, in a line of its own. */
function printed(output: string, text: string): number {
  const line = output.split('\n').find((one) => one.includes(`${text}: `));
  return Number(line?.split(`${text}: `)[1]);
}

test('digits: half-covered ones come back, look as they did, and new ones get their labels', () => {
  const output = run('examples/digits.mjs', '--small');
  expect(output).toContain('1800 digits stored, 200 others held out');
  expect(printed(output, 'the right one has the largest weight')).toBeGreaterThan(0.95);
  expect(printed(output, 'every pixel back, to its level of grey')).toBeGreaterThan(0.9);
  // One in ten would be chance.
  expect(printed(output, 'accuracy of their labels')).toBeGreaterThan(0.85);
  expect(printed(output, 'half-covered, every pixel back')).toBeGreaterThan(0.7);

  // Three pictures side by side: covered, recalled, stored.
  const lines = output.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  const covered = lines.filter((line) => line.includes('░'));
  expect(covered).toHaveLength(15);
  for (const line of covered) {
    const padded = line.padEnd(79);
    expect(padded.slice(27, 51)).toBe(padded.slice(53, 77));
  }
});

test('film: the damaged first frame calls for all others, and for itself, whole', () => {
  const output = run('examples/film.mjs');
  expect(output).toContain('frames that follow, every pixel right: 50 of 50');
  // Labels are read off the matches: the first one again at the end.
  const read = /As they read: (\d{51})\n/.exec(output)![1];
  expect(read[50]).toBe(read[0]);
});

test('nothing: the picture in docs/memories.md, and what it counts', () => {
  const { stdout, stderr } = spawnSync('node', ['examples/nothing.mjs'], { encoding: 'utf8' });
  expect(stdout).toBe(readFileSync('docs/nothing.svg', 'utf8'));
  const shares = [...stderr.matchAll(/: ([\d.]+) % of .* find a memory, ([\d.]+) % one alone/g)];
  const [found, alone] = [1, 2].map((which) => shares.map((share) => Number(share[which])));
  // Nothing at −½r² and the ball of radius r find the same.
  expect(found).toEqual([100, found[1], found[1]]);
  const docs = readFileSync('docs/memories.md', 'utf8').replace(/\s+/g, ' ');
  const spoken = ([a, b, c]: number[]) => `${a} %, ${b} % and ${c} %`;
  expect(docs).toContain(`${spoken(found)} find a memory, ${spoken(alone)} one alone`);
});

test('bags: a few epochs teach most of what a 9 is, from labels of bags alone', () => {
  const output = run('examples/bags.mjs', '--small');
  // Half of the bags have a 9: chance is 0.5, and 50 bags are within 0.14 of that in 19 cases of 20.
  expect(printed(output, 'accuracy on 50 held-out bags')).toBeGreaterThan(0.7);
  expect(printed(output, 'accuracy on 200 training bags')).toBeGreaterThan(0.75);
});

test('boltzmann: what is completed is better than the average digit, and drawn beside the original', () => {
  const output = run('examples/boltzmann.mjs', '--small');
  expect(output).toContain('1000 digits in black and white learnt, 30 others held out');
  const average = printed(output, 'the average digit');
  expect(average).toBeGreaterThan(0.8);
  // The attractors of so many digits alike are the average digit and its reverse.
  expect(printed(output, 'Hopfield network')).toBeCloseTo(average, 1);
  expect(printed(output, 'restricted machine, averages')).toBeGreaterThan(average);
  expect(printed(output, 'restricted machine')).toBeGreaterThan(0.8);
  const lines = output.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  // Three covered digits, three lines of each; the upper halves of all five pictures are the same.
  expect(lines.filter((line) => line.includes('░'))).toHaveLength(9);
  const first = lines.findIndex((line) => line.startsWith(' covered'));
  for (const line of lines.slice(first + 1, first + 4)) {
    const cells = [0, 1, 2, 3, 4].map((k) => line.padEnd(80).slice(1 + 15 * k, 15 + 15 * k));
    expect(new Set(cells).size).toBe(1);
  }
});

test('prototypes: dense memories read digits, and with a larger n look more like them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prototypes-'));
  try {
    const [png, saved] = [join(folder, 'memories.png'), join(folder, 'digits')];
    const powers = ['--power', '3', '--power', '20'];
    const output = run(
      'examples/prototypes.mjs',
      '--small',
      ...powers,
      '--output',
      png,
      '--save',
      saved,
    );
    const row = (n: number) => {
      const line = output.split('\n').find((one) => new RegExp(`^ *${n} `).test(one))!;
      return [...line.matchAll(/[\d.]+/g)].map(Number);
    };
    const [, , error3, , likeness3] = row(3);
    const [, , error20, , likeness20] = row(20);
    // Chance is 90 %.
    expect(error3).toBeLessThan(15);
    expect(error20).toBeLessThan(30);
    expect(likeness20).toBeGreaterThan(likeness3);
    expect(readPicture(readFileSync(png)).shape).toEqual([60, 480]);
    const memory = DenseMemory.load(readFileSync(`${saved}-20.safetensors`));
    expect([memory.inputs, memory.classes, memory.power]).toEqual([784, 10, 20]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('match3: attention to pairs learns what plain attention of the same size does not', () => {
  const lines = run('examples/match3.mjs', '--small').split('\n');
  const right = (name: string) =>
    Number(/ ([01]\.\d{3}) of 1000/.exec(lines.find((line) => line.startsWith(name))!)![1]);
  expect(right('pairs, 3 features')).toBeGreaterThanOrEqual(0.98);
  expect(right('plain, the same size')).toBeLessThanOrEqual(0.7);
});

test('latch: all three layers know what the first symbol was', () => {
  const output = run('examples/latch.mjs', '--epochs', '1');
  for (const name of ['Association', 'Pooling', 'Lookup']) {
    expect(Number(new RegExp(`${name} after 1 epochs: ([\\d.]+)`).exec(output)![1])).toBe(1);
  }
});

test('bit patterns: a run of one epoch', () => {
  const output = run('examples/bit-pattern.mjs', '--epochs', '1');
  expect(output.match(/: 0\.\d{3} after 1 epochs/g)).toHaveLength(3);
});

test('recollect: damaged passages and pictures are found again, by another process too, and what is like none is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recollect-'));
  try {
    const notes = join(folder, 'notes');
    mkdirSync(join(notes, 'pictures'), { recursive: true });
    for (const page of ['learn/energy.md', 'learn/neuron.md', 'numerics.md']) {
      writeFileSync(join(notes, page.replace('/', '-')), readFileSync(join('docs', page)));
    }
    const stripes = (k: number) =>
      Float32Array.from(
        { length: 900 },
        (_, i) => (Math.floor((i % 30) / k) + Math.floor(i / 30 / k)) % 2,
      );
    for (const k of [3, 5, 8]) {
      const picture = { data: stripes(k), shape: [30, 30] as [number, number] };
      writeFileSync(join(notes, 'pictures', `${k}.png`), writePicture(picture));
    }
    const common = [
      'examples/recollect.mjs',
      '--folder',
      notes,
      '--memory',
      join(folder, 'memory'),
    ];
    const first = run(...common);
    expect(first).toMatch(/^remembered: \d+ passages and 3 pictures; files read anew: 6\n/);
    for (const [, found] of first.matchAll(/: (\d+) of 40 found/g))
      expect(Number(found)).toBeGreaterThan(25);
    expect(first.match(/of 40 found/g)).toHaveLength(3);
    expect(first).toContain('words that are none: 40 of 40 nothing like that');

    // Its upper half is gone; a page has changed, and one has gone.
    const damaged = { data: stripes(5).fill(0.5, 0, 450), shape: [30, 30] as [number, number] };
    writeFileSync(join(folder, 'damaged.png'), writePicture(damaged));
    writeFileSync(
      join(notes, 'numerics.md'),
      'Engines differ in the last bits of exponentials, and so this has its own of them.',
    );
    rmSync(join(notes, 'learn-neuron.md'));
    const cue = 'engnes difer in last bits of exponentals';
    const second = run(...common, '--picture', join(folder, 'damaged.png'), '--cue', cue);
    expect(second).toMatch(/files read anew: 1\npictures\/5\.png {2}weight (0\.9|1\.0)/);
    expect(second).toContain('\nnumerics.md:1  weight');
    expect(second).toContain('\n  | Engines differ in the last bits of exponentials');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
