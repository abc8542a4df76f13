/** The exit code, the last line and the document say the same, on both sides of every edge between them. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asText, differences, PATTERNS, workplace } from './workplace.ts';

const { path, hopfield } = workplace();
copyFileSync(join('test', 'instances', 'gr17.tsp'), path('gr17.tsp'));
copyFileSync(join('test', 'instances', 'myciel3.col'), path('myciel3.col'));
copyFileSync(join('test', 'instances', 'smallest.qubo'), path('smallest.qubo'));
// A triangle and an edge: the largest cut is 3.
writeFileSync(path('cut.txt'), '5 4\n1 2 1\n2 3 1\n1 3 1\n4 5 1\n');
const HOT = ['--update', 'stochastic', '--temperature'];

describe('recall', () => {
  test.each([
    [[]],
    [['--noise', '50', '--repeat', '20']],
    [['--noise', '45', '--max-sweeps', '1', '--repeat', '20']],
    [['--noise', '50', '--update', 'synchronous', '--repeat', '20']],
    [[...HOT, '0.2']],
    [[...HOT, '0.6:0', '--max-sweeps', '4', '--repeat', '20']],
    [['--noise', '100']],
  ])('%j', async (more) => {
    const args = ['recall', 'patterns.dat', '--seed', '6', ...more];
    const { status, stdout } = await hopfield(...args, '--json');
    const { recalls, summary, exitCode } = JSON.parse(stdout);
    const converged = recalls.filter((r: { converged: boolean }) => r.converged).length;
    const exact = recalls.filter(
      ({ state, number }: { state: string; number: number }) =>
        state === asText(PATTERNS[number - 1]),
    ).length;
    expect(summary).toEqual({ recalls: recalls.length, exact, converged });
    expect(status).toBe(converged === recalls.length ? 0 : 2);
    expect(exitCode).toBe(status);
    for (const { number, state, after, exact: said } of recalls) {
      const wrong = differences(state, asText(PATTERNS[number - 1]));
      expect(after.distance).toBe(wrong);
      expect(said).toBe(wrong === 0);
    }
    const quiet = await hopfield(...args, '--quiet');
    const [all, good, still] = [recalls.length, exact, converged];
    expect(quiet.status).toBe(status);
    expect(quiet.stdout).toContain(
      `${good} of ${all} recalled exactly, ${still} of ${all} converged;`,
    );
  });
});

describe('solve', () => {
  const budget = ['--seed', '2', '--restarts', '3'];
  const document = async (...args: string[]) => {
    const { status, stdout } = await hopfield('solve', ...args, ...budget, '--json');
    const found = JSON.parse(stdout);
    expect(found.exitCode).toBe(status);
    const quiet = await hopfield('solve', ...args, ...budget, '--quiet');
    expect(quiet.status).toBe(status);
    expect(quiet.stdout).toContain(found.valid ? ', valid' : ', not valid');
    return { ...found, status, line: quiet.stdout };
  };

  test.each([
    ['gr17.tsp', -1],
    ['cut.txt', 1],
    ['smallest.qubo', -1],
  ])('a target of %s is reached as it is met, and missed by one', async (file, better) => {
    const { cost, status } = await document(file);
    expect(status).toBe(0);
    for (const [target, code, words] of [
      [cost, 0, 'reached'],
      [cost - better, 0, 'reached'],
      [cost + better * 1000, 2, 'not reached'],
    ] as const) {
      const found = await document(file, '--target', String(target));
      expect(found.status).toBe(code);
      expect(found.line).toContain(`, target ${target} ${words};`);
    }
  });

  test('what fails its check is not valid, with colours one too few', async () => {
    const enough = await document('myciel3.col', '--colours', '4');
    expect(enough).toMatchObject({ status: 0, valid: true, violations: [] });
    const few = await document('myciel3.col', '--colours', '3');
    expect(few).toMatchObject({ status: 2, valid: false });
    expect(few.violations.length).toBeGreaterThan(0);
  });
});
