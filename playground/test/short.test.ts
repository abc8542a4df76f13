/** The first seconds on the page, from disk: part of the package's own tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  closePage,
  DIST,
  noBrowser,
  expectQuiet,
  fromDisk,
  openPage,
  openStill,
  rows,
  useBrowser,
  verdict,
} from './page.ts';

describe.skipIf(noBrowser)('the page', () => {
  useBrowser();

  test('a damaged digit comes back by itself, its energy falling; nothing is fetched or complained of', async () => {
    const seen = await openPage(fromDisk());
    const { page } = seen;
    const energy = page.locator('#recall .energy output');
    const energies: number[] = [];
    await energy.waitFor();
    while ((await page.locator('#recall [role=status]').textContent()) === '') {
      energies.push(Number((await energy.textContent())!.replace('−', '-').replaceAll(',', '')));
    }
    expect(await verdict(page)).toBe('Stored: 3, exactly.');
    expect(energies).toEqual([...energies].sort((a, b) => b - a));
    expect(energies.length).toBeGreaterThan(1);
    expect(await rows(page, '#recall .answer')).not.toBe(await rows(page, '#recall .cue'));
    expectQuiet(seen);
    await closePage(seen);
  });

  test('the first recall waits for no worker, and for no other panel', async () => {
    const seen = await openPage(fromDisk(), {}, () => {
      class Silent extends EventTarget {
        postMessage() {}
        terminate() {}
      }
      Object.assign(globalThis, { Worker: Silent });
      const watch = new MutationObserver(() => {
        if (!document.querySelector('#recall .energy')) return;
        watch.disconnect();
        const waiting = document.querySelectorAll('.panel[aria-busy=true]').length;
        Object.assign(globalThis, {
          drawnFirst: document.querySelectorAll('.panel').length - waiting,
        });
      });
      watch.observe(document, { childList: true, subtree: true });
    });
    const { page } = seen;
    await expect.poll(() => verdict(page)).toBe('Stored: 3, exactly.');
    expect(await page.evaluate('drawnFirst')).toBe(1);
    await expect.poll(() => page.locator('.panel[aria-busy=true]').count()).toBe(0);
    // Drawn apart, choices are still groups apart: each has one that is chosen.
    const chosen = await page
      .locator('.choice')
      .evaluateAll((all) => all.map((one) => one.querySelectorAll(':checked').length));
    expect(chosen).toEqual(Array(chosen.length).fill(1));
    await closePage(seen);
  });

  test('who wants no motion sees the end at once, on a phone without scrolling sideways', async () => {
    const seen = await openStill(fromDisk(), { viewport: { width: 360, height: 800 } });
    const { page } = seen;
    const { step } = await page.evaluate(() => ({ step: location.hash }));
    expect(['', '#step=end']).toContain(step);
    expect(await page.locator('#recall button.main').textContent()).toBe('Play');
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth).toBe(clientWidth);
    await closePage(seen);
  });

  test('keeps to its size: the script with kernels and worker, and the digits', () => {
    const script = readFileSync(join(DIST, 'page.js'));
    const style = readFileSync(join(DIST, 'page.css'));
    expect(gzipSync(script).length + gzipSync(style).length).toBeLessThan(220_000);
    const html = readFileSync(join(DIST, 'index.html'), 'utf8');
    expect(html.length).toBeLessThan(400_000);
  });
});
