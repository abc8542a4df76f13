/** `hopfield recall --model sequence`: patterns of a file as one sequence, replayed from a damaged one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exponential, polynomial, Random, SequenceMemory } from '../../../../src/index.ts';
import { readPatterns, writePng } from '../../../../src/io/index.ts';
import { asText, gridText, PATTERNS, run, workplace } from '../workplace.ts';

const { folder, path, hopfield } = workplace();
const sequence = (...args: string[]) => hopfield('recall', ...args, '--model', 'sequence');
const document = async (...args: string[]) =>
  JSON.parse((await sequence(...args, '--json')).stdout);

/** Twelve frames of 8 × 8, as a file and as a folder of pictures. */
const random = new Random(8);
const FRAMES = Array.from({ length: 12 }, () => random.signs(64));
writeFileSync(path('film.dat'), gridText(FRAMES));
mkdirSync(path('film'));
// 10.png comes after 9.png, not after 1.png.
for (const [k, frame] of FRAMES.entries()) {
  writeFileSync(path(`film/${k + 1}.png`), writePng(frame, [8, 8]));
}

const signsOf = (text: string) => Int8Array.from(text, (c) => (c === '*' ? 1 : -1));

interface Recall {
  cue: string;
  exact: boolean;
  right: number;
  target: number;
  steps: { step: number; target: number; distance: number; flips: number; state: string }[];
}

describe('replays as the library does', () => {
  test.each([
    ['film.dat', [], { separation: exponential(1) }, 12],
    ['film.dat', ['--separation', 'polynomial'], { separation: polynomial(3) }, 12],
    ['film.dat', ['--hold', '2'], { separation: exponential(20), hold: 2 }, 24],
    [
      'film',
      ['--cyclic', '--steps', '30', '--separation', 'exponential:0.5'],
      { separation: exponential(0.5) },
      30,
    ],
    [
      'film.dat',
      ['--separation', 'linear', '--backend', 'reference'],
      { separation: 'linear', backend: 'reference' },
      12,
    ],
    [
      'film.dat',
      ['--separation', 'polynomial:5', '--hold', '3', '--strength', '2'],
      { separation: polynomial(5), hold: 3, strength: 2 },
      36,
    ],
  ] as const)('%s %j', async (file, args, options, steps) => {
    const cyclic = (args as readonly string[]).includes('--cyclic');
    const memory = new SequenceMemory(64, options).store(FRAMES, { cyclic });
    const { network, recalls } = await document(file, ...args, '--seed', '3', '--noise', '20');
    expect(network).toMatchObject({ model: 'sequence', neurons: 64, patterns: 12, cyclic });
    expect(network.separation).toEqual(memory.separation);
    const [{ cue, steps: made }] = recalls as Recall[];
    expect(recalls).toHaveLength(1);
    const signs = signsOf(cue);
    expect(signs.filter((s, i) => s !== FRAMES[0][i])).toHaveLength(12);
    const [, ...expected] = memory.recall(signs, { steps });
    expect(made.map(({ step, flips, state }) => [step, flips, state])).toEqual(
      expected.map(({ step, flips, state }) => [step, flips, asText(state)]),
    );
  });
});

test('handwritten digits, alike as they are, without an option more', async () => {
  for (const args of [[], ['--hold', '3'], ['--occlude', 'bottom']]) {
    const { summary } = await document('--dataset', 'mnist', '--seed', '1', ...args);
    expect(summary).toMatchObject({ exact: 1, right: summary.steps });
  }
});

test('one lap of a cyclic sequence, and the first comes back whole', async () => {
  const { recalls, summary } = await document(
    'film',
    '--cyclic',
    '--occlude',
    'bottom:25',
    '--seed',
    '1',
  );
  expect(summary).toEqual({ recalls: 1, exact: 1, steps: 12, right: 12 });
  const [{ steps }] = recalls as Recall[];
  expect(steps.map(({ target }) => target)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1]);
  expect(steps.map(({ state }) => state)).toEqual([...FRAMES.slice(1), FRAMES[0]].map(asText));
});

test('an open sequence stays at its end, from any pattern or cue', async () => {
  const { recalls } = await document(
    'film.dat',
    '--pattern',
    '11,2',
    '--steps',
    '3',
    '--noise',
    '0',
  );
  expect(recalls.map(({ steps }: Recall) => steps.map(({ target }) => target))).toEqual([
    [12, 12, 12],
    [3, 4, 5],
  ]);
  writeFileSync(path('cues.dat'), gridText([FRAMES[4], FRAMES[9]]));
  const ready = await document('film.dat', '--cue', 'cues.dat', '--steps', '1');
  expect(ready.recalls.map(({ target }: Recall) => target)).toEqual([5, 10]);
  expect(ready.summary).toEqual({ recalls: 2, exact: 2, steps: 2, right: 2 });
});

test('a slow sequence holds each pattern for as long as `dwell` says', async () => {
  const args = ['film.dat', '--hold', '4', '--separation', 'polynomial:10', '--noise', '0'];
  const { network, recalls, summary } = await document(...args);
  expect(network).toMatchObject({ hold: 4, strength: 1.25, dwell: 4 });
  expect(summary.right).toBe(48);
  const [{ steps }] = recalls as Recall[];
  // The cue is the first of the steps that the first pattern is held.
  expect(steps.map(({ target }) => target)).toEqual(
    steps.map(({ step }) => Math.min(12, 1 + Math.floor(step / 4))),
  );
  const { stdout, stderr } = await sequence('film.dat', '--hold', '4', '--strength', '0.9');
  expect(stderr).toContain('at --strength 0.9 no pattern calls for the next');
  expect(stdout).toContain('pattern 1  stays pattern 1\n');
});

test('what is lost is counted and said', async () => {
  // Two sequences cannot leave one pattern: the twins call for both successors at once.
  const twins = [0, 1, 2, 0, 3].map((k) => PATTERNS[k]);
  writeFileSync(path('twins.dat'), gridText(twins));
  const { recalls, summary } = await document('twins.dat', '--noise', '0', '--steps', '1');
  const [{ distance, state }] = recalls[0].steps;
  expect(distance).toBeGreaterThan(0);
  const wrong = Array.from(signsOf(state), (s, i) => s !== PATTERNS[1][i]);
  // Wrong only where the two successors are not of one mind.
  expect(wrong.some((is, i) => is && PATTERNS[1][i] === PATTERNS[3][i])).toBe(false);
  expect(summary).toEqual({ recalls: 1, exact: 0, steps: 1, right: 0 });
  const { stdout, status } = await sequence(
    'twins.dat',
    '--noise',
    '0',
    '--steps',
    '1',
    '--seed',
    '2',
  );
  expect(stdout).toMatch(
    /\npattern 1 {2}wrong at step 1: (nearest to pattern [1345], not pattern 2|pattern 2 with \d+ wrong neurons)\n/,
  );
  expect(stdout).toMatch(/0 of 1 replayed exactly, 0 of 1 step right; seed 2\n$/);
  expect(status).toBe(0);
  // Odd powers answer a reversed pattern with the reversed next one.
  writeFileSync(path('reversed.dat'), gridText([FRAMES[2].map((s) => -s)]));
  const cue = ['--cue', 'reversed.dat', '--separation', 'polynomial:9', '--steps', '2'];
  const reversed = await sequence('film.dat', ...cue);
  expect(reversed.stdout).toContain('then the reverse of pattern 4, the reverse of pattern 5\n');
});

test('what became of a replay is told from its states', async () => {
  const seen = new Set<string>();
  for (const [noise, separation] of [
    ['10', 'exponential:1'],
    ['40', 'linear'],
    ['48', 'polynomial:9'],
    ['90', 'polynomial:9'],
    ['45', 'exponential:0.2'],
  ]) {
    const all = FRAMES.map((_, k) => k + 1).join(',');
    const args = ['film.dat', '--pattern', all, '--noise', noise, '--separation', separation];
    const options = [...args, '--steps', '2', '--seed', '5'];
    const { recalls, summary } = await document(...options);
    const { stdout } = await sequence(...options);
    for (const [k, { steps }] of (recalls as Recall[]).entries()) {
      const lost = steps.find(({ distance }) => distance > 0);
      let sentence = 'replayed exactly';
      if (lost) {
        const overlaps = FRAMES.map((frame) =>
          frame.reduce((sum, s, i) => sum + s * signsOf(lost.state)[i], 0),
        );
        const largest = Math.max(...overlaps.map(Math.abs));
        const near = overlaps.findIndex((overlap) => Math.abs(overlap) === largest);
        const { step, target, distance } = lost;
        const called = `${overlaps[near] < 0 ? 'the reverse of ' : ''}pattern ${near + 1}`;
        sentence =
          near === target - 1 && overlaps[near] > 0
            ? `wrong at step ${step}: pattern ${target} with ${distance} wrong neuron${distance === 1 ? '' : 's'}`
            : `wrong at step ${step}: nearest to ${called}, not pattern ${target}`;
      }
      expect(stdout).toContain(`\npattern ${k + 1}  ${sentence}\n`);
      seen.add(sentence.replaceAll(/\d+/g, ''));
    }
    const { exact, right } = summary;
    expect(stdout).toContain(`${exact} of 12 replayed exactly, ${right} of 24 steps right; seed 5`);
  }
  for (const word of ['exactly', 'nearest to pattern', 'nearest to the reverse', 'wrong neurons'])
    expect([...seen].join('\n')).toContain(word);
});

describe('gives', () => {
  test('the state after each step, as pictures, arrays and grid text', async () => {
    const args = ['film', '--cyclic', '--steps', '13', '--seed', '1', '--quiet'];
    const { stdout } = await sequence(...args, '--output', 'out/');
    expect(stdout).toBe('1 of 1 replayed exactly, 13 of 13 steps right; seed 1\n');
    expect(readdirSync(path('out'))).toHaveLength(13);
    const picture = readPatterns(readFileSync(path('out/12.png')));
    expect(picture.patterns).toEqual([FRAMES[0]]);
    await sequence(...args, '--output', 'out.npy', '--repeat', '2');
    const { patterns } = readPatterns(readFileSync(path('out.npy')), { shape: [8, 8] });
    expect(patterns).toHaveLength(26);
    expect(patterns[25]).toEqual(FRAMES[1]);
    const piped = await sequence(...args, '--output', '-');
    expect(piped.stdout.startsWith('8 8 13\n')).toBe(true);
    expect(piped.stderr).toBe(stdout);
  });

  test('a report', async () => {
    const args = ['recall', 'film', '--model', 'sequence', '--cyclic', '--seed', '1'];
    const { stdout } = await run(folder, args, { columns: 60, env: { NO_COLOR: '1' } });
    const lines = stdout.split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'film: 12 patterns in 8 × 8 = 64 neurons, cyclic sequence memory, exponential separation of beta 1',
      'Cues: 6 neurons flipped (10 %); 12 steps',
      '',
      '1.png  replayed exactly',
      'the cue overlaps by 0.81 with 1.png   12 of 12 steps right',
    ]);
    expect(stdout).toContain('then 2.png, 3.png, 4.png,');
    // Four in a row: the cue and three steps, then the fourth and the last.
    expect(lines.filter((line) => line.includes('┌─')).map((line) => line.match(/\w+/g))).toEqual([
      ['cue', '1', '2', '3'],
      ['4', '12'],
    ]);
    expect(stdout).toContain(' … ');
    const all = (await run(folder, [...args, '-v'], { columns: 60 })).stdout;
    expect(all.match(/┌─/g)).toHaveLength(13);
    const many = await sequence('film', '--repeat', '3', '--seed', '1', '--pattern', '1,2');
    expect(many.stdout).toMatch(/\n +exact +steps right\n1\.png +3 of 3 +36 of 36\n2\.png/);
  });
});

test.each([
  [['--clamp', '--occlude', 'left'], '--clamp belongs to --model classical, dense or simplicial'],
  [['--update', 'synchronous'], '--update belongs to --model classical'],
  [['--save', 'x'], '--save belongs to --model classical, not sequence'],
  [['--strength', '2'], '--strength needs --hold'],
  [['--separation', 'softmax'], 'expected linear, polynomial or exponential for --model sequence'],
  [['--separation', 'linear:2'], 'linear has no parameter'],
  [['--hold', '2', '--strength', '0'], 'strength is 0, expected a number above 0'],
  [['--output', 'a.png'], 'one picture cannot hold 12 patterns'],
])('%j is refused', async (args, complaint) => {
  const { status, stdout, stderr } = await sequence('film.dat', ...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(complaint);
});
