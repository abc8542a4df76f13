/** Hopfield networks with their kernels. */
export * from './models/index.ts';
