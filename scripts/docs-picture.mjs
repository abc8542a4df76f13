// The picture of README.md: digits that a memory of 9,000 has seen in part, above, and what it makes of them, below.
import { corrupt, ModernHopfieldNetwork, Random } from 'hopfield-wasm';
import { PIXELS, readDigits, SIDE } from '../examples/mnist.mjs';

const SCALE = 2.5;
const GAP = 14;
const TOP = 30;
/** Least ink of each tone, and how dark it is. */
const TONES = [
  [0.15, 0.3],
  [0.45, 0.65],
  [0.75, 1],
];
const DAMAGE = ['bottom', 'noise', 'left', 'top', 'noise', 'right', 'bottom', 'noise'];

export function digitsPicture() {
  const digits = new Random(1).shuffle(readDigits()).slice(0, 9000);
  const vectors = digits.map(({ pixels }) => pixels.map((ink) => 2 * ink - 1));
  const memory = new ModernHopfieldNetwork(PIXELS, { similarity: 'cosine', beta: 1000 });
  memory.store(vectors, { labels: digits.map(({ label }) => label) });

  const columns = [2, 3, 5, 7, 8, 4, 6, 9].map((label, k) => {
    const index = digits.findIndex((digit, at) => digit.label === label && at > 40 * k + 20);
    const cue = damaged(vectors[index], DAMAGE[k], k);
    const { state, match } = memory.recall(cue, { steps: 2 });
    if (match.index !== index) throw new Error(`digit ${index} came back as ${match.index}`);
    return { cue, state };
  });
  const size = SIDE * SCALE;
  const width = GAP + columns.length * (size + GAP);
  const rows = ['cue', 'state'].map((key, row) => {
    const y = TOP + row * (size + GAP + 20);
    const drawn = columns.map((column, k) => picture(column[key], GAP + k * (size + GAP), y));
    return drawn.join('');
  });
  const [first, second] = [TOP - 9, TOP + size + GAP + 11];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${TOP + 2 * size + 2 * GAP + 20}" width="${width}" role="img" font-family="system-ui, sans-serif" font-size="13">
<title>Damaged handwritten digits above, and what a memory of 9,000 digits recalls, below: all eight come back whole</title>
<style>.bg{fill:#fff}.ink{fill:#16181d}.paper{fill:#eef1f5}.text{fill:#57606a}@media (prefers-color-scheme: dark){.bg{fill:#14181d}.ink{fill:#e8ecf1}.paper{fill:#252b33}.text{fill:#9aa4af}}</style>
<rect class="bg" width="100%" height="100%" rx="8"/>
<text class="text" x="${GAP}" y="${first}">what it is shown</text>
${rows[0]}
<text class="text" x="${GAP}" y="${second}">what it remembers, out of 9,000 digits</text>
${rows[1]}
</svg>
`;
}

/** Covered or unknown pixels are 0, neither ink nor paper; of noise, pixels become random. */
function damaged(vector, kind, seed) {
  if (kind !== 'noise') {
    const hidden = {
      bottom: (row) => row >= SIDE / 2,
      top: (row) => row < SIDE / 2,
      left: (_, column) => column < SIDE / 2,
      right: (_, column) => column >= SIDE / 2,
    }[kind];
    return vector.map((value, i) => (hidden(Math.floor(i / SIDE), i % SIDE) ? 0 : value));
  }
  const chosen = corrupt(Array(PIXELS).fill(-1), { noise: 0.4, seed: seed + 1000 });
  const random = new Random(seed + 2000);
  return vector.map((value, i) => (chosen[i] > 0 ? 2 * random.real() - 1 : value));
}

/** Runs of one tone along the rows, as one path a tone. */
function picture(vector, left, top) {
  const tone = (i) => TONES.findLastIndex(([least]) => (vector[i] + 1) / 2 >= least);
  const hidden = (i) => vector[i] === 0;
  const paths = TONES.map(() => '');
  let unknown = '';
  for (let row = 0; row < SIDE; row++) {
    for (let from = 0, to; from < SIDE; from = to) {
      const at = SIDE * row;
      to = from + 1;
      const same = (i) => hidden(i) === hidden(at + from) && tone(i) === tone(at + from);
      while (to < SIDE && same(at + to)) to++;
      const shape = `M${from} ${row}h${to - from}v1h${from - to}z`;
      if (hidden(at + from)) unknown += shape;
      else if (tone(at + from) >= 0) paths[tone(at + from)] += shape;
    }
  }
  const ink = paths.map((d, k) => `<path class="ink" opacity="${TONES[k][1]}" d="${d}"/>`);
  const cover = unknown === '' ? '' : `<path class="bg" d="${unknown}"/>`;
  const paper = `<rect class="paper" width="${SIDE}" height="${SIDE}"/>`;
  return `<g transform="translate(${left} ${top}) scale(${SCALE})" shape-rendering="crispEdges">${paper}${ink.join('')}${cover}</g>`;
}
