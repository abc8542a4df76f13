/** The same models on the TypeScript kernels alone: no WebAssembly in the bundle, the same results. */
export * from './models/index.ts';
