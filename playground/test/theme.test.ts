/** Light and dark: as the system says, as the address says, and as a page around says (the site of `npm run docs`). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { AROUND, ONLY } from '../../scripts/typedoc-plugin.mjs';
import {
  closePage,
  DIST,
  drawn,
  noBrowser,
  fromDisk,
  openPage,
  openStill,
  rows,
  useBrowser,
} from './page.ts';

const LIGHT = 'rgb(250, 248, 243)';
const DARK = 'rgb(19, 18, 16)';
const CUE = '#recall .cue';

const paper = (page: Page | Frame) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);
/** Of the largest squares in the cue, from 0 to 255. */
const lightness = (page: Page | Frame) =>
  page.locator(`${CUE} canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const counts = new Map<number, number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255) counts.set(data[i], (counts.get(data[i]) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
  });
const isDark = async (page: Page | Frame) => {
  expect([LIGHT, DARK]).toContain(await paper(page));
  await expect.poll(async () => (await lightness(page)) > 128).toBe((await paper(page)) === DARK);
  return (await paper(page)) === DARK;
};

describe.skipIf(noBrowser)('the theme', () => {
  useBrowser();

  test.each(['light', 'dark'] as const)(
    'is the system’s (%s), or the address’s',
    async (system) => {
      const other = system === 'light' ? 'dark' : 'light';
      const seen = await openStill(fromDisk(), { colorScheme: system });
      const { page } = seen;
      expect(await isDark(page)).toBe(system === 'dark');
      await page.emulateMedia({ colorScheme: other });
      expect(await isDark(page)).toBe(system === 'light');
      await page.evaluate((theme) => (location.hash = `theme=${theme}`), system);
      await expect.poll(() => isDark(page)).toBe(system === 'dark');
      await page.emulateMedia({ colorScheme: system });
      expect(await isDark(page)).toBe(system === 'dark');
      await page.emulateMedia({ colorScheme: other });
      expect(await isDark(page)).toBe(system === 'dark');
      await page.getByRole('button', { name: 'Invert' }).click();
      await expect.poll(() => page.url()).toContain(`theme=${system}`);
      expect(seen.messages).toEqual([]);
      await closePage(seen);
    },
  );

  test('changes with the site’s, and what the reader did in a panel stays', async () => {
    const write = (name: string, text: string) => {
      writeFileSync(join(DIST, name), text);
      return pathToFileURL(join(DIST, name)).href;
    };
    const whole = readFileSync(join(DIST, 'playground.html'), 'utf8');
    write(
      'panel.html',
      whole.replace('</head>', () => `${ONLY}</head>`),
    );
    const site = write(
      'site.html',
      `<!doctype html><html data-theme="dark"><body><figure class="live"><iframe data-src="panel.html?only=recall%20cue#model=hebbian">
      </iframe><figcaption><a href="panel.html#model=hebbian">whole</a></figcaption></figure><script>${AROUND}</script>`,
    );
    const seen = await openPage(site, { colorScheme: 'light', reducedMotion: 'reduce' });
    const { page } = seen;
    const frame = page.frames()[1];
    const theme = (name: string) =>
      page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), name);
    const link = () => page.locator('figcaption a').getAttribute('href');
    await frame.locator('#cue[aria-busy=false]').waitFor();
    expect(await isDark(frame)).toBe(true);
    expect(await link()).toMatch(/panel\.html#model=hebbian&theme=dark$/);
    await frame.getByRole('button', { name: 'Clear' }).click();
    await drawn(page);
    await frame.locator('.pad').press('Enter');
    const text = await rows(frame as never as Page, CUE);
    expect(text.match(/#/g)).toHaveLength(1);
    await theme('light');
    await expect.poll(() => isDark(frame)).toBe(false);
    expect(await link()).toMatch(/panel\.html#model=hebbian&theme=light$/);
    await theme('dark');
    await expect.poll(() => isDark(frame)).toBe(true);
    await theme('os');
    await expect.poll(() => isDark(frame)).toBe(false);
    expect(await rows(frame as never as Page, CUE)).toBe(text);
    expect(await page.locator('iframe').evaluate((one) => one.clientHeight)).toBeGreaterThan(300);
    expect(seen.messages).toEqual([]);
    await closePage(seen);
  });
});
