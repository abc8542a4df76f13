// The table of what was tried, for docs/recipes/platforms.md.

/** What stands between these two is written by `npm run consumers -- --docs`. */
const TABLE = /(?<=<!-- npm run consumers -- --docs -->\n)[^]*(?=<!-- end -->)/;

/**
 * A page with the table of these rows, a line for each consumer.
 *
 * @param {string} page
 * @param {Array<{ name: string, version: string, entry: string, backend: string }>} rows all of which passed
 * @param {{ golden: string, pool: string }} digests
 */
export function withTable(page, rows, { golden, pool }) {
  const lines = [...new Set(rows.map(({ name }) => name))].map((name) => {
    const own = rows.filter((row) => row.name === name);
    const list = (key) => [...new Set(own.map((row) => row[key]))].join('; ');
    return `| ${name} | ${list('version')} | ${list('entry')} | ${list('backend')} |`;
  });
  const text = [
    '',
    '| where | versions | how | backend |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
    `${rows.length} ways on ${new Date().toISOString().slice(0, 10)}. The digest of results of every model was ${golden} in all ` +
      `of them, that of pools of workers ${pool}.`,
    '',
    '',
  ].join('\n');
  return page.replace(TABLE, () => text);
}
