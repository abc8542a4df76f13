/** What `hopfield solve` says of a result: the sentence, the verdict, and what is wrong, counted from 1. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '../../../../src/cli/solve/problems.ts';
import type { SolveOutcome } from '../../../../src/cli/solve/outcome.ts';
import type { Found, Puzzle } from '../../../../src/cli/solve/puzzle.ts';
import { solveReport, solveSummary } from '../../../../src/cli/solve/report.ts';
import { coloursFor } from '../../../../src/cli/terminal.ts';
import { paper } from '../workplace.ts';

const page = { colours: coloursFor(paper(), {}), width: 80 };

function outcome(found: Partial<Found> = {}, more: Partial<SolveOutcome> = {}): SolveOutcome {
  const violations = found.violations ?? [];
  return {
    problem: 'tsp',
    puzzle: { name: 'name', title: 'title', comment: '' } as Puzzle,
    guessed: undefined,
    solver: 'anneal',
    seed: 9,
    reading: 0.9,
    valid: violations.length === 0,
    target: undefined,
    reached: undefined,
    found: {
      result: 'result',
      cost: 0,
      violations,
      rows: [],
      facts: {},
      ended: 'restarts',
      proved: false,
      restarts: 2,
      sweeps: 1000,
      seconds: 1.25,
      reached: 0.5,
      completed: 2,
      solution: [],
      draw: () => [],
      file: () => '',
      ...found,
    },
    ...more,
  };
}

describe('the last line', () => {
  test.each<[string, SolveOutcome]>([
    ['name: result, valid; seed 9', outcome()],
    ['name: result, not valid; seed 9', outcome({ violations: ['wrong'] })],
    ['name: result, valid, target 5 reached; seed 9', outcome({}, { target: 5, reached: true })],
    [
      'name: result, valid, target 5 not reached; seed 9',
      outcome({}, { target: 5, reached: false }),
    ],
    ['name: result, valid, no run was completed; seed 9', outcome({ completed: 0 })],
  ])('%s', (line, outcome) => {
    expect(solveSummary(outcome, page)).toBe(line);
  });
});

describe('the report', () => {
  test.each<[string, SolveOutcome]>([
    ['anneal, 2 runs, 1,000 sweeps in 1.3 s; all runs made', outcome()],
    [
      'anneal, 1 run, 1 sweep in 0.250 s; time is up',
      outcome({ restarts: 1, sweeps: 1, seconds: 0.25, ended: 'time' }),
    ],
    [
      'anneal, 2 runs, 1,000 sweeps in 9.0 s (reading 8.0 s); time is up',
      outcome({ ended: 'time', seconds: 9 }, { reading: 8 }),
    ],
    ['anneal, 2 runs, 1,000 sweeps in 1.3 s; interrupted', outcome({ ended: 'signal' })],
    ['anneal, 2 runs, 1,000 sweeps in 1.3 s; nothing can be better', outcome({ ended: 'target' })],
    [
      'anneal, 2 runs, 1,000 sweeps in 1.3 s; as good as asked for',
      outcome({ ended: 'target' }, { target: 1, reached: true }),
    ],
    [
      'anneal, 1 run, 9 sweeps in 1.3 s; time is up, no run was completed',
      outcome({ restarts: 1, sweeps: 9, ended: 'time', completed: 0 }),
    ],
    [
      'exact, 2 runs, 1,000 sweeps in 1.3 s; no state is better',
      outcome({ proved: true }, { solver: 'exact' }),
    ],
  ])('search: %s', (line, outcome) => {
    expect(solveReport(outcome, page)).toContain(`  search  ${line}\n`);
  });

  test('says when the best was found', () => {
    expect(solveReport(outcome(), page)).toContain('  found   after 0.500 s\n');
  });

  test('says that the check passed, or what failed, at most ten of it', () => {
    expect(solveReport(outcome(), page)).toContain('  check   passed\n');
    const one = solveReport(outcome({ violations: ['it is so'] }), page);
    expect(one).toContain('  check   failed: 1 violation\n');
    expect(one).toContain('\n    it is so\n');
    const many = Array.from({ length: 12 }, (_, k) => `fault ${k + 1}`);
    const twelve = solveReport(outcome({ violations: many }), page);
    expect(twelve).toContain('  check   failed: 12 violations\n');
    expect(twelve).toContain('\n    fault 10\n    and 2 more\n');
  });
});

describe('what is wrong, for people, is what the library finds, counted from 1', () => {
  const budget = { seed: 1, restarts: 1, sweeps: 1 };
  const fromOne = (texts: string[]) =>
    texts.map((text) => text.replaceAll(/\d+/g, (digits) => String(Number(digits) + 1))).sort();

  test('in colourings', async () => {
    const sizes = fc.integer({ min: 3, max: 9 });
    const pairs = sizes.chain((n) =>
      fc.tuple(
        fc.constant(n),
        fc.uniqueArray(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { minLength: 3 }),
      ),
    );
    let faulty = 0;
    await fc.assert(
      fc.asyncProperty(pairs, fc.integer({ min: 1, max: 2 }), async ([n, all], colours) => {
        const edges = all.filter(([a, b]) => a !== b);
        const text = `p edge ${n} ${edges.length}\n${edges.map(([a, b]) => `e ${a + 1} ${b + 1}\n`).join('')}`;
        fc.pre(edges.length > 0);
        const puzzle = PROBLEMS.colouring.read({ text, bytes: Buffer.from(text) }, 'graph', {
          colours,
        });
        const { violations, faults } = await puzzle.find(budget, () => {});
        expect([...faults!].sort()).toEqual(fromOne(violations));
        faulty += faults!.length;
      }),
      { numRuns: 50 },
    );
    expect(faulty).toBeGreaterThan(50);
  });

  test('in queens', async () => {
    let faulty = 0;
    for (let size = 5; size < 30; size++) {
      const puzzle = PROBLEMS.queens.make({ size });
      const { violations, faults } = await puzzle.find({ ...budget, seed: size }, () => {});
      const named = faults!.map((fault) => fault.replace('the queens of rows', 'queens'));
      expect([...named].sort()).toEqual(fromOne(violations));
      faulty += faults!.length;
    }
    expect(faulty).toBeGreaterThan(20);
  });
});
