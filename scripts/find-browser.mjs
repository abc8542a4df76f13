// Finds a browser to test in: at $CHROMIUM or $FIREFOX if it is set, else the first known name on the PATH.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const BROWSERS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    mac: '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    options: {
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  firefox: {
    names: ['firefox', 'firefox-esr'],
    mac: '/Applications/Firefox.app/Contents/MacOS/firefox',
    // Firefox as anyone has it, not a build of Playwright's own.
    options: { channel: 'moz-firefox' },
  },
};

/** The browser of the tests, by its name in Playwright: TEST_BROWSER. */
export const testBrowser = process.env.TEST_BROWSER || 'chromium';
if (!Object.hasOwn(BROWSERS, testBrowser)) {
  throw new RangeError(
    `TEST_BROWSER is '${testBrowser}', expected one of ${Object.keys(BROWSERS).join(', ')}`,
  );
}

/** What Playwright has to know to launch a browser; undefined where there is none. */
export function findBrowser(browser = testBrowser) {
  const { names, mac, options } = BROWSERS[browser];
  const { [browser.toUpperCase()]: told, PATH = '' } = process.env;
  const folders = ['/usr/bin', ...PATH.split(delimiter)];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const executablePath = (told === undefined ? [...candidates, mac] : [told]).find((path) =>
    existsSync(path),
  );
  return executablePath && { executablePath, ...options };
}
