/**
 * Memories in files, larger than what memory holds (`hopfield-wasm/file`).
 *
 * @module hopfield-wasm/file
 */
import { checkOptions, describe } from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import { planModern, type ModernOptions, type ModernPlan } from '../models/modern/options.ts';
import { type BlobLike, BlobStorage } from './blob-storage.ts';
import { FileMemory } from './file-memory.ts';
import { checkValueDimension } from './format.ts';
import { Log, type Storage } from './log.ts';
import { openFile } from './node-storage.ts';
import { isFileHandle, openHandle, type FileHandle } from './opfs-storage.ts';

/** What a memory in a file is to be. */
export interface OpenOptions extends Pick<ModernOptions, 'beta' | 'similarity' | 'nothing'> {
  /** d, from 1 to 65,536: needed where there is no file yet, and to be that of the file where there is one. */
  dimension?: number;
  /** v, the dimension of the values, likewise; default none. */
  valueDimension?: number;
  /**
   * `'int8'`: codes of one byte a number in the file, d + 16 bytes a vector, as `ModernHopfieldNetwork` has them. A recall then
   * reads the codes and those vectors that can have a weight. Likewise: a file without gets none. Default none.
   */
  codes?: 'int8';
  /** As for `ModernHopfieldNetwork`. */
  backend?: Backend;
}

/**
 * Opens the memory in a file, or makes one.
 *
 * ```ts
 * await using memory = await openMemory('notes.rows', { dimension: 384, similarity: 'cosine', beta: 100 });
 * await memory.store(embeddings, { labels });
 * const { match } = await memory.recall(query);
 * ```
 *
 * A file says of itself what it is: `beta` and `nothing` may be others as long as it is open, the rest not. What an
 * interrupted `store` left behind is not there.
 *
 * @param path - of the file, in Node; the handle of a file in a browser's own file system (OPFS), in a worker, which nobody
 *   else can open until the memory is closed; or a Blob with what is in one, anywhere, which can only be read
 * @param options - see there for defaults
 * @throws TypeError, RangeError for bad options, or others than the file's; Error when it is no such file, is damaged, or
 *   cannot be opened
 */
export async function openMemory(
  path: string | BlobLike | FileHandle,
  options: OpenOptions = {},
): Promise<FileMemory> {
  const named = typeof path === 'string' && path !== '';
  if (!named && !isBlob(path) && !isFileHandle(path)) {
    throw new TypeError(
      `path is ${describe(path)}, expected the name of a file, the handle of one of OPFS, or a Blob`,
    );
  }
  checkOptions(options, 'options of openMemory', [
    'dimension',
    'valueDimension',
    'beta',
    'similarity',
    'nothing',
    'codes',
    'backend',
  ]);
  const { dimension, valueDimension, backend = 'auto', ...rest } = options;
  checkValueDimension(valueDimension);
  /** A new file; `make` gives what is to hold it. */
  const create = async (make: () => Promise<Storage>) => {
    if (dimension === undefined) {
      const what = named ? `is no file ${path}` : 'is nothing in the file';
      throw new Error(`there ${what}, and no dimension is given to make one`);
    }
    const network = planModern(dimension, rest);
    const plan = { network, valueDimension, codes: rest.codes };
    return new FileMemory(await Log.create(await make(), plan), network, backend);
  };
  const there = await storageOf(path);
  if (there === undefined) return create(async () => (await openFile(path as string, true))!);
  try {
    // Asking for the handle of a file makes an empty one.
    if (isFileHandle(path) && (await there.size()) === 0) return await create(async () => there);
    const log = await Log.open(there);
    return new FileMemory(log, planOf(log, options), backend);
  } catch (error) {
    await there.close();
    throw error;
  }
}

/** Undefined where there is no such file. */
async function storageOf(path: string | BlobLike | FileHandle): Promise<Storage | undefined> {
  if (typeof path === 'string') return openFile(path, false);
  return isBlob(path) ? new BlobStorage(path) : openHandle(path);
}

function isBlob(given: unknown): given is BlobLike {
  return typeof Blob === 'function' && given instanceof Blob;
}

/** What the file says, and β and nothing as they are asked for. @throws RangeError for anything else that differs */
function planOf(log: Log, options: OpenOptions): ModernPlan {
  const { network, valueDimension, codes } = log.plan;
  const said = { ...network, valueDimension, codes };
  for (const key of ['dimension', 'valueDimension', 'similarity', 'codes'] as const) {
    if (options[key] === undefined || options[key] === said[key]) continue;
    throw new RangeError(
      `${key} is ${describe(options[key])}, expected ${describe(said[key])}, the file's`,
    );
  }
  const { dimension, separation, ...own } = network;
  const { beta = own.beta, nothing = own.nothing } = options;
  return planModern(dimension, { ...own, separation, beta, nothing });
}

export type { FileMemory } from './file-memory.ts';
export type { FileHandle, SyncAccess } from './opfs-storage.ts';
export type { ApartRecallOptions } from '../models/modern/apart.ts';
