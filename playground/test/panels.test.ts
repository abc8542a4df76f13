/** What one can do on the page, panel by panel. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork } from '../../src/index.ts';
import { readPng, writePng } from '../../src/io/index.ts';
import {
  closePage,
  DIST,
  drawn,
  noBrowser,
  expectQuiet,
  fromDisk,
  fromServer,
  openPage,
  openStill,
  rows,
  saved,
  useBrowser,
  verdict,
  write,
} from './page.ts';

const CUE = '#recall .cue';
const ANSWER = '#recall .answer';
const code = (page: Page) => page.locator('#take-code').textContent();
const prints = (page: Page) => page.locator('#take .prints').textContent();
const stored = (page: Page) => page.locator('#memory .shelf li').count();
const choose = (page: Page, label: string, option: string) =>
  page.getByRole('combobox', { name: label, exact: true }).selectOption(option);
const slider = (page: Page, name: string) => page.getByRole('slider', { name });
const folder = mkdtempSync(join(tmpdir(), 'playground-'));

/** What the code of the page prints in Node, with the package as it is built. */
function run(text: string): string {
  const file = join(DIST, 'copied.mjs');
  writeFileSync(file, text);
  return execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim();
}

describe.skipIf(noBrowser)('the page', () => {
  useBrowser();

  test.each([
    'Hebb',
    'Storkey',
    'Hebb, after dreaming',
    'Projection',
    'Minimal overlap',
    'Dense, xⁿ',
    'Dense, exponential',
    'Simplicial',
    'Modern, softmax',
  ])('%s recalls, and the copied code prints what the page shows', async (name) => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    await choose(page, 'Memory', name);
    await drawn(page);
    await expect.poll(() => prints(page)).not.toBe('…');
    const shown = await prints(page);
    expect(run((await code(page))!)).toBe(shown);
    expect(Object.keys(JSON.parse(shown!))).toContain('energy');
    expectQuiet(seen);
    await closePage(seen);
  });

  test('a stroke of the mouse paints the cue, another erases it, and the recall follows', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await rows(page, CUE)).not.toContain('#');
    await page.evaluate(() => scrollTo(0, 0));
    const box = (await page.locator(`${CUE} canvas`).boundingBox())!;
    const at = (x: number, y: number): [number, number] => [
      box.x + (box.width * (x + 0.5)) / 28,
      box.y + (box.height * (y + 0.5)) / 28,
    ];
    const stroke = async () => {
      await page.mouse.move(...at(4, 10));
      await page.mouse.down();
      await page.mouse.move(...at(20, 10), { steps: 4 });
      await page.mouse.up();
    };
    await stroke();
    const painted = (await rows(page, CUE)).split('\n');
    expect(painted.map((row) => row.replaceAll('.', '').length)).toEqual(
      Array.from({ length: 28 }, (_, y) => (y === 10 || y === 11 ? 18 : 0)),
    );
    expect(painted[10]).toBe('.'.repeat(4) + '#'.repeat(18) + '.'.repeat(6));
    await verdict(page);
    await stroke();
    expect(await rows(page, CUE)).not.toContain('#');
    await closePage(seen);
  });

  test('damage: noise turns that share over, covers, inverts; other grids keep what is there', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    const noise = slider(page, 'Neurons turned over');
    await noise.fill('0');
    const clean = await rows(page, CUE);
    await noise.fill('50');
    const noisy = await rows(page, CUE);
    const differing = Array.from(noisy).filter((c, i) => c !== clean[i]).length;
    expect(differing).toBe(392);
    await noise.fill('0');
    await page.locator('#cue').getByText('Bottom', { exact: true }).click();
    expect((await rows(page, CUE)).split('\n').slice(0, 14)).toEqual(
      clean.split('\n').slice(0, 14),
    );
    expect((await rows(page, CUE)).split('\n').slice(14).join('')).not.toContain('#');
    const before = await rows(page, CUE);
    await page.getByRole('button', { name: 'Invert' }).click();
    expect(await rows(page, CUE)).toBe(
      before.replaceAll('#', 'x').replaceAll('.', '#').replaceAll('x', '.'),
    );
    await page.getByLabel('Type a letter').fill('T');
    const letter = (await rows(page, CUE)).split('\n');
    expect(letter.filter((row) => row.includes('#')).length).toBeGreaterThan(14);
    await choose(page, 'Grid', '16 × 16');
    expect((await rows(page, CUE)).split('\n').map((row) => row.length)).toEqual(
      Array.from({ length: 16 }, () => 16),
    );
    expect(await stored(page)).toBe(10);
    expect(await verdict(page)).not.toBe('');
    await closePage(seen);
  });

  test('stores, names, reorders, forgets; an empty memory says so', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    await page.getByLabel('Type a letter').fill('X');
    await page.getByRole('button', { name: 'Store the cue' }).click();
    await drawn(page);
    expect(await stored(page)).toBe(11);
    expect(await verdict(page)).toBe('Stored: new 11, exactly.');
    const label = page.locator('#memory').getByLabel('Label', { exact: true });
    await write(label, 'my X');
    await page.waitForFunction(
      () =>
        document.querySelector('#recall [role=status]')!.textContent === 'Stored: my X, exactly.',
    );
    await page.getByRole('button', { name: 'Move it before the one to its left' }).click();
    await drawn(page);
    expect(await page.locator('#memory .shelf li').nth(9).textContent()).toBe('my X');
    for (let left = 10; left >= 0; left--) {
      await page.getByRole('button', { name: 'Forget', exact: true }).click();
      await drawn(page);
      expect(await stored(page)).toBe(left);
    }
    await page.waitForFunction(
      () => document.querySelector('#recall [role=status]')!.textContent === 'Nothing is stored.',
    );
    expect(seen.messages).toEqual([]);
    await closePage(seen);
  });

  test('the energy is the scrubber: its ends are the cue and the answer, by keys too', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    const scrubber = page.getByLabel('Step of the recall');
    const [cue, answer] = [await rows(page, CUE), await rows(page, ANSWER)];
    await scrubber.focus();
    await page.keyboard.press('Home');
    expect(await rows(page, ANSWER)).toBe(cue);
    await page.keyboard.press('ArrowRight');
    const one = await rows(page, ANSWER);
    expect(Array.from(one).filter((c, i) => c !== cue[i]).length).toBe(1);
    await page.waitForFunction(() => location.hash === '#step=1');
    await page.keyboard.press('End');
    expect(await rows(page, ANSWER)).toBe(answer);
    await closePage(seen);
  });

  test('memories side by side say what each makes of the cue', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    const results = page.locator('#compare .result');
    await expect
      .poll(() => results.allTextContents())
      .toEqual([
        'A mixture of 1, 4 and 7: a state that nobody stored.',
        'Stored: 3, exactly.',
        'Stored: 3, exactly.',
        'Stored: 3, exactly.',
      ]);
    await choose(page, 'Memory 2', 'Storkey');
    await expect.poll(() => results.nth(1).textContent()).not.toBe('Stored: 3, exactly.');
    await page.locator('#compare').getByRole('button', { name: 'One less' }).click();
    await drawn(page);
    expect(await results.count()).toBe(3);
    await slider(page, 'How far along').fill('0');
    expect(await rows(page, '#compare .column:nth-child(1)')).toBe(await rows(page, CUE));
    await closePage(seen);
  });

  test('a link shows another context the same, bit by bit', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    await page.getByLabel('Type a letter').fill('Q');
    await page.getByRole('button', { name: 'Store the cue' }).click();
    await slider(page, 'Neurons turned over').fill('30');
    await choose(page, 'Memory', 'Dense, xⁿ');
    await slider(page, 'n 3').fill('7');
    await write(page.locator('#recall').getByLabel('Seed'), '99');
    await choose(page, 'Memory 1', 'Simplicial');
    await verdict(page);
    await page.getByLabel('Step of the recall').fill('17');
    await page.waitForFunction(() => location.hash.includes('step=17'));
    const link = (await page.locator('#take-link').textContent())!;
    expect(page.url()).toBe(link);
    const other = await openPage(link);
    await expect.poll(() => prints(other.page)).toBe(await prints(page));
    await expect.poll(() => rows(other.page, ANSWER)).toBe(await rows(page, ANSWER));
    expect(await code(other.page)).toBe(await code(page));
    expect(await rows(other.page, CUE)).toBe(await rows(page, CUE));
    const compared = (one: Page) => one.locator('#compare').innerText();
    // Either may still be at work.
    await expect
      .poll(async () => (await compared(other.page)) === (await compared(page)), {
        timeout: 20_000,
      })
      .toBe(true);
    const pixels = (one: Page) =>
      one.locator(`${ANSWER} canvas`).evaluate((c) => (c as HTMLCanvasElement).toDataURL());
    expect(await pixels(other.page)).toBe(await pixels(page));
    await expect.poll(() => other.page.url()).toBe(link);
    await closePage(other);
    await closePage(seen);
  });

  test('a link that says nothing leaves the usual page, and a word about it', async () => {
    for (const hash of [
      'model=nothing',
      'size=29',
      'cue=AAAA',
      'size=8',
      'step=-1',
      'panel.compare=[',
    ]) {
      const seen = await openStill(`${fromDisk()}#${hash}`);
      expect(await verdict(seen.page)).toBe('Stored: 3, exactly.');
      expect(await seen.page.getByRole('alert').textContent()).toContain('This link does not say');
      expect(seen.messages).toEqual([]);
      await closePage(seen);
    }
  });

  test('what is too long for an address is a file, and a memory is one that the package reads', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    const save = (name: string) => saved(page, page.getByRole('button', { name }));
    const open = (path: string) => page.locator('#take input[type=file]').setInputFiles(path);
    await page.locator('#memory input[type=range]').fill('80');
    await verdict(page);
    expect(await page.getByRole('button', { name: 'Copy the link' }).isDisabled()).toBe(true);
    await slider(page, 'Neurons turned over').fill('20');
    await verdict(page);
    const [was, whole] = [await code(page), await save('Save the page')];
    const memory = await save('Save the memory');
    const network = HopfieldNetwork.load(readFileSync(memory));
    expect([network.patternCount, network.rule.name]).toEqual([80, 'projection']);
    const picture = readPng(readFileSync(await save('Save the answer as PNG')));
    expect(picture.shape).toEqual([448, 448]);
    await page.reload();
    await verdict(page);
    expect(await code(page)).not.toBe(was);
    await open(whole);
    await expect.poll(() => code(page)).toBe(was);
    await page.reload();
    await verdict(page);
    await open(memory);
    await expect.poll(() => stored(page)).toBe(80);
    const other = join(folder, 'other.txt');
    writeFileSync(other, 'hopfield-wasm playground\nsize=29');
    await open(other);
    await expect.poll(() => page.locator('#take').innerText()).toContain('size is 29');
    expect(await stored(page)).toBe(80);
    await open(join(DIST, 'page.css'));
    await expect.poll(() => page.locator('#take').innerText()).toContain('It cannot be opened');
    expect(seen.messages).toEqual([]);
    await closePage(seen);
  });

  test('a picture is chosen, dropped or pasted, and turned into neurons', async () => {
    const half = Int8Array.from({ length: 40 * 40 }, (_, i) => (i % 40 < 20 ? -1 : 1));
    const png = Buffer.from(writePng(half, [40, 40]));
    const left = Array.from({ length: 28 }, () => '#'.repeat(14) + '.'.repeat(14)).join('\n');
    const seen = await openStill(fromDisk());
    const { page } = seen;
    await page
      .locator('#cue input[type=file]')
      .setInputFiles({ name: 'half.png', mimeType: 'image/png', buffer: png });
    await expect.poll(() => rows(page, CUE)).toBe(left);
    await page.getByRole('button', { name: 'Clear' }).click();
    for (const kind of ['drop', 'paste']) {
      await page.evaluate(
        ([base64, type]) => {
          const data = new DataTransfer();
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          data.items.add(new File([bytes], 'half.png', { type: 'image/png' }));
          const event =
            type === 'drop'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true })
              : new ClipboardEvent('paste', { bubbles: true });
          // Firefox's constructor takes no files.
          if (type === 'paste') Object.defineProperty(event, 'clipboardData', { value: data });
          document.body.dispatchEvent(event);
        },
        [png.toString('base64'), kind],
      );
      await expect.poll(() => rows(page, CUE)).toBe(left);
      await page.getByRole('button', { name: 'Clear' }).click();
    }
    await page.getByText('Half on, dithered').click();
    expect(Array.from(await rows(page, CUE)).filter((c) => c === '#').length).toBeGreaterThan(300);
    await page
      .locator('#cue input[type=file]')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await page.getByText('That is no picture').waitFor();
    expect(seen.messages).toEqual([]);
    await closePage(seen);
  });

  test('by keyboard alone: draw, play, pause', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.className)).toBe('skip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.className)).toBe('pad');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press(' ');
    const at = page.locator(`${CUE} [aria-live]`);
    await drawn(page);
    expect(await at.textContent()).toMatch(/^row 14, column 14: (on|off)$/);
    const before = await rows(page, CUE);
    await page.locator('.pad').focus();
    await page.keyboard.press('Enter');
    expect(Array.from(await rows(page, CUE)).filter((c, i) => c !== before[i]).length).toBe(1);
    await page.getByRole('navigation').getByText('Side by side').press('Enter');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('compare');
    await page.locator('.pad').focus();
    const main = () => page.evaluate(() => document.activeElement!.className === 'main');
    for (let k = 0; k < 10 && !(await main()); k++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(await page.locator('#recall button.main').textContent()).toBe('Pause');
    await page.keyboard.press(' ');
    await drawn(page);
    expect(await page.locator('#recall button.main').textContent()).toBe('Play');
    await closePage(seen);
  });

  test('each of the ten questions sets a page that shows what it asks about, and a link to it', async () => {
    const seen = await openStill(fromDisk());
    const { page } = seen;
    const said: Record<string, string> = {};
    for (const lesson of await page.locator('#lessons button').all()) {
      await lesson.click();
      await drawn(page);
      said[(await lesson.locator('strong').textContent())!] = await verdict(page);
      await expect.poll(() => page.url().split('#')[1]).toMatch(/step=end/);
      expect(page.url().split('#')[1].length).toBeLessThan(8000);
    }
    expect(said).toEqual({
      'Half a digit': 'Stored: 7, exactly.',
      'Another digit': 'The wrong one: 9. The cue is most like 3.',
      'What is alike': 'A mixture of 1, 4 and 7: a state that nobody stored.',
      Dreaming: 'Stored: 3, exactly.',
      'The opposite': 'Reversed: every neuron the opposite of random 1.',
      'Nobody stored this':
        'A mixture of random 1, random 2 and random 3: a state that nobody stored.',
      'Too many': 'Stored: random 4, all but 0.39 %.',
      Powers: 'Stored: random 4, exactly.',
      'All at once': 'A cycle of 2 states: it never rests.',
      'An average': 'An average of 10 patterns.',
    });
    expect(seen.messages).toEqual([]);
    await closePage(seen);
  });

  test('from a server it asks for its three files; nothing later, for workers neither', async () => {
    const address = fromServer();
    const seen = await openStill(address);
    await seen.page.getByRole('button', { name: 'Invert' }).click();
    await verdict(seen.page);
    // The script once more for the first worker, and once to keep for later ones.
    const files = ['', 'page.css', 'page.js', 'page.js', 'page.js'].map((name) => address + name);
    const expectQuietSince = () =>
      expectQuiet({ ...seen, requests: [...seen.requests].sort() }, files);
    expectQuietSince();
    await seen.page.context().setOffline(true);
    const cliff = seen.page.locator('#cliff');
    await cliff.getByRole('button', { name: 'Measure' }).click();
    await cliff.getByText(/^([1-9]|10) of|^All/).waitFor();
    expectQuietSince();
    await closePage(seen);
  });

  test.each([
    ['WebAssembly', "default-src 'self'"],
    ['workers too', "default-src 'self'; worker-src 'none'"],
  ])('where a policy forbids %s the page gives the same, and says so', async (_, policy) => {
    const more = "img-src data:; style-src 'self' 'unsafe-inline'";
    const seen = await openStill(fromServer(`${policy}; ${more}`));
    expect(await verdict(seen.page)).toBe('Stored: 3, exactly.');
    expect(await seen.page.locator('#recall .energy').innerText()).toContain(
      'TypeScript reference',
    );
    const printed = await prints(seen.page);
    await closePage(seen);
    const usual = await openStill(fromDisk());
    expect(await prints(usual.page)).toBe(printed);
    await closePage(usual);
  });
});
