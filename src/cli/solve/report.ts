/** The outcome for people: what was solved, the solution, its check, and how it was found. */

import type { Outcome } from './outcome.ts';
import type { Found, Page } from './puzzle.ts';
import { count, wrap } from './wrap.ts';

const ENDS: Record<Found['ended'], string> = {
  restarts: 'all runs made',
  target: 'nothing can be better',
  time: 'time is up',
  signal: 'interrupted',
};

/** Violations that are shown. */
const SHOWN = 10;

export function textReport(outcome: Outcome, page: Page): string {
  const { puzzle, guessed, found } = outcome;
  const { bold, dim } = page.colours;
  const lines = [
    bold(`${puzzle.name}: ${puzzle.title}`),
    ...comment(puzzle.comment, page).map(dim),
    ...(guessed ? [dim(`Guessed from ${guessed.from}; --problem says otherwise.`)] : []),
    '',
    ...found.draw(page),
    '',
    ...table(outcome, page),
    '',
    summary(outcome, page),
  ];
  return `${lines.join('\n')}\n`;
}

/** The one line that is left with `--quiet`. */
export function summary(outcome: Outcome, { colours }: Page): string {
  const { puzzle, found, valid, target, reached, seed } = outcome;
  const parts = [found.result, valid ? 'valid' : 'not valid'];
  if (target !== undefined) parts.push(`target ${target} ${reached ? 'reached' : 'not reached'}`);
  const paint = valid && reached !== false ? colours.bold : colours.red;
  return paint(`${puzzle.name}: ${parts.join(', ')}; seed ${seed}`);
}

function table(outcome: Outcome, page: Page): string[] {
  const { found, solver, reached } = outcome;
  const runs = `${count(found.restarts)} ${found.restarts === 1 ? 'run' : 'runs'}`;
  const end = found.ended === 'target' && reached ? 'as good as asked for' : ENDS[found.ended];
  const time = `${found.seconds.toFixed(found.seconds < 1 ? 3 : 1)} s`;
  const rows: [string, string][] = [
    ...found.rows,
    ['check', check(found.violations)],
    ['search', `${solver}, ${runs}, ${count(found.sweeps)} sweeps in ${time}; ${end}`],
  ];
  const indent = Math.max(...rows.map(([name]) => name.length)) + 4;
  const lines = rows.flatMap(([name, value]) => {
    const [first, ...rest] = wrap(
      [`  ${name.padEnd(indent - 3)}`, ...value.split(' ')],
      page.width,
      indent,
    );
    return [first.replace(name, page.colours.dim(name)), ...rest];
  });
  return [...lines, ...wrong(found.violations, page)];
}

function check(violations: readonly string[]): string {
  if (violations.length === 0) return 'passed';
  return `failed: ${violations.length} ${violations.length === 1 ? 'violation' : 'violations'}, counted from 0`;
}

function wrong(violations: readonly string[], { width, colours }: Page): string[] {
  const shown = violations.slice(0, SHOWN);
  const lines = shown
    .flatMap((text) => wrap(['    ', ...text.split(' ')], width, 4))
    .map(colours.red);
  const more = violations.length - shown.length;
  return more > 0 ? [...lines, `    and ${more} more`] : lines;
}

function comment(text: string, { width }: Page): string[] {
  return text.split('\n').flatMap((line) => wrap(line.split(/\s+/), width));
}
