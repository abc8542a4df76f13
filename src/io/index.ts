/** The entry `hopfield-wasm/io`: patterns and couplings as grid text, `.npy` arrays and PNG pictures. */

export type { PatternSet } from './pattern-set.ts';
export { readGrid, writeGrid } from './grid.ts';
export { readNpy, type NpyArray } from './npy.ts';
export { readNpyPatterns, writeNpyPatterns } from './npy-patterns.ts';
export { readNpyCouplings, writeNpyCouplings } from './npy-couplings.ts';
export { readPng, writePng } from './png.ts';
