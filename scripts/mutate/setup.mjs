// Runs before each test file of `npm run mutate`: no shrinking, and the blocks that ran are noted where blocks are marked.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';

fc.configureGlobal({ endOnFailure: true });
globalThis.hopfieldHits = new Uint8Array(1 << 16);

afterAll(() => {
  const { MUTATE_HITS: folder } = process.env;
  if (!folder) return;
  const blocks = [...globalThis.hopfieldHits.keys()].filter((k) => globalThis.hopfieldHits[k]);
  if (blocks.length === 0) return;
  const { testPath } = expect.getState();
  const name = testPath.replaceAll(/[^\w.-]/g, '_');
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ testPath, blocks }));
});
