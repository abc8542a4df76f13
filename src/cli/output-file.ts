/**
 * Files that are written. The bytes go into a new file beside the old one, which takes its name when it is whole and on
 * the disk: whatever goes wrong before, the old file is as it was. Links are followed and permissions kept. Pipes and
 * devices are written directly, and so is a file in a folder where no new one can be made.
 */

import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type BigIntStats,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from './failure.ts';

/** @throws what the system says when the file cannot be written; it is as before then */
export function writeOutput(path: string, data: string | Uint8Array): void {
  const old = statSync(path, { throwIfNoEntry: false });
  const known = old?.isFile() || old?.isSocket();
  const stream = known ? [1, 2].find((file) => isOpenAs(file, path)) : undefined;
  // Standard output redirected to a file goes on where it stands, and a socket cannot be opened again.
  if (stream !== undefined) return writeFileSync(stream, data);
  if (old && !old.isFile()) return writeFileSync(path, data);
  const place = placeOf(path);
  if (old) accessSync(place, constants.W_OK);
  try {
    replace(place, data, old);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!old || !['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(code)) throw error;
    writeFileSync(place, data);
  }
}

function replace(place: string, data: string | Uint8Array, old: Stats | undefined): void {
  const random = Math.random().toString(36).slice(2, 10);
  const draft = join(dirname(place), `.${basename(place).slice(0, 200)}.${random}.tmp`);
  const file = openSync(draft, 'wx', old ? 0o600 : 0o666);
  try {
    try {
      writeFileSync(file, data);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (old) keepOwner(draft, old);
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Its owner where that is allowed, its permissions always. */
function keepOwner(draft: string, { uid, gid, mode }: Stats): void {
  const made = statSync(draft);
  try {
    if (made.uid !== uid || made.gid !== gid) chownSync(draft, uid, gid);
  } catch {
    // Somebody else's file, in a folder of ours.
  }
  chmodSync(draft, mode & 0o7777);
}

/** Where a path leads, whether or not anything is there. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const place = join(realpathSync(dirname(resolve(path))), basename(path));
  const link = lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink();
  return link ? placeOf(resolve(dirname(place), readlinkSync(place))) : place;
}

function isOpenAs(file: number, path: string): boolean {
  try {
    return same(fstatSync(file, { bigint: true }), statSync(path, { bigint: true }));
  } catch {
    return false;
  }
}

function same(a: BigIntStats, b: BigIntStats): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/**
 * Whether a file can be written is better known before the work than after it.
 *
 * @param inputs - what the command reads, by the names that its user knows them by
 * @throws Failure when it cannot be, or is one of the inputs, under whatever name
 */
export function checkOutput(path: string, inputs: Record<string, string | undefined>): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new Failure(`${path}: is a folder, expected a file to write`);
  checkNoInput(path, inputs);
  accessSync(there ? path : dirname(path), constants.W_OK);
}

/** @throws Failure when a file or folder is one of the inputs */
export function checkNoInput(path: string, inputs: Record<string, string | undefined>): void {
  const there = statSync(path, { bigint: true, throwIfNoEntry: false });
  // A terminal or /dev/null may be both.
  if (there && !there.isFile() && !there.isDirectory()) return;
  for (const [name, input] of Object.entries(inputs)) {
    if (input === undefined) continue;
    const other = statSync(input, { bigint: true, throwIfNoEntry: false });
    if (there && other ? same(there, other) : resolve(path) === resolve(input)) {
      throw new Failure(`${path}: is ${name} itself, expected another place to write to`);
    }
  }
}
