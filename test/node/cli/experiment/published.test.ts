/** What `hopfield experiment published` says of values: the word beside each, the last line and the exit code. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreement } from '../../../../src/cli/experiment/published.ts';
import { htmlPage, markdownPage } from '../../../../src/cli/experiment/published-page.ts';
import { workplace } from '../workplace.ts';

const { hopfield } = workplace();

const finding = fc
  .record({
    published: fc.integer({ min: -20, max: 20 }),
    off: fc.integer({ min: -6, max: 6 }),
    below: fc.nat(3),
    above: fc.nat(3),
    tolerance: fc.nat(3),
    error: fc.boolean(),
  })
  .map(({ off, ...rest }) => ({ ...rest, value: rest.published + off }))
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
  let other = 0;
  fc.assert(
    fc.property(
      fc.array(fc.array(finding, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
      fc.subarray(['a.md', 'b.html']),
      (papers, files) => {
        const chapters = papers.map((findings) => ({ title: 'title', paper: 'paper', findings }));
        const { output, exitCode } = agreement(chapters as never, files, 80);
        const all = papers.flat();
        const right = all.filter((each) => each.right).length;
        if (right === all.length) perfect++;
        else other++;
        const written = files.length > 0 ? `; written: ${files.join(', ')}` : '';
        expect(output).toContain(`${right} of ${all.length} published values agree${written}\n`);
        expect(exitCode).toBe(right === all.length ? 0 : 2);
        const words = [...output.matchAll(/measured [^:]+: (.*)/g)].map(([, word]) => word);
        expect(words).toEqual(all.map((each) => (each.right ? 'agrees' : 'does not agree')));
      },
    ),
  );
  expect(Math.min(perfect, other)).toBeGreaterThan(2);
});

test('pages say of every value what the command says', () => {
  const findings = [
    { what: 'a < b & c', published: 0.123456, measured: { value: 0.2, error: 0.01 }, tolerance: 1 },
    { what: 'far', published: 3, measured: { value: 1.5, low: 1, high: 2 }, tolerance: 0.5 },
  ];
  const chapters = [
    { title: 'First', paper: 'A <2020>', findings, remark: 'x > y' },
    { title: 'Second', paper: 'B', findings: findings.slice(1) },
  ];
  const rows = [
    ['a < b & c', '0.1235', '0.2000 ± 0.0100', '1', 'agrees'],
    ['far', '3', '1.5000', '0.5', 'does not agree'],
  ];
  const markdown = markdownPage(chapters);
  const ofMarkdown = markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (what|---)/.test(line))
    .map((line) => line.slice(2, -2).split(' | '));
  expect(ofMarkdown).toEqual([...rows, rows[1]]);
  expect(markdown.match(/^## .*/gm)).toEqual(['## First', '## Second']);
  expect(markdown).toContain('A <2020>.\n');
  expect(markdown).toContain('\nx > y\n');
  const page = htmlPage(chapters);
  const text = (html: string) =>
    html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const ofHtml = [...page.matchAll(/<tr><td>(.*)<\/td><\/tr>/g)].map(([, row]) =>
    row.split('</td><td>').map(text),
  );
  expect(ofHtml).toEqual([...rows, rows[1]]);
  expect(page).toContain('<p class="paper">A &lt;2020&gt;</p>');
  expect(page).toContain('<p>x &gt; y</p>');
  expect(page.match(/<h2>/g)).toHaveLength(2);
});

test('a page of another kind is refused before anything is measured', async () => {
  for (const name of ['page.txt', 'page', 'constructor', 'x.valueOf']) {
    const { status, stderr } = await hopfield('experiment', 'published', '--output', name);
    expect(status).toBe(1);
    expect(stderr).toContain(`${name}: expected a name that ends in .html or .md`);
  }
});
