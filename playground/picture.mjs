// The picture of README.md, docs/playground.png: the first screen of the page as it is built, on its way. `npm run docs:picture`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../scripts/find-browser.mjs';

const here = import.meta.dirname;
const page = pathToFileURL(join(here, 'dist', 'playground.html'));

const browser = await chromium.launch(findBrowser('chromium'));
const tab = await browser.newPage({ viewport: { width: 1200, height: 588 } });
await tab.goto(`${page}#step=120&theme=light`);
// The last panel to be drawn.
await tab.locator('#take[aria-busy=false]').waitFor();
await tab.screenshot({ path: join(here, '..', 'docs', 'playground.png') });
await browser.close();
