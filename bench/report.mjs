/** Collects rows and figures while tasks run; prints them as aligned tables, the last of them for documents. */
import { cpus, totalmem } from 'node:os';
import { SEED } from './inputs.mjs';
import { consumed, timeByTurns } from './measure.mjs';
import { Pace } from './pace.mjs';

/**
 * @typedef {import('./measure.mjs').Contestant} Contestant
 *
 * @typedef {import('./measure.mjs').Timing} Timing
 *
 * @typedef {object} Race
 * @property {string} task
 * @property {Timing} [textbook] from its own thread, see textbook-thread.mjs
 * @property {Contestant | Timing} [reference] a timing when it was run once, before
 * @property {Contestant} wasm
 * @property {Partial<Record<'numpy' | 'onnxruntime' | 'tensorflow', Contestant>>} [peers]
 * @property {string} [against] what the ratio compares with: 'textbook' unless `rival` is given
 * @property {Contestant} [rival] something else to compare wasm with
 * @property {number} [target] the ratio to reach
 * @property {string} equal what was checked before timing
 *
 * @typedef {object} Figure
 * @property {string} figure
 * @property {string} measured
 * @property {string} target
 * @property {boolean} [reached]
 * @property {Timing} [timing] what later runs are compared with
 */

export class Report {
  rows = [];
  figures = [];
  kernels = [];
  limits = [];
  checks = [];
  notes = [];
  /** What else runs beside: name and version. */
  peers = [];
  /** @type {import('./peers/numpy.mjs').Numpy | undefined} */
  numpy;
  #timings = [];
  #pace = new Pace();

  /** Times the contestants of a race by turns. @param {Race} race */
  async race({ task, textbook, reference, wasm, peers, against, rival, target, equal }) {
    this.progress(`${task}: ${equal}`);
    this.checks.push({ task, equal });
    this.#pace.measure();
    const contestants = { wasm, ...peers };
    if (rival) contestants.rival = rival;
    if (reference?.run) contestants.reference = reference;
    const row = { task, against, textbook, reference, ...(await timeByTurns(contestants)) };
    this.rows.push(row);
    this.keep(task, row.wasm);
    if (target !== undefined) {
      const ratio = (row.rival ?? textbook).min / row.wasm.min;
      this.figure({
        figure: task,
        measured: `${duration(row.wasm.min)}, ${times(ratio)} ${against ?? 'textbook'}`,
        target: times(target),
        reached: ratio >= target,
      });
    }
    return row;
  }

  /** @param {Figure} figure */
  figure({ timing, ...figure }) {
    this.figures.push(figure);
    if (timing) this.keep(figure.figure, timing);
  }

  /** Something that later runs are compared with. @param {string} what @param {Timing} timing */
  keep(what, timing) {
    this.#timings.push({ what, ...timing });
    this.#pace.measure();
  }

  /** @param {string} text */
  note(text) {
    this.notes.push(text);
  }

  /** @param {string} text */
  progress(text) {
    process.stderr.write(`  ${text}\n`);
  }

  get machine() {
    return {
      processor: `${cpus()[0].model.trim()}, ${cpus().length} cores`,
      memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
      node: process.version,
      v8: process.versions.v8,
      date: new Date().toISOString(),
      seed: SEED,
    };
  }

  toJSON() {
    const { rows, figures, limits, kernels, checks, notes, peers, machine } = this;
    const saved = { machine, pace: this.#pace.median, timings: this.#timings, peers };
    return { ...saved, rows, figures, limits, kernels, checks, notes, consumed: consumed() };
  }

  print() {
    printTable(
      ['figure', 'measured', 'target', 'reached'],
      this.figures.map((f) => [f.figure, f.measured, f.target, yesNo(f.reached)]),
    );
    printTable(
      ['limit of this machine, one thread, in wasm', 'measured'],
      this.limits.map((l) => [l.limit, l.measured]),
    );
    printTable(
      ['kernel', 'size', 'time', 'rate', 'bound by', 'limit', 'of limit'],
      this.kernels.map((k) => [
        k.kernel,
        k.size,
        duration(k.time),
        k.rate,
        k.bound,
        duration(k.limit),
        k.limit === undefined ? '' : `${Math.round((100 * k.limit) / k.time)} %`,
      ]),
    );
    for (const note of this.notes) console.log(`- ${note}`);
    console.log(`\n${this.table()}`);
  }

  /** All rows beside what they were timed with, in Markdown, with machine and date. */
  table() {
    const { processor, memory, node, date, seed } = this.machine;
    const head = [
      'task',
      'textbook JavaScript',
      'numpy',
      'onnxruntime-web',
      'TensorFlow.js',
      'other',
      'TypeScript reference',
      'WebAssembly',
      'the fastest other takes',
    ];
    const lines = this.rows.map((row) => {
      const { textbook, numpy, onnxruntime, tensorflow, rival, reference, wasm } = row;
      const others = [textbook, numpy, onnxruntime, tensorflow, rival].filter((t) => t);
      const fastest = Math.min(...others.map(({ min }) => min));
      const cells = [textbook, numpy, onnxruntime, tensorflow].map((t) => duration(t?.min));
      return [
        row.task,
        ...cells,
        rival ? `${row.against} ${duration(rival.min)}` : '',
        duration(reference?.min),
        duration(wasm.min),
        others.length > 0 ? times(fastest / wasm.min) : '',
      ];
    });
    const beside = this.peers.map(({ name, version }) => `, ${name} ${version}`).join('');
    return [
      ...[head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`),
      '',
      `${processor}, ${memory}; Node ${node.slice(1)}${beside}; time of the processor on one thread, for pools ` +
        `by the clock; the fastest of many runs; ${date.slice(0, 10)}; seed ${seed}.`,
    ].join('\n');
  }
}

/** @param {string[]} head @param {string[][]} rows */
export function printTable(head, rows) {
  if (rows.length === 0) return;
  const lines = [head, ...rows];
  const widths = head.map((_, k) => Math.max(...lines.map((line) => line[k].length)));
  // Text to the left, numbers to the right.
  const number = head.map((_, k) => rows.some((row) => /^[\d.,]+( |×|$)/.test(row[k])));
  for (const [k, line] of lines.entries()) {
    const cells = line.map((c, i) => (number[i] ? c.padStart(widths[i]) : c.padEnd(widths[i])));
    console.log(cells.join('  ').trimEnd());
    if (k === 0) console.log(widths.map((w) => '-'.repeat(w)).join('  '));
  }
  console.log();
}

/** Three digits with a unit. @param {number | undefined} ms */
export function duration(ms) {
  if (ms === undefined) return '';
  if (ms >= 1000) return `${(ms / 1000).toPrecision(3)} s`;
  if (ms >= 1) return `${ms.toPrecision(3)} ms`;
  if (ms >= 0.001) return `${(ms * 1000).toPrecision(3)} µs`;
  return `${(ms * 1e6).toPrecision(3)} ns`;
}

export function times(ratio) {
  return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}

function yesNo(reached) {
  return reached === undefined ? '' : reached ? 'yes' : 'NO';
}
