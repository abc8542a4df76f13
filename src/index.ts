/**
 * Hopfield networks with their kernels.
 *
 * @module hopfield-wasm
 */
export * from './models/index.ts';
