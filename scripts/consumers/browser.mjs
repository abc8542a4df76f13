// Opens pages in a browser, and waits for what they print.
import playwright from 'playwright-core';
import { findBrowser } from '../find-browser.mjs';
import { printedResult } from './program.mjs';
import { NotTried, oncePerShop } from './shop.mjs';

const TIMEOUT = 60_000;

/** By their names in Playwright. */
const BROWSERS = { chromium: 'Chromium', firefox: 'Firefox' };

/** What launches a browser, once a shop. */
const launched = Object.fromEntries(
  Object.entries(BROWSERS).map(([name, title]) => [
    name,
    oncePerShop(async (shop) => {
      const options = findBrowser(name);
      if (options === undefined) throw new NotTried(`no ${title} found`);
      const browser = await playwright[name].launch(options);
      shop.onClose(() => browser.close());
      return browser;
    }),
  ]),
);

/** Pages as rows: each, with what `open(shop, browser)` does, in every browser. */
export function inBrowsers(pages) {
  return Object.entries(BROWSERS).flatMap(([browser, version]) =>
    pages.map(({ open, ...page }) => ({ ...page, version, run: (shop) => open(shop, browser) })),
  );
}

/** The golden result that the page at an address prints. */
export async function visit(shop, address, browser = 'chromium') {
  const page = await (await launched[browser](shop)).newPage();
  const said = [];
  try {
    return await new Promise((done, fail) => {
      const late = () => fail(new Error(`no result at ${address}: ${said.join('\n')}`));
      const timer = setTimeout(late, TIMEOUT);
      page.on('console', (message) => {
        said.push(message.text());
        if (message.text().includes('{"digest":')) done(printedResult(message.text()));
      });
      page.on('pageerror', (error) => {
        said.push(`${error}`);
        // Firefox reports what a policy forbids as an error, an icon too; whether it matters the result says.
        if (error.name !== 'Content-Security-Policy') fail(new Error(said.join('\n')));
      });
      page.on('close', () => clearTimeout(timer));
      page.goto(address).catch(fail);
    });
  } finally {
    await page.close();
  }
}

/** The text that the page at an address shows once it has loaded. */
export async function bodyText(shop, address, browser) {
  const page = await (await launched[browser](shop)).newPage();
  try {
    await page.goto(address);
    return await page.innerText('body');
  } finally {
    await page.close();
  }
}
