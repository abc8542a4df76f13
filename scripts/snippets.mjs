// The fenced blocks of a page, and what is asked of those in js:
// - A block is a file of its own and ends without an error.
// - Where it has comments `// → text`, it prints these lines, in this order, and no others; `…` stands for anything, and in
//   a line of its own for any lines.
// - A block with the line `// your code here` is an exercise: it fails as it stands, and passes when that line is replaced by
//   the next js block, its solution, which is not run by itself.
import { readFileSync } from 'node:fs';

const BLANK = /^\s*\/\/ your code here$/m;

/** The blocks of a page in each language, with the line they start at; exercises have a `solution`. */
export function snippets(page) {
  const blocks = { js: [], ts: [] };
  const lines = readFileSync(page, 'utf8').split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(\w*)/.exec(lines[i]);
    if (fence === null) continue;
    const line = i + 2;
    const end = lines.indexOf('```', i + 1);
    if (end < 0) throw new Error(`${page}:${i + 1}: the block has no end`);
    blocks[fence[1]]?.push({ line, code: lines.slice(i + 1, end).join('\n') });
    i = end;
  }
  const js = [];
  for (const block of blocks.js) {
    const exercise = js.at(-1);
    if (exercise && BLANK.test(exercise.code) && exercise.solution === undefined) {
      exercise.solution = block.code;
    } else js.push(block);
  }
  const open = js.find(({ code, solution }) => BLANK.test(code) && solution === undefined);
  if (open) throw new Error(`${page}:${open.line}: the exercise has no solution`);
  return { js, ts: blocks.ts };
}

/**
 * What is wrong with a block, or nothing.
 *
 * @param execute - runs a file of code, and returns { status, stdout, stderr }
 */
export function faultOf({ code, solution }, execute) {
  if (solution === undefined) return verdict(code, execute(code));
  const solved = code.replace(BLANK, () => solution);
  const { status, stderr } = execute(code);
  if (status === 0) return 'the exercise passes before it is solved';
  if (!stderr.includes('AssertionError')) return `the exercise fails otherwise: ${stderr}`;
  return verdict(solved, execute(solved));
}

function verdict(code, { status, stdout, stderr }) {
  if (status !== 0) return `${stdout}${stderr}`;
  const expected = Array.from(code.matchAll(/\/\/ → ?(.*)$/gm), ([, text]) => text.trimEnd());
  if (expected.length === 0) return undefined;
  const lines = stdout.trimEnd().split(/\r?\n/);
  const printed = lines.map((text) => text.trimEnd()).join('\n');
  const pattern = new RegExp(`^${expected.map(patternOf).join('\n')}$`);
  if (!pattern.test(printed)) return `expected\n${expected.join('\n')}\nprinted\n${printed}`;
}

function patternOf(line) {
  if (line === '…') return '[^]*';
  const parts = line.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('.*');
}
