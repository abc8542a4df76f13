/** The built page in a browser, as tests open it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import playwright, {
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright';
import { afterAll, beforeAll, expect } from 'vitest';
import { findBrowser, testBrowser } from '../../scripts/find-browser.mjs';

const root = resolve(import.meta.dirname, '../..');
export const DIST = join(root, 'playground', 'dist');
const launchOptions = findBrowser();
export const noBrowser = launchOptions === undefined;
/** Where Firefox saves files. */
const DOWNLOADS = mkdtempSync(join(tmpdir(), 'playground-'));

/** What a page said and asked for. */
export interface Seen {
  page: Page;
  /** Of the console, and errors that nobody caught. */
  messages: string[];
  /** Addresses, in order. */
  requests: string[];
}

const browsers = new Map<string, Promise<Browser>>();
let server: Server;
let policy: string | undefined;

/** For the tests of a file: builds the page, and starts what opens it. */
export function useBrowser(): void {
  beforeAll(async () => {
    execFileSync(process.execPath, [join('playground', 'build.mjs')], { cwd: root });
    server = createServer(({ url }, response) => {
      const name = new URL(url!, 'http://localhost').pathname.slice(1) || 'index.html';
      const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
      const type = types[name.split('.').at(-1) as keyof typeof types];
      const headers = policy === undefined ? {} : { 'content-security-policy': policy };
      response.writeHead(200, { 'content-type': type, ...headers });
      response.end(readFileSync(join(DIST, name)));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  }, 60_000);
  afterAll(async () => {
    for (const browser of browsers.values()) await (await browser).close();
    browsers.clear();
    server.close();
    rmSync(DOWNLOADS, { recursive: true, force: true });
  });
}

/** A browser for these options: Playwright tells a context of Firefox neither of colours nor of motion. */
function browserFor({ colorScheme, reducedMotion }: BrowserContextOptions): Promise<Browser> {
  const look = {
    'ui.systemUsesDarkTheme': Number(colorScheme === 'dark'),
    'ui.prefersReducedMotion': Number(reducedMotion === 'reduce'),
  };
  const inFirefox = { firefoxUserPrefs: look, downloadsPath: DOWNLOADS };
  const own = testBrowser === 'firefox' ? inFirefox : {};
  const key = JSON.stringify(own);
  if (!browsers.has(key)) {
    browsers.set(key, playwright[testBrowser].launch({ ...launchOptions, ...own }));
  }
  return browsers.get(key)!;
}

export const fromDisk = (): string => pathToFileURL(join(DIST, 'playground.html')).href;

/** The address of the folder on a server, whose answers carry a policy where one is given. */
export function fromServer(contentPolicy?: string): string {
  policy = contentPolicy;
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address!.port : ''}/`;
}

/** @param before - runs in the page before anything of its own */
export async function openPage(
  address: string,
  options: BrowserContextOptions = {},
  before?: () => void,
): Promise<Seen> {
  const browser = await browserFor(options);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  const seen: Seen = { page, messages: [], requests: [] };
  page.on('console', (message) => seen.messages.push(message.text()));
  page.on('pageerror', (error) => seen.messages.push(error.message));
  page.on('request', (request) => seen.requests.push(request.url()));
  await page.goto(address);
  return seen;
}

/** A page that has come to rest, with all its panels. */
export async function openStill(address: string, options: BrowserContextOptions = {}) {
  const seen = await openPage(address, { reducedMotion: 'reduce', ...options });
  await seen.page.waitForFunction(() => !document.querySelector('#take[aria-busy=true]'));
  await verdict(seen.page);
  return seen;
}

/** What the first panel says in the end. */
export async function verdict(page: Page): Promise<string> {
  await drawn(page);
  const status = page.locator('#recall [role=status]');
  await expect.poll(() => status.textContent(), { timeout: 30_000 }).not.toBe('');
  return (await status.textContent())!;
}

/** Until what has been changed is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** The rows of a canvas, as the text behind it has them. */
export async function rows(page: Page, figure: string): Promise<string> {
  await drawn(page);
  const details = page.locator(`${figure} details`).first();
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  return (await details.locator('pre').textContent())!;
}

/** The path of the file that a button saves. */
export async function saved(page: Page, button: Locator): Promise<string> {
  if (testBrowser === 'chromium') {
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    return file.path();
  }
  // Of a file that Firefox saves Playwright says nothing: there it is when it has its name, and nothing is left to write.
  const before = readdirSync(DOWNLOADS);
  const added = () => readdirSync(DOWNLOADS).filter((name) => !before.includes(name));
  const size = (name: string) => statSync(join(DOWNLOADS, name), { throwIfNoEntry: false })?.size;
  await button.click();
  await expect.poll(() => added().map((name) => (size(name) ?? 0) > 0)).toEqual([true]);
  return join(DOWNLOADS, added()[0]);
}

/** Writes into a field as one does by hand, and ends with Enter: filled in by Playwright, Firefox takes it for unchanged. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.fill('');
  await field.pressSequentially(text);
  await field.press('Enter');
}

export async function closePage({ page }: Seen): Promise<void> {
  await page.context().close();
}

/** Nothing in the console, and no request but for what loads the page; of one from disk Firefox says nothing. */
export function expectQuiet({ messages, requests }: Seen, expected: readonly string[] = []): void {
  expect(messages).toEqual([]);
  const own = (url: string) => /^(blob|data):/.test(url) || url === fromDisk();
  expect(requests.filter((url) => !own(url))).toEqual(expected);
}
