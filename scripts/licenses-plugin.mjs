// A bundler plugin: writes the licences of the libraries that went into the bundle next to it, and the notices
// of files that are under another (jpeg-js is under BSD, the decoder that it started from under Apache 2.0).
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// The licence alone, as it is in the package of TypeScript.
const APACHE = new URL('../node_modules/typescript/LICENSE.txt', import.meta.url);

export function licenses(fileName) {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}));
      const folders = new Map();
      for (const id of modules) {
        const folder = /.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0];
        if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), id]);
      }
      const texts = [...folders.keys()].toSorted().map((folder) => {
        return license(folder) + notices(folders.get(folder));
      });
      // Once for all that is under it.
      const apache = texts.some((text) => /Apache[- ](License|2\.0)/.test(text));
      if (apache) texts.push(readFileSync(APACHE, 'utf8'));
      this.emitFile({ type: 'asset', fileName, source: texts.join('\n') });
    },
  };
}

function license(folder) {
  const { name, version, ...rest } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const below = rest.license === 'Apache-2.0' ? 'Its licence stands below.\n' : undefined;
  if (file === undefined && below === undefined) {
    throw new Error(`${name} is bundled, and has no text of its licence`);
  }
  const text = file === undefined ? below : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${rest.license})\n\n${text}\n`;
}

/** Comments at the top of files that name the Apache licence. */
function notices(files) {
  const found = files.flatMap((id) => {
    const path = id.replace(/^\0|\?.*$/g, '');
    const head = readFileSync(path, 'utf8').slice(0, 4000);
    return head.match(/\/\*(?:(?!\*\/)[^])*Apache License(?:(?!\*\/)[^])*\*\//g) ?? [];
  });
  return found.length === 0 ? '' : `${[...new Set(found)].join('\n\n')}\n`;
}
