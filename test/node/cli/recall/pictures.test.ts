/** `hopfield recall --model modern`: pictures in grey and colour, in and out. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../../src/index.ts';
import {
  readNpy,
  readPicture,
  writeNpy,
  writePgm,
  writePicture,
  type Picture,
} from '../../../../src/io/index.ts';
import { gridText, PATTERNS, run, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
const recall = async (...args: string[]) =>
  JSON.parse((await hopfield('recall', ...args, '--model', 'modern', '--json', '-v')).stdout);

/** As values of 8 bits become ones from 0 to 1. */
const random = new Random(3);
const values = (count: number) =>
  Float32Array.from({ length: count }, () => Math.fround(random.below(256)) / 255);
const [rows, columns] = [6, 5];
const colours = Array.from({ length: 4 }, (): Picture => {
  return { data: values(rows * columns * 3), shape: [rows, columns, 3] };
});
const greys = Array.from({ length: 4 }, (): Picture => {
  return { data: values(rows * columns), shape: [rows, columns] };
});
mkdirSync(path('colour'));
mkdirSync(path('grey'));
mkdirSync(path('both'));
for (const [k, picture] of colours.entries()) {
  writeFileSync(path(`colour/${k + 1}.png`), writePicture(picture));
  writeFileSync(path(`grey/${k + 1}.pgm`), writePgm(greys[k]));
}
writeFileSync(path('both/1.png'), writePicture(colours[0]));
writeFileSync(path('both/2.pgm'), writePgm(greys[1]));

interface Entry {
  cue: number[];
  state: number[];
  exact: boolean;
  match: { pattern: number; weight: number };
  nothing?: number;
}

type Named = Entry & { name: string };

describe('stores what the files hold', () => {
  test.each<[string, Picture[]]>([
    ['colour', colours],
    ['grey', greys],
  ])('%s', async (name, pictures) => {
    const document = await recall(name, '--noise', '0', '--seed', '1');
    expect(document.shape).toEqual(pictures[0].shape);
    expect(document.summary).toEqual({ recalls: 4, exact: 4, converged: 4 });
    for (const [k, { cue, exact, match }] of (document.recalls as Entry[]).entries()) {
      expect(Float32Array.from(cue)).toEqual(pictures[k].data);
      expect([exact, match.pattern]).toEqual([true, k + 1]);
    }
  });

  test('grey among colours becomes colour; a file of any kind is read by its content', async () => {
    const both = await recall('both', '--noise', '0');
    expect(both.shape).toEqual([rows, columns, 3]);
    expect(both.recalls[1].cue).toEqual([...greys[1].data].flatMap((x) => [x, x, x]));
    const light = PATTERNS.map((pattern) => Array.from(pattern, (sign) => (sign + 1) / 2));
    const bytes = Uint8Array.from(light.flat(), (x) => 255 * x);
    const files: [string, string | Uint8Array][] = [
      ['grid', gridText(PATTERNS)],
      ['bytes', writeNpy(bytes, [4, 8, 8])],
      ['numbers', light.map((values) => values.join(' ')).join('\n')],
      ['zipped', gzipSync(writeNpy(Float32Array.from(light.flat()), [4, 8, 8]))],
    ];
    for (const [name, content] of files) {
      writeFileSync(path(name), content);
      const { recalls, shape } = await recall(name, '--noise', '0', '--shape', '8x8');
      expect(shape).toEqual([8, 8]);
      expect(recalls.map(({ cue }: Entry) => cue)).toEqual(light);
    }
  });

  test('digits of MNIST with their greys', async () => {
    const { recalls, shape } = await recall(
      '--dataset',
      'mnist',
      '--digits',
      '3,5',
      '--noise',
      '0',
    );
    expect(shape).toEqual([28, 28]);
    expect(recalls.map(({ name }: { name: string }) => name)).toEqual(['digit 3', 'digit 5']);
    const levels = new Set((recalls as Entry[]).flatMap(({ cue }) => cue));
    expect(levels.size).toBeGreaterThan(50);
  });

  test('others are refused', async () => {
    writeFileSync(path('real.npy'), writeNpy(Float32Array.of(0.5, 300), [1, 2]));
    writeFileSync(
      path('large.png'),
      writePicture({ data: new Float32Array(65792), shape: [257, 256] }),
    );
    writeFileSync(path('small.png'), writePicture({ data: Float32Array.of(1), shape: [1, 1] }));
    const wrong: [string[], string][] = [
      [['real.npy'], 'real.npy: value 300 at index'],
      [['large.png'], '--scale 256x255 makes the pictures small enough'],
      [['colour', '--cue', 'small.png'], 'small.png has pictures of 1 × 1, expected 6 × 5'],
      [['colour/1.png', '--shape', '5x6'], 'shape is [5,6], expected [6,5] as the file says'],
      [['colour', '--output', 'a.csv'], "cannot write '.csv', expected .png, .npy or 'folder/'"],
      [['colour', '--output', 'a.png'], 'one picture cannot hold 4 patterns'],
      [['colour', '--output', '-'], '--output -: pictures in grey or colour are no grid text'],
      [['colour', '--output', 'colour'], 'colour: is FILE itself'],
      [['colour', '--beta', '0'], 'beta is 0, expected a number from'],
    ];
    for (const [args, complaint] of wrong) {
      const { status, stderr } = await hopfield('recall', ...args, '--model', 'modern');
      expect(stderr).toContain(complaint);
      expect(status).toBe(1);
    }
    expect((await hopfield('recall', 'colour', '--model', 'modern', '--pattern', '5')).status).toBe(
      3,
    );
  });
});

describe('damages', () => {
  const pixelsOf = (values: ArrayLike<number>) =>
    Array.from({ length: rows * columns }, (_, p) =>
      String(Array.from(values).slice(3 * p, 3 * p + 3)),
    );

  test.each([0, 10, 50, 100])(
    '%d %% of the pixels, the same for the same seed',
    async (percent) => {
      const args = ['colour', '--noise', String(percent), '--seed', '5'];
      const { recalls } = await recall(...args);
      for (const [k, { cue }] of (recalls as Entry[]).entries()) {
        const [spoilt, whole] = [pixelsOf(cue), pixelsOf(colours[k].data)];
        const changed = spoilt.filter((pixel, p) => pixel !== whole[p]).length;
        expect(changed).toBe(Math.floor((rows * columns * percent) / 100));
        for (const x of cue) expect(x >= 0 && x < 1.0001).toBe(true);
      }
      expect((await recall(...args)).recalls).toEqual(recalls);
      const alone = await recall(...args, '--pattern', '3');
      expect(alone.recalls).toEqual([recalls[2]]);
    },
  );

  test('covers become black', async () => {
    const { recalls } = await recall('grey', '--occlude', 'left:40');
    for (const [k, { cue }] of (recalls as Entry[]).entries()) {
      const black = greys[k].data.map((x, i) => (i % columns < 2 ? 0 : x));
      expect(Float32Array.from(cue)).toEqual(black);
    }
  });
});

describe('recalls as the library does', () => {
  test.each<[string[], object]>([
    [['--beta', '3'], { beta: 3, similarity: 'euclidean' }],
    [
      ['--similarity', 'cosine', '--separation', 'top-k:2', '--beta', '2', '--steps', '2'],
      { beta: 2, similarity: 'cosine', separation: { name: 'top-k', k: 2 } },
    ],
    [
      [
        '--similarity',
        'dot',
        '--separation',
        'sparsemax',
        '--beta',
        '0.1',
        '--backend',
        'reference',
      ],
      { beta: 0.1, similarity: 'dot', separation: 'sparsemax', backend: 'reference' },
    ],
    // Softmax would end at a picture: where it comes to rest does not depend on how similar nothing is.
    [
      ['--beta', '3', '--nothing', '-0.5'],
      { beta: 3, similarity: 'euclidean', separation: 'sparsemax', nothing: -0.5 },
    ],
    [
      ['--beta', '3', '--nothing', '-0.5', '--separation', 'softmax'],
      { beta: 3, similarity: 'euclidean', separation: 'softmax', nothing: -0.5 },
    ],
    [['--separation', 'log-sum-relu:1'], { separation: { name: 'log-sum-relu', radius: 1 } }],
  ])('%j', async (args, options) => {
    const network = new ModernHopfieldNetwork(rows * columns, options);
    network.store(greys.map(({ data }) => data));
    const steps = args.includes('--steps') ? 2 : Infinity;
    const document = await recall('grey', '--seed', '2', '--noise', '30', ...args);
    for (const { cue, state, match, nothing } of document.recalls as Entry[]) {
      const result = network.recall(Float32Array.from(cue), { steps });
      expect(Float32Array.from(state)).toEqual(result.state);
      expect(match).toEqual(
        result.match ? { pattern: result.match.index + 1, weight: result.match.weight } : null,
      );
      expect(nothing).toBe(result.nothing);
    }
  });

  test('with a beta, unless one is given, at which every stored picture comes back', async () => {
    for (const similarity of ['euclidean', 'cosine']) {
      const args = ['colour', '--noise', '0', '--similarity', similarity];
      const { network, summary, warnings } = await recall(...args);
      expect(summary.exact).toBe(4);
      expect(warnings).toEqual([]);
      // Nothing is left of the others in 8 bits, and of a tenth of it something would be.
      const low = await recall(...args, '--beta', String(network.beta / 10));
      expect(low.summary.exact).toBe(0);
      expect(low.warnings[0]).toMatch(/recalls are averages of several/);
    }
  });

  test('says that covered is black where a bright picture became a dark one, and where another similarity is asked', async () => {
    const flat = (light: number): Picture => {
      const data = new Float32Array(36).map((_, i) => light * (i % 2 ? 1 : 0.5));
      return { data: data.map((value) => Math.round(value * 255) / 255), shape: [6, 6] };
    };
    const dark = { ...flat(0.2), data: flat(0.2).data.reverse() };
    mkdirSync(path('light'));
    writeFileSync(path('light/bright.png'), writePicture(flat(1)));
    writeFileSync(path('light/dark.png'), writePicture(dark));
    const covered = ['light', '--noise', '0', '--occlude', 'left:80'];
    const { summary, warnings } = await recall(...covered);
    expect(summary.exact).toBe(1);
    expect(warnings).toEqual([expect.stringContaining('--similarity cosine')]);
    const cosine = await recall(...covered, '--similarity', 'cosine');
    expect([cosine.summary.exact, cosine.warnings]).toEqual([2, []]);
    const noisy = await recall('light', '--noise', '80', '--seed', '1');
    expect(noisy.warnings).toEqual([]);
  });

  test('what became of a cue is told from the result', async () => {
    writeFileSync(path('known.png'), writePicture(colours[2]));
    const off = (a: number[], b: Float32Array) =>
      b.some((value, i) => Math.abs(value - a[i]) > 1 / 510);
    const seen = new Set<string>();
    const cases = [
      ...['0.02', '2', '100'].map((beta) => ['--noise', '60', '--beta', beta]),
      ['--noise', '100', '--beta', '100'],
      ['--cue', 'known.png'],
      ['--cue', 'known.png', '--beta', '0.02'],
    ];
    for (const args of cases) {
      const options = ['colour', ...args, '--seed', '2'];
      const { recalls } = await recall(...options);
      const { stdout } = await hopfield('recall', ...options, '--model', 'modern');
      for (const [k, { state, exact, match, name }] of (recalls as Named[]).entries()) {
        const nearest = `${match.pattern}.png`;
        const ready = args[0] === '--cue';
        const [title, original] = ready ? ['cue 1', 2] : [`${k + 1}.png`, k];
        expect(name).toBe(title);
        const became = ready ? 'is' : 'became';
        let sentence = `${became} ${nearest}`;
        if (off(state, colours[match.pattern - 1].data))
          sentence = `is an average of several; the nearest is ${nearest}`;
        else if (!ready && match.pattern - 1 === original) sentence = 'recalled exactly';
        expect(exact).toBe(sentence === 'recalled exactly' || sentence.startsWith('is 3'));
        expect(stdout).toContain(`\n${title}  ${sentence}\n`);
        seen.add(sentence.replaceAll(/\d/g, ''));
      }
    }
    expect(seen.size).toBe(4);
  });

  test('what is like nothing stored is said to be so', async () => {
    const foreign = { data: Float32Array.from(greys[0].data, (x) => 1 - x), shape: greys[0].shape };
    writeFileSync(path('foreign.png'), writePicture(foreign));
    const args = ['grey', '--cue', 'foreign.png', '--nothing', '-0.1'];
    const { recalls } = await recall(...args);
    expect(recalls[0]).toMatchObject({ exact: false, match: null, before: { error: null } });
    expect(recalls[0].nothing).toBeGreaterThan(0.5);
    const { stdout } = await hopfield('recall', ...args, '--model', 'modern');
    expect(stdout).toMatch(/nothing at -0.1\n/);
    expect(stdout).toMatch(/cue 1 {2}is like nothing that is stored\nnothing weighs [01]\.\d+ /);
    expect(stdout).not.toContain('nearest');
  });

  test('a stranger little less like the pictures than nothing is left alone at rest; softmax makes a picture of it', async () => {
    const stranger = values(rows * columns);
    writeFileSync(path('stranger.png'), writePicture({ data: stranger, shape: [rows, columns] }));
    const squares = greys.map(({ data }) =>
      data.reduce((sum, x, i) => sum + (x - stranger[i]) ** 2, 0),
    );
    const beta = 3;
    const nothing = -Math.min(...squares) / 2 + 1.5 / beta;
    const args = ['grey', '--cue', 'stranger.png', '--beta', `${beta}`, '--nothing', `${nothing}`];
    const [left] = (await recall(...args)).recalls;
    expect(left).toMatchObject({ converged: true, match: null, nothing: 1 });
    expect(left.similarity).toBeCloseTo(-Math.min(...squares) / 2, 5);
    for (const similarity of ['dot', 'cosine'] as const) {
      // What nothing is worth as much as: softmax of one update halves the weight between the two.
      const alone = [
        'grey/1.pgm',
        '--cue',
        'stranger.png',
        '--similarity',
        similarity,
        '--beta',
        '1',
      ];
      const half = ['--separation', 'softmax', '--steps', '1', '--nothing'];
      const [first] = (await recall(...alone, ...half, '0')).recalls;
      const [even] = (await recall(...alone, ...half, String(first.similarity))).recalls;
      expect(even.nothing).toBeCloseTo(0.5, 4);
    }
    expect(Float32Array.from(left.state)).toEqual(stranger);
    const [{ match }] = (await recall(...args, '--separation', 'softmax')).recalls;
    expect(match.weight).toBeGreaterThan(0.5);
  });

  test('ready-made cues, and equal pictures', async () => {
    const document = await recall('colour', '--cue', 'both', '--pattern', '1');
    expect(document.cues).toMatchObject({ ready: true, noise: 0 });
    expect(document.recalls[0]).toMatchObject({ exact: true, match: { pattern: 1 } });
    mkdirSync(path('twins'));
    for (const name of ['a', 'b'])
      writeFileSync(path(`twins/${name}.png`), writePicture(colours[0]));
    const twins = await recall('twins', '--noise', '0');
    expect(twins.summary).toEqual({ recalls: 2, exact: 2, converged: 2 });
    expect(twins.warnings[0]).toContain('2 of 2 vectors are not the best match of their own');
  });
});

describe('gives', () => {
  test('pictures that are read again as the results', async () => {
    const args = [
      'recall',
      'colour',
      '--model',
      'modern',
      '--noise',
      '20',
      '--seed',
      '1',
      '--quiet',
    ];
    const { stdout, status } = await hopfield(...args, '--output', 'out/');
    expect([stdout, status]).toEqual(['4 of 4 recalled exactly, 4 of 4 converged; seed 1\n', 0]);
    expect(readdirSync(path('out'))).toEqual(['1.png', '2.png', '3.png', '4.png']);
    for (const [k, { data, shape }] of colours.entries()) {
      const found = readPicture(readFileSync(path(`out/${k + 1}.png`)), { colour: true });
      expect(found).toEqual({ data, shape });
    }
    await hopfield(...args, '--output', 'out.npy');
    expect(readNpy(readFileSync(path('out.npy'))).shape).toEqual([4, rows, columns, 3]);
    await hopfield(...args, '--pattern', '2', '--output', 'one.png');
    expect(readFileSync(path('one.png'))).toEqual(readFileSync(path('out/2.png')));
  });

  test('a report, in as many colours as there are', async () => {
    const args = [
      'recall',
      'both',
      '--model',
      'modern',
      '--occlude',
      'bottom',
      '--seed',
      '1',
      '-v',
    ];
    const plain = (await hopfield(...args)).stdout;
    expect(plain).toMatch(
      /^both: 2 pictures of 6 × 5 in colour = 90 values, modern Hopfield network, euclidean, softmax, β = [\d.]+\nCues: 50 % covered at the bottom \(black\)\n\n1\.png {2}recalled exactly\n/,
    );
    expect(plain).toMatch(/\nweights 1\.png 1\.00, 2\.pgm [\de.-]+, entropy [\de.-]+\n/);
    expect(plain).not.toContain('\u001b');
    const env = { COLORTERM: 'truecolor' };
    const full = (await run(folder, args, { columns: 80, env })).stdout;
    const samples = Array.from(colours[0].data.subarray(0, 3), (x) => Math.round(255 * x));
    expect(full).toContain(`\u001b[38;2;${samples.join(';')};48;2;`);
    const few = (await run(folder, args, { columns: 80, env: { TERM: 'xterm-256color' } })).stdout;
    expect(few).toMatch(/\[38;5;\d+;48;5;\d+m▀/);
    expect(few).not.toContain(';2;');
    const none = (await run(folder, args, { columns: 80, env: { ...env, NO_COLOR: '1' } })).stdout;
    expect(none).toBe(plain);
    for (const line of plain.split('\n').filter((text) => text.startsWith('│'))) {
      expect(line.length).toBeLessThan(80);
    }
  });

  test('what docs/command-line.md shows', async () => {
    const page = readFileSync('docs/command-line.md', 'utf8');
    const [, command, shown] =
      /```sh\nnpx hopfield (recall --dataset mnist .*)\n```\n\n```text\n([^`]*)```/.exec(page)!;
    expect((await run('.', command.split(' '))).stdout).toBe(shown);
  });

  test('the exit code 2 where a result still moves', async () => {
    const args = ['recall', 'grey', '--model', 'modern', '--beta', '0.5', '--steps', '1'];
    const { status, stdout } = await hopfield(...args, '--seed', '1', '--repeat', '2');
    expect(status).toBe(2);
    expect(stdout).toContain('1.pgm  still moving after 1 step\n');
    expect(stdout).toMatch(/0 of 8 recalled exactly, 0 of 8 converged; 2 runs from seed 1\n$/);
    expect(stdout).toMatch(/[^\n]\n\n +exact +converged +error +steps\n1\.pgm +0 of 2/);
  });
});
