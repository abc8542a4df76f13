/** Stores rows in a file of OPFS, recalls, and does so again from the file. */
import { openMemory, type FileHandle } from '../src/file/index.ts';

const NAME = 'opfs.test.rows';

addEventListener('message', async ({ data }) => {
  const { rows, query, options } = data;
  const folder = await navigator.storage.getDirectory();
  const handle = () => folder.getFileHandle(NAME, { create: true }) as Promise<FileHandle>;
  await folder.removeEntry(NAME).catch(() => {});
  const results: unknown[] = [];
  const memory = await openMemory(await handle(), options);
  await memory.store(rows);
  results.push(await memory.recall(query));
  await memory.close();
  const again = await openMemory(await handle());
  results.push(await again.recall(query));
  const count = again.patternCount;
  await again.close();
  const there = (await folder.getFileHandle(NAME)).kind === 'file';
  await folder.removeEntry(NAME);
  postMessage({ results, count, there });
});
