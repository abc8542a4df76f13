// A bundler plugin: writes the licences of the libraries that went into the bundle next to it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export function licenses(fileName) {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}));
      const folders = modules.flatMap(
        (id) => /.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? [],
      );
      const source = [...new Set(folders)].toSorted().map(license).join('\n');
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

function license(folder) {
  const { name, version, ...rest } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${rest.license})\n\n${text}\n`;
}
