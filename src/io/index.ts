/**
 * The entry `hopfield-wasm/io`: patterns, pictures, arrays and couplings from files and back.
 *
 * Every reader stands alone, so that a page ships the decoders it uses; `readPatterns` uses all.
 *
 * @module hopfield-wasm/io
 */

export type { PatternSet } from './pattern-set.ts';
export type { PatternOptions } from './pattern-values.ts';
export { readPatterns } from './read-patterns.ts';
export { readGrid, writeGrid } from './grid.ts';
export { readCsv, writeCsv } from './csv.ts';
export type { NumberArray } from './number-array.ts';
export { readNpy, writeNpy } from './npy.ts';
export { readNpz, writeNpz } from './npz.ts';
export { readIdx } from './idx.ts';
export { readNpyPatterns, writeNpyPatterns } from './npy-patterns.ts';
export { readNpyCouplings, writeNpyCouplings } from './npy-couplings.ts';
export { readPng, writePng } from './png.ts';
export { writePbm } from './netpbm.ts';
export { readImageData, type ImageDataLike } from './image-data.ts';
export type { Picture } from './picture-values.ts';
export { readPicture, writePgm, writePicture } from './picture.ts';
export { resize } from './resize.ts';
export { binarise, otsuThreshold, type Threshold } from './binarise.ts';
