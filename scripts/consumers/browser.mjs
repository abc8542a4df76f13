// Opens pages in Chromium, and waits for what they print.
import { chromium } from 'playwright-core';
import { findBrowser } from '../find-browser.mjs';
import { printedResult } from './program.mjs';
import { oncePerShop } from './shop.mjs';

const TIMEOUT = 60_000;

const browserOf = oncePerShop(async (shop) => {
  const options = findBrowser('chromium');
  if (options === undefined) throw new Error('no Chromium found');
  const browser = await chromium.launch(options);
  shop.onClose(() => browser.close());
  return browser;
});

/** The golden result that the page at an address prints. */
export async function visit(shop, address) {
  const page = await (await browserOf(shop)).newPage();
  const said = [];
  try {
    return await new Promise((done, fail) => {
      const late = () => fail(new Error(`no result at ${address}: ${said.join('\n')}`));
      const timer = setTimeout(late, TIMEOUT);
      page.on('console', (message) => {
        said.push(message.text());
        if (message.text().includes('{"digest":')) done(printedResult(message.text()));
      });
      page.on('pageerror', (error) => fail(new Error(`${error}\n${said.join('\n')}`)));
      page.on('close', () => clearTimeout(timer));
      page.goto(address).catch(fail);
    });
  } finally {
    await page.close();
  }
}

/** The text that the page at an address shows once it has loaded. */
export async function bodyText(shop, address) {
  const page = await (await browserOf(shop)).newPage();
  try {
    await page.goto(address);
    return await page.innerText('body');
  } finally {
    await page.close();
  }
}
