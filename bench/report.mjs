/** Collects rows and figures while tasks run; prints them as aligned tables or as JSON. */
import { cpus, totalmem } from 'node:os';
import { SEED } from './inputs.mjs';
import { consumed, time } from './measure.mjs';

/**
 * @typedef {import('./measure.mjs').Contestant} Contestant
 *
 * @typedef {import('./measure.mjs').Timing} Timing
 *
 * @typedef {object} Race
 * @property {string} task
 * @property {Timing} textbook from its own thread, see textbook-thread.mjs
 * @property {Contestant | Timing} reference a timing when it was run once, before
 * @property {Contestant} wasm
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
 */

export class Report {
  rows = [];
  figures = [];
  kernels = [];
  limits = [];
  checks = [];
  notes = [];

  /** Times the contestants of a race. @param {Race} race */
  async race({ task, textbook, reference, wasm, against = 'textbook', rival, target, equal }) {
    this.progress(`${task}: ${equal}`);
    this.checks.push({ task, equal });
    const times = { textbook };
    for (const [name, contestant] of Object.entries({ wasm, rival, reference })) {
      if (contestant) times[name] = contestant.run ? await time(contestant) : contestant;
    }
    const other = times.rival ?? textbook;
    const ratio = other.min / times.wasm.min;
    const row = {
      task,
      ...times,
      against,
      ratio,
      medianRatio: other.median / times.wasm.median,
      target,
      reached: target === undefined ? undefined : ratio >= target,
    };
    this.rows.push(row);
    return row;
  }

  /** @param {Figure} figure */
  figure(figure) {
    this.figures.push(figure);
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
    const { rows, figures, limits, kernels, checks, notes, machine } = this;
    return { rows, figures, limits, kernels, checks, notes, machine, consumed: consumed() };
  }

  print() {
    printTable(
      ['task', 'textbook', 'reference', 'wasm', 'against', 'ratio', 'median', 'target', 'reached'],
      this.rows.map((row) => [
        row.task,
        duration(row.textbook?.min),
        duration(row.reference?.min),
        duration(row.wasm.min),
        row.rival ? `${row.against} ${duration(row.rival.min)}` : row.against,
        times(row.ratio),
        times(row.medianRatio),
        times(row.target),
        yesNo(row.reached),
      ]),
    );
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
    if (this.rows.length > 0) {
      console.log('- Times are of the fastest run; median: the ratio of the medians.');
    }
    const { processor, memory, node, v8, date, seed } = this.machine;
    console.log(`\n${processor}, ${memory}; node ${node}, V8 ${v8}; ${date}; seed ${seed}`);
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

function times(ratio) {
  if (ratio === undefined) return '';
  return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}

function yesNo(reached) {
  return reached === undefined ? '' : reached ? 'yes' : 'NO';
}
