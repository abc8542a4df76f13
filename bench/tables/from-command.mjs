/** Runs a table whose file was called as a command, with `--seeds`, `--time` and `--folder`. */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * @param {string} url the file's import.meta.url
 * @param {(options: { seeds?: number, time?: number, folder?: string }) => Promise<unknown>} table
 */
export async function fromCommand(url, table) {
  const called = process.argv[1];
  if (called === undefined || url !== pathToFileURL(called).href) return;
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, time: { type: 'string' }, folder: { type: 'string' } },
  });
  const { folder, ...numbers } = values;
  const given = Object.entries(numbers).map(([name, value]) => [name, Number(value)]);
  await table({ ...Object.fromEntries(given), ...(folder !== undefined && { folder }) });
}
