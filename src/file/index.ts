/**
 * Memories in files, larger than what memory holds (`hopfield-wasm/file`).
 *
 * @module hopfield-wasm/file
 */
import { checkOptions, describe } from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import { planModern, type ModernOptions, type ModernPlan } from '../models/modern/options.ts';
import { BlobStorage } from './blob-storage.ts';
import { FileMemory } from './file-memory.ts';
import { checkValueDimension } from './format.ts';
import { Log } from './log.ts';
import { openFile } from './node-storage.ts';

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
 * @param path - of the file, in Node; or a Blob with what is in one, anywhere, which can only be read. A File of OPFS is one
 * @param options - see there for defaults
 * @throws TypeError, RangeError for bad options, or others than the file's; Error when it is no such file, is damaged, or
 *   cannot be opened
 */
export async function openMemory(
  path: string | Blob,
  options: OpenOptions = {},
): Promise<FileMemory> {
  if (!isBlob(path) && (typeof path !== 'string' || path === '')) {
    throw new TypeError(`path is ${describe(path)}, expected the name of a file, or a Blob`);
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
  const there = isBlob(path) ? new BlobStorage(path) : await openFile(path, false);
  if (there === undefined && dimension === undefined) {
    throw new Error(`there is no file ${path as string}, and no dimension is given to make one`);
  }
  if (there === undefined) {
    const network = planModern(dimension!, rest);
    const made = (await openFile(path as string, true))!;
    const plan = { network, valueDimension, codes: rest.codes };
    return new FileMemory(await Log.create(made, plan), network, backend);
  }
  try {
    const log = await Log.open(there);
    return new FileMemory(log, planOf(log, options), backend);
  } catch (error) {
    await there.close();
    throw error;
  }
}

function isBlob(given: unknown): given is Blob {
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
export type { ApartRecallOptions } from '../models/modern/apart.ts';
