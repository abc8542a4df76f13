/** The outcome for people: what was solved, the solution, its check, and how it was found. */

import type { Page } from '../terminal.ts';
import { visible } from '../visible.ts';
import { amount, count, wrap } from '../words.ts';
import type { SolveOutcome } from './outcome.ts';
import type { Found, OneOfMany } from './puzzle.ts';

const ENDS: Record<Found['ended'], string> = {
  restarts: 'all runs made',
  target: 'nothing can be better',
  time: 'time is up',
  signal: 'interrupted',
};

/** Seconds of reading that are worth a word. */
const LONG = 1;

/** Violations that are shown. */
const SHOWN = 10;

export function solveReport(outcome: SolveOutcome, page: Page): string {
  const { puzzle, guessed, found } = outcome;
  const { bold, dim } = page.colours;
  const lines = [
    bold(`${visible(puzzle.name)}: ${puzzle.title}`),
    ...comment(puzzle.comment, page).map(dim),
    ...(guessed ? [dim(`Guessed from ${guessed.from}; --problem says otherwise.`)] : []),
    '',
    ...found.draw(page),
    '',
    ...table(outcome, page),
    '',
    solveSummary(outcome, page),
  ];
  return `${lines.join('\n')}\n`;
}

/** The one line that is left with `--quiet`. */
export function solveSummary(outcome: SolveOutcome, { colours }: Page): string {
  const { puzzle, found, valid, target, reached, seed } = outcome;
  const parts = [found.result, valid ? 'valid' : 'not valid'];
  if (found.completed === 0) parts.push('no run was completed');
  if (target !== undefined) parts.push(`target ${target} ${reached ? 'reached' : 'not reached'}`);
  const paint = valid && reached !== false && found.completed > 0 ? colours.bold : colours.red;
  return paint(`${visible(puzzle.name)}: ${parts.join(', ')}; seed ${seed}`);
}

function table(outcome: SolveOutcome, page: Page): string[] {
  const { found, solver, reading } = outcome;
  const read = reading < LONG ? '' : ` (reading ${seconds(reading)})`;
  const runs = count(found.restarts, 'run');
  const rows: [string, string][] = [
    ...found.rows,
    ...(found.solutions ? [several(found.solutions)] : []),
    ['check', check(found)],
    [
      'search',
      `${solver}, ${runs}, ${count(found.sweeps, 'sweep')} in ${seconds(found.seconds)}${read}; ${end(outcome)}`,
    ],
    ['found', `after ${seconds(found.reached)}`],
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
  return [...lines, ...wrong(found, page)];
}

/** Their costs, the best first. */
function several(solutions: readonly OneOfMany[]): [string, string] {
  const costs = solutions.slice(0, SHOWN).map(({ cost, valid }) => {
    return amount(cost) + (valid ? '' : ' (not valid)');
  });
  const more = solutions.length > SHOWN ? `, and ${solutions.length - SHOWN} more` : '';
  return ['solutions', `${solutions.length} distinct, costs ${costs.join(', ')}${more}`];
}

function seconds(time: number): string {
  return `${time.toFixed(time < 1 ? 3 : 1)} s`;
}

/** What ended the search. */
function end({ found, reached, solver }: SolveOutcome): string {
  if (found.ended === 'target' && reached && !found.proved) return 'as good as asked for';
  if (solver === 'exact' && found.proved) return 'no state is better';
  return found.completed > 0 ? ENDS[found.ended] : `${ENDS[found.ended]}, no run was completed`;
}

function check({ violations }: Found): string {
  if (violations.length === 0) return 'passed';
  return `failed: ${count(violations.length, 'violation')}`;
}

function wrong({ violations, faults = violations }: Found, { width, colours }: Page): string[] {
  const shown = faults.slice(0, SHOWN);
  const lines = shown
    .flatMap((text) => wrap(['    ', ...text.split(' ')], width, 4))
    .map(colours.red);
  const more = faults.length - shown.length;
  return more > 0 ? [...lines, `    and ${more} more`] : lines;
}

function comment(text: string, { width }: Page): string[] {
  return text.split('\n').flatMap((line) => wrap(visible(line).split(/\s+/), width));
}
