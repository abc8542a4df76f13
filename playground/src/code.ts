/** The recall of the page as code that runs with the npm package. */
import { packed } from './bits.ts';
import { modelOf } from './models.ts';
import type { State } from './state.ts';
import { MODERN_STEPS } from './tasks/trace.ts';

export function codeOf({ model, size, patterns, cue, seed, update }: State): string {
  const { name, value, code, imports, after } = modelOf(model);
  const neurons = size ** 2;
  const modern = name === 'modern';
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const stored = patterns.map(({ bits }) => `  bits('${packed(bits)}'),`).join('\n');
  const labels = patterns.map(({ label }) => quoted(label)).join(', ');
  const options =
    update === 'synchronous' ? `{ seed: ${seed}, update: 'synchronous' }` : `{ seed: ${seed} }`;
  const recall = modern
    ? `const { state, steps, match } = memory.recall(cue, { steps: ${MODERN_STEPS} });
console.log(JSON.stringify({ energy: memory.energy(state), steps, match }));`
    : `const { state, energy, flips, sweeps } = memory.recall(cue, ${options});
console.log(JSON.stringify({ energy, flips, sweeps, ...classify(memory, state) }));`;
  return `// npm install hopfield-wasm; node this.mjs
import { ${[...imports, ...(modern ? [] : ['classify'])].sort().join(', ')} } from 'hopfield-wasm';

/** Neurons from the bits of base64. */
function bits(text) {
  const bytes = Buffer.from(text, 'base64url');
  return Int8Array.from({ length: ${neurons} }, (_, i) => ((bytes[i >> 3] >> (i & 7)) & 1 ? 1 : -1));
}

const patterns = [
${stored}
];
const memory = ${code(neurons, value)};
memory.store(patterns, { labels: [${labels}] });
${after ? `${after.code}\n` : ''}const cue = bits('${packed(cue)}');
${recall}
`;
}
