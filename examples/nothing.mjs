// The picture of docs/memories.md: which memory a query finds, or nothing. Nine memories in the plane, Euclidean similarity.
// Run it in a clone after `npm ci && npm run build`: node examples/nothing.mjs > docs/nothing.svg
// The picture is standard output; what it counts goes to standard error.
import { ModernHopfieldNetwork, Random } from 'hopfield-wasm';

const RADIUS = 0.13;
const SIDE = 60;
const SCALE = 4;
const GAP = 16;
const COLOURS = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#999999',
  '#66a61e',
];

const random = new Random(23);
const memories = Array.from({ length: 9 }, () => [
  0.08 + 0.84 * random.real(),
  0.08 + 0.84 * random.real(),
]);
const euclidean = { beta: 400, similarity: 'euclidean' };
const panels = {
  'softmax: always the nearest': euclidean,
  'nothing: −½r², and the nearest within r': { ...euclidean, nothing: -0.5 * RADIUS ** 2 },
  'log-sum-ReLU of radius r: how many': { separation: { name: 'log-sum-relu', radius: RADIUS } },
};

const queries = Array.from({ length: SIDE * SIDE }, (_, k) => [
  ((k % SIDE) + 0.5) / SIDE,
  (Math.floor(k / SIDE) + 0.5) / SIDE,
]);
const percent = (queries) => `${((100 * queries) / SIDE ** 2).toFixed(1)} %`;
const size = SIDE * SCALE;
const shapes = Object.entries(panels).map(([title, options], panel) => {
  const memory = new ModernHopfieldNetwork(2, options).store(memories);
  const { matches } = memory.recallMany(queries);
  const found = matches.indices.filter((index) => index >= 0).length;
  const alone = matches.weights.filter(
    (weight, k) => matches.indices[k] >= 0 && weight > 0.9,
  ).length;
  console.error(
    `${title}: ${percent(found)} of the queries find a memory, ${percent(alone)} one alone`,
  );
  const left = GAP + panel * (size + GAP);
  const parts = [`<text x="${left}" y="${size + 42}">${title}</text>`];
  /** What is drawn in a colour, whole for one memory alone, pale for a share of several. */
  const areas = new Map();
  const look = (k) => {
    const found = matches.indices[k];
    if (found < 0) return '';
    return `fill="${COLOURS[found]}" opacity="${matches.weights[k] > 0.9 ? 1 : 0.45}"`;
  };
  for (let row = 0; row < SIDE; row++) {
    for (let from = 0, to; from < SIDE; from = to) {
      const first = look(row * SIDE + from);
      to = from + 1;
      while (to < SIDE && look(row * SIDE + to) === first) to++;
      const [x, y, w] = [left + from * SCALE, GAP + row * SCALE, (to - from) * SCALE];
      areas.set(first, `${areas.get(first) ?? ''}M${x} ${y}h${w}v${SCALE}h-${w}z`);
    }
  }
  areas.delete('');
  for (const [style, d] of areas) parts.push(`<path ${style} d="${d}"/>`);
  parts.push(
    `<rect x="${left}" y="${GAP}" width="${size}" height="${size}" fill="none" stroke="#444"/>`,
  );
  for (const [x, y] of memories) {
    parts.push(
      `<circle cx="${(left + x * size).toFixed(1)}" cy="${(GAP + y * size).toFixed(1)}" r="3" fill="#000"/>`,
    );
  }
  return parts.join('\n');
});
const width = GAP + 3 * (size + GAP);
console.log(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${size + 56}" font-family="sans-serif" font-size="12" shape-rendering="crispEdges">\n` +
    `<rect width="${width}" height="${size + 56}" fill="#fff"/>\n${shapes.join('\n')}\n</svg>`,
);
