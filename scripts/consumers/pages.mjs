// Pages without a bundler: served as they are, opened from disk, in workers, under a content-security policy; and the
// pages that docs/recipes/platforms.md shows.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bodyText, inBrowsers, visit } from './browser.mjs';
import { moduleProgram, scriptProgram } from './program.mjs';

const inModules = (entry) => `./hopfield/${entry || 'index'}.js`;
const MODULES = moduleProgram({ specifier: inModules });
const ONE_FILE = `import * as hopfield from './hopfield/hopfield.min.js';\n${scriptProgram()}`;
const POST = { finish: 'postMessage(JSON.stringify(result))' };

const HEAD = '<!doctype html><meta charset="utf-8" />';
const module = (file) => `${HEAD}<script type="module" src="${file}"></script>`;
const classic = `${HEAD}<script src="hopfield/hopfield.global.js"></script><script src="script.js"></script>`;
const worker = (file, options = '') => `${HEAD}<script>
  const worker = new Worker('${file}'${options});
  worker.onmessage = ({ data }) => console.log(data);
  worker.onerror = (event) => { throw new Error(event.message); };
</script>`;

const FILES = {
  'modules.js': MODULES,
  'modules.html': module('modules.js'),
  'one-file.js': ONE_FILE,
  'one-file.html': module('one-file.js'),
  'script.js': `{\n${scriptProgram()}}\n`,
  'script.html': classic,
  'module-worker.js': moduleProgram({ specifier: inModules, ...POST }),
  'module-worker.html': worker('module-worker.js', ", { type: 'module' }"),
  'classic-worker.js': `importScripts('hopfield/hopfield.global.js');\n{\n${scriptProgram(POST)}}\n`,
  'classic-worker.html': worker('classic-worker.js'),
};

/** A folder of pages beside a copy of dist/, as one would upload it. */
async function site(shop) {
  const folder = await shop.project('site');
  shop.write(folder, FILES);
  cpSync(join(folder, 'node_modules/hopfield-wasm/dist'), join(folder, 'hopfield'), {
    recursive: true,
  });
  return folder;
}

function served(entry, page, headers) {
  return {
    name: 'page',
    entry,
    open: async (shop, browser) =>
      visit(shop, `${await shop.serve(await site(shop), headers)}/${page}`, browser),
  };
}

/** The pages that docs/recipes/platforms.md shows, in order: one for a served folder, one to open from disk. */
const [fromServer, fromDisk] = Array.from(
  readFileSync('docs/recipes/platforms.md', 'utf8').matchAll(/^```html\n(.*?)^```$/gms),
  ([, html]) => html,
);

/** A page that shows `RESULT by BACKEND`, as the comment on its last statement says. */
function shown(entry, html, addressOf) {
  const [, expected] = /; \/\/ (.*) by /.exec(html);
  return {
    name: 'page',
    entry: `docs, ${entry}`,
    digest: expected,
    async open(shop, browser) {
      const folder = await shop.project('readme');
      const dist = join(folder, 'node_modules/hopfield-wasm/dist');
      for (const file of ['hopfield.min.js', 'hopfield.global.js']) {
        cpSync(join(dist, file), join(folder, file));
      }
      shop.write(folder, { [`${entry}.html`]: html });
      const text = await bodyText(shop, await addressOf(shop, folder, `${entry}.html`), browser);
      const [digest, backend] = text.trim().split(' by ');
      return { digest, backend };
    },
  };
}

const strict = (script) => ({
  'content-security-policy': `default-src 'none'; script-src 'self' ${script}`,
});

export default inBrowsers([
  served('served, modules', 'modules.html'),
  served('served, hopfield.min.js', 'one-file.html'),
  served('served, classic script', 'script.html'),
  served('module worker', 'module-worker.html'),
  served('classic worker', 'classic-worker.html'),
  served("policy 'wasm-unsafe-eval'", 'modules.html', strict("'wasm-unsafe-eval'")),
  {
    ...served('policy without it', 'modules.html', strict('')),
    backend: 'reference',
    reason: /Content Security Policy|blocked by CSP/,
  },
  {
    name: 'page',
    entry: 'file://, classic script',
    open: async (shop, browser) =>
      visit(shop, pathToFileURL(join(await site(shop), 'script.html')).href, browser),
  },
  shown('served', fromServer, async (shop, folder, page) => `${await shop.serve(folder)}/${page}`),
  shown('file', fromDisk, (shop, folder, page) => pathToFileURL(join(folder, page)).href),
]);
