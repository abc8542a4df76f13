/** Heat, the cliff, the landscape, attention, films, problems, a million neurons, speed. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { capacity } from '../../src/experiments/index.ts';
import { readPicture, writePicture } from '../../src/io/index.ts';
import {
  closePage,
  drawn,
  noBrowser,
  fromDisk,
  openStill,
  rows,
  saved,
  useBrowser,
} from './page.ts';

const said = (page: Page, panel: string) => page.locator(`#${panel} .result`).first().textContent();
const slider = (page: Page, panel: string, name: string) =>
  page.locator(`#${panel}`).getByRole('slider', { name });
const press = (page: Page, panel: string, name: string) =>
  page.locator(`#${panel}`).getByRole('button', { name, exact: true }).click();

const choose = (page: Page, label: string, option: string) =>
  page.getByRole('combobox', { name: label, exact: true }).selectOption(option);

/** Waits for what a panel comes to say. */
const eventually = (page: Page, panel: string) =>
  expect.poll(() => said(page, panel), { timeout: 25_000 });

/** The page, with a panel on the screen: what nobody sees is not asked. */
async function openAt(panel: string) {
  const seen = await openStill(fromDisk(), { acceptDownloads: true });
  await seen.page.locator(`#${panel}`).scrollIntoViewIfNeeded();
  return seen;
}

/** The table behind a picture, row by row. */
async function table(page: Page, panel: string): Promise<string[][]> {
  const details = page.locator(`#${panel} details`, { has: page.locator('summary') }).last();
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  await drawn(page);
  const all = await details.locator('tbody tr').all();
  return Promise.all(all.map((row) => row.locator('td').allTextContents()));
}

const number = (text: string) => Number(text.replaceAll(',', '').replace('−', '-'));

describe.skipIf(noBrowser)('further panels', () => {
  useBrowser();

  test('where nothing is stored every panel says so, and none makes up a name or a number', async () => {
    const seen = await openStill(`${fromDisk()}#store=`);
    const { page } = seen;
    for (const panel of await page.locator('.panel').all()) await panel.scrollIntoViewIfNeeded();
    await page.locator('#heat').scrollIntoViewIfNeeded();
    await eventually(page, 'heat').toBe('Nothing is stored: every temperature is noise.');
    await page.locator('#heat').getByRole('button', { name: 'Cool slowly' }).click();
    for (const [panel, words] of Object.entries({
      memory: 'draw a cue and store it',
      watch: 'so nothing pulls',
      compare: 'Nothing is stored.',
      slice: 'Two patterns are needed',
      film: 'Two patterns are needed',
    })) {
      await expect.poll(() => page.locator(`#${panel}`).innerText()).toContain(words);
    }
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await page.locator('main').innerText()).not.toMatch(/NaN|undefined|Infinity|∞/);
    // One pattern, and then a second, bring them back.
    await choose(page, 'Ready sets', 'Digits');
    // What is not in sight does not go on.
    await page.locator('#heat').scrollIntoViewIfNeeded();
    await eventually(page, 'heat').toMatch(/^T = /);
    await page.locator('#slice .key').waitFor();
    expect(seen.messages).toEqual([]);
    await closePage(seen);
  });

  test('a cold memory stays with its digit, a hot one has none', async () => {
    const seen = await openAt('heat');
    const { page } = seen;
    await slider(page, 'heat', 'Temperature T').fill('0.05');
    await eventually(page, 'heat').toMatch(/^T = 0.05: it remembers 3/);
    await slider(page, 'heat', 'Temperature T').fill('2');
    await eventually(page, 'heat').toMatch(/^T = 2.00: noise/);
    await closePage(seen);
  });

  test('the cliff is what the experiment of the package measures', async () => {
    const seen = await openAt('cliff');
    const { page } = seen;
    await page.locator('#cliff').getByText('100', { exact: true }).click();
    await press(page, 'cliff', 'Measure');
    await expect
      .poll(() => page.locator('#cliff [role=status]').textContent(), { timeout: 20_000 })
      .toBe('All 10 loads measured.');
    const expected: string[][] = [];
    const loads = [0.04, 0.07, 0.1, 0.12, 0.13, 0.14, 0.15, 0.16, 0.18, 0.22];
    const text = (x: number) => x.toLocaleString('en', { maximumFractionDigits: 2 });
    for await (const { load, overlap } of capacity({ neurons: 100, loads, trials: 8, seed: 7 })) {
      expected.push([load, overlap.value, overlap.error ?? 0].map(text));
    }
    expect(await table(page, 'cliff')).toEqual(expected);
    expect(await page.locator('#cliff .figure > svg').count()).toBe(1);
    await closePage(seen);
  });

  test('the landscape has valleys on both sides, and the path ends where the recall does', async () => {
    const seen = await openAt('slice');
    const { page } = seen;
    const key = page.locator('#slice .key');
    await key.waitFor();
    const shares = (await key.locator('li').allTextContents()).map((line) =>
      Number(/([\d.]+) %$/.exec(line)![1]),
    );
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.1);
    expect((await key.textContent())!).toMatch(
      /falls into 3.*falls into 8.*3 reversed.*8 reversed/,
    );
    const path = await table(page, 'slice');
    expect(number(path[0][1])).toBeLessThan(0.6);
    expect(path.at(-1)![1]).toBe('1');
    await closePage(seen);
  });

  test('from the average of all, by clusters, to one digit; and nothing', async () => {
    const seen = await openAt('attend');
    const { page } = seen;
    const beta = slider(page, 'attend', 'β');
    await beta.fill('-3');
    await eventually(page, 'attend').toMatch(/^The average of all/);
    await beta.fill('-1');
    await eventually(page, 'attend').toMatch(/^A cluster: an average of about \d+/);
    await beta.fill('1');
    await eventually(page, 'attend').toMatch(/^Retrieved: one digit/);
    // The upper half of digit 4 as it is stored: only what is known of it can agree.
    await slider(page, 'attend', 'How like').fill('0.99');
    await eventually(page, 'attend').toMatch(/^Retrieved: one digit/);
    await page.locator('#attend').getByText('All', { exact: true }).click();
    await beta.fill('-3');
    await eventually(page, 'attend').toMatch(/^The average of all/);
    await closePage(seen);
  });

  test('a picture in grey is stored with the digits, and half of it brings all back', async () => {
    const grey = Float32Array.from({ length: 56 * 56 }, (_, i) => (i % 56) / 55);
    const bytes = Buffer.from(writePicture({ data: grey, shape: [56, 56] }));
    const seen = await openAt('attend');
    const { page } = seen;
    await slider(page, 'attend', 'β').fill('1');
    await page.evaluate((base64) => {
      const data = new DataTransfer();
      const picture = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([picture], 'grey.png', { type: 'image/png' }));
      document
        .querySelector('#attend .inside')!
        .dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    }, bytes.toString('base64'));
    await eventually(page, 'attend').toMatch(/^Retrieved: your picture\. Read out of 2,501/);
    const [asked, answer] = await page.locator('#attend canvas').all();
    const drawing = (canvas: typeof asked) =>
      canvas.evaluate((one) => (one as HTMLCanvasElement).toDataURL());
    const whole = await drawing(answer);
    expect(await drawing(asked)).not.toBe(whole);
    await page.locator('#attend').getByText('Nothing', { exact: true }).click();
    await expect.poll(() => drawing(asked)).toBe(whole);
    // Another panel's cue is another matter, and the link has the picture.
    expect(await page.evaluate(() => location.hash)).not.toContain('cue=');
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/picture.*none/);
    const other = await openStill(page.url());
    await other.page.locator('#attend').scrollIntoViewIfNeeded();
    await eventually(other.page, 'attend').toMatch(/^Retrieved: your picture/);
    await closePage(other);
    await closePage(seen);
  });

  test('a film goes through the digits in their order', async () => {
    const seen = await openAt('film');
    const { page } = seen;
    await eventually(page, 'film').toMatch(/^The cue: a damaged 0/);
    for (const step of [1, 2, 9, 10, 15]) {
      await slider(page, 'film', 'Step').fill(`${step}`);
      await eventually(page, 'film').toBe(`Step ${step}: ${step % 10}, overlap 1.00.`);
    }
    await closePage(seen);
  });

  test('exchanges never make the tour of the network longer, and local search is not behind', async () => {
    const seen = await openAt('tour');
    const { page } = seen;
    const lengths = async () =>
      (await page.locator('#tour figure .note').allTextContents()).map((text) =>
        number(/Length ([\d,.]+\d)/.exec(text)?.[1] ?? 'none'),
      );
    await expect
      .poll(async () => (await lengths()).some(Number.isNaN), { timeout: 25_000 })
      .toBe(false);
    const [network, mended, search] = await lengths();
    expect(mended).toBeLessThanOrEqual(network);
    expect(search).toBeLessThanOrEqual(mended);
    await page
      .locator('#tour .map')
      .first()
      .click({ position: { x: 30, y: 40 } });
    const label = page.locator('#tour .map').first();
    await expect.poll(() => label.getAttribute('aria-label')).toMatch(/17 cities$/);
    await closePage(seen);
  });

  test('a sudoku is completed by its rules', async () => {
    const seen = await openAt('puzzle');
    const { page } = seen;
    await press(page, 'puzzle', 'Puzzle 1');
    await press(page, 'puzzle', 'Solve');
    await eventually(page, 'puzzle').toMatch(/^Solved/);
    const inputs = await page.locator('#puzzle .sudoku input').all();
    const grid = await Promise.all(inputs.map((input) => input.inputValue()));
    const units = Array.from({ length: 9 }, (_, u) => [
      grid.filter((__, k) => Math.floor(k / 9) === u),
      grid.filter((__, k) => k % 9 === u),
      grid.filter((__, k) => 3 * Math.floor(k / 27) + Math.floor((k % 9) / 3) === u),
    ]).flat();
    for (const unit of units) expect([...unit].sort().join('')).toBe('123456789');
    await closePage(seen);
  });

  test('neighbours on a map have different colours, once there are enough', async () => {
    const seen = await openAt('map');
    const { page } = seen;
    await eventually(page, 'map').toMatch(/^No two neighbours are alike/);
    const regions = await table(page, 'map');
    expect(regions).toHaveLength(24);
    for (const [region, colour, borders] of regions) {
      for (const other of borders.split(', ')) {
        expect([region, other, regions[Number(other) - 1][1]]).not.toEqual([region, other, colour]);
      }
    }
    await slider(page, 'map', 'Colours').fill('2');
    await eventually(page, 'map').toMatch(/have one colour on both sides/);
    await closePage(seen);
  });

  test.each(['slice', 'cliff', 'heat', 'recall'])('the picture of %s as a PNG', async (panel) => {
    const seen = await openAt(panel);
    const { page } = seen;
    if (panel === 'cliff') {
      await press(page, 'cliff', 'Measure');
      await page.locator('#cliff .figure > svg').waitFor();
    }
    const behind = page.locator(`#${panel} details`).last();
    await behind.locator('summary').click();
    const file = await saved(page, behind.getByRole('button', { name: 'Save as PNG' }));
    const { data, shape } = readPicture(readFileSync(file));
    expect(Math.min(shape[0], shape[1])).toBeGreaterThan(150);
    expect(new Set(data).size).toBeGreaterThan(2);
    await closePage(seen);
  });

  test('a million neurons come back, while the page goes on drawing', async () => {
    const seen = await openAt('million');
    const { page } = seen;
    await page.evaluate(() => {
      const gaps: number[] = [];
      Object.assign(globalThis, { gaps });
      let last = performance.now();
      requestAnimationFrame(function next(now) {
        gaps.push(now - last);
        last = now;
        requestAnimationFrame(next);
      });
    });
    const longest = () =>
      page.evaluate(() =>
        Math.max(...(globalThis as unknown as { gaps: number[] }).gaps.splice(0)),
      );
    await longest();
    const begun = performance.now();
    await press(page, 'million', 'Recall a picture');
    await eventually(page, 'million').toMatch(
      /^262,144 of 1,048,576 .* before: 262,144; after: 0\.$/,
    );
    await drawn(page);
    // Most of that time nothing would be drawn if it were spent on the page's own thread, however fast the machine is.
    expect(await longest()).toBeLessThan((performance.now() - begun) / 5);
    await closePage(seen);
  });

  test('kernels, reference and a textbook’s loop come to the same states', async () => {
    const seen = await openAt('speed');
    const { page } = seen;
    await press(page, 'speed', 'Measure');
    await eventually(page, 'speed').toMatch(
      /^[\d.]+ times the textbook’s speed; all three gave the same states/,
    );
    await closePage(seen);
  });

  test('what panels have of their own is in the link', async () => {
    const seen = await openAt('film');
    const { page } = seen;
    await slider(page, 'film', 'Step').fill('7');
    await slider(page, 'attend', 'β').fill('-2');
    await eventually(page, 'film').toMatch(/^Step 7: 7/);
    const film = await rows(page, '#film figure');
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/7.*-2|-2.*7/);
    const other = await openStill(page.url());
    await other.page.locator('#film').scrollIntoViewIfNeeded();
    await eventually(other.page, 'film').toMatch(/^Step 7: 7/);
    expect(await rows(other.page, '#film figure')).toBe(film);
    expect(await slider(other.page, 'attend', 'β').inputValue()).toBe('-2');
    await closePage(seen);
    await closePage(other);
  });
});
