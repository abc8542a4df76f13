/** For everyone: axe on every panel, and targets that a finger hits. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { closePage, noBrowser, fromDisk, openStill, useBrowser } from './page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violations {
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

describe.skipIf(noBrowser)('the page', () => {
  useBrowser();

  test.each([
    [1440, 'light'],
    [1440, 'dark'],
    [360, 'light'],
  ] as const)(
    'axe finds nothing at a width of %i, %s',
    async (width, colorScheme) => {
      const seen = await openStill(fromDisk(), { viewport: { width, height: 900 }, colorScheme });
      const { page } = seen;
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.evaluate(axe);
      const panels = await page
        .locator('section.panel')
        .evaluateAll((all) => all.map(({ id }) => id));
      expect(panels.length).toBeGreaterThan(5);
      for (const id of [...panels.map((panel) => `#${panel}`), 'html']) {
        const { violations } = await page.evaluate(
          (where) =>
            (globalThis as never as { axe: { run(w: string): Promise<Violations> } }).axe.run(
              where,
            ),
          id,
        );
        const found = violations.map((one) => [
          one.id,
          one.nodes.map((node) => node.target.join(' ')),
        ]);
        expect([id, found]).toEqual([id, []]);
      }
      await closePage(seen);
      // In Firefox axe takes a minute where others want the machine.
    },
    240_000,
  );

  test('targets are 44 px high, and wide', async () => {
    const seen = await openStill(fromDisk(), { viewport: { width: 360, height: 900 } });
    const small = await seen.page
      .locator(
        'button, select, summary, input:not([type=radio]):not([type=file]), .choice label, .file, .pad, nav a',
      )
      .evaluateAll((all) =>
        all
          .map((one) => ({ what: one.outerHTML.slice(0, 80), box: one.getBoundingClientRect() }))
          // Nine cells of a sudoku are side by side on a phone.
          .filter(({ what, box }) => !what.includes('inputmode="numeric"') || box.width < 34)
          .filter(
            ({ what, box }) => what.includes('inputmode') || box.height < 44 || box.width < 44,
          )
          .map(({ what, box }) => `${what} ${box.width}×${box.height}`),
      );
    expect(small).toEqual([]);
    await closePage(seen);
  });
});
