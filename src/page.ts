/** The whole package in one object, for pages that load it as a single file. */
export * from './index.ts';
export * as boltzmann from './boltzmann/index.ts';
export * as file from './file/index.ts';
export * as io from './io/index.ts';
export * as layers from './layers/index.ts';
export * as optimise from './optimise/index.ts';
