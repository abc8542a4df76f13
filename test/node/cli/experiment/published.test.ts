/** What `hopfield experiment published` says of values: the word beside each, the last line and the exit code. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verdict } from '../../../../src/cli/experiment/published.ts';

const finding = fc
  .record({
    published: fc.integer({ min: -20, max: 20 }),
    value: fc.integer({ min: -20, max: 20 }),
    below: fc.nat(3),
    above: fc.nat(3),
    tolerance: fc.nat(3),
    error: fc.boolean(),
  })
  .map(({ published, value, below, above, tolerance, error }) => ({
    what: 'what',
    published,
    measured: { value, ...(error && { low: value - below, high: value + above }) },
    tolerance,
    /** In whole numbers, so that both ends of the interval are met. */
    right: error
      ? published >= value - below - tolerance && published <= value + above + tolerance
      : Math.abs(published - value) <= tolerance,
  }));

test('a value agrees up to the end of its interval; all have to, for exit code 0', () => {
  let perfect = 0;
  fc.assert(
    fc.property(
      fc.array(fc.array(finding, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
      fc.subarray(['a.md', 'b.html']),
      (papers, files) => {
        const chapters = papers.map((findings) => ({ title: 'title', paper: 'paper', findings }));
        const { output, exitCode } = verdict(chapters as never, files, 80);
        const all = papers.flat();
        const right = all.filter((each) => each.right).length;
        perfect += Number(right === all.length);
        const written = files.length > 0 ? `; written: ${files.join(', ')}` : '';
        expect(output).toContain(`${right} of ${all.length} published values agree${written}\n`);
        expect(exitCode).toBe(right === all.length ? 0 : 2);
        const words = [...output.matchAll(/measured [^:]+: (.*)/g)].map(([, word]) => word);
        expect(words).toEqual(all.map((each) => (each.right ? 'agrees' : 'does not agree')));
      },
    ),
  );
  expect(perfect).toBeGreaterThan(2);
});
