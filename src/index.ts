/** Hopfield networks with WebAssembly kernels. */
import { installWasm } from './kernels/open.ts';
import { wasmMachine } from './kernels/wasm.ts';

installWasm(wasmMachine);

export * from './models/index.ts';
