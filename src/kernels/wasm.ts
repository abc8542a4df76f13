/** The only file that knows WebAssembly: compiles the inlined module once, makes an instance a memory. */
import { instantiateSync } from '@assemblyscript/loader';
import { LIMIT, Memory, type Pages } from '../memory.ts';
import type { Kernels } from './abi.ts';
import type { Machine } from './open.ts';
import { kernelsHex } from './wasm-bytes.ts';

const PAGE = 65536;

let compiled: WebAssembly.Module | undefined;

/** The module, compiled at the first call. @throws when the engine has no SIMD or forbids compiling. */
function kernelsModule(): WebAssembly.Module {
  if (compiled) return compiled;
  if (typeof WebAssembly === 'undefined') throw new Error('the engine has no WebAssembly');
  const bytes = new Uint8Array(kernelsHex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] =
      (nibble(kernelsHex.charCodeAt(2 * i)) << 4) | nibble(kernelsHex.charCodeAt(2 * i + 1));
  }
  if (!WebAssembly.validate(bytes)) throw new Error('the engine has no WebAssembly SIMD');
  compiled = new WebAssembly.Module(bytes);
  return compiled;
}

/** The value of a digit 0 … 9, a … f. */
function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

class WasmPages implements Pages {
  readonly #memory: WebAssembly.Memory;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer as ArrayBuffer;
  }

  grow(bytes: number): void {
    const missing = Math.ceil((bytes - this.buffer.byteLength) / PAGE);
    try {
      this.#memory.grow(missing);
    } catch {
      throw new RangeError(
        `the engine would not grow the linear memory to ${bytes} bytes (the limit is ${LIMIT})`,
      );
    }
  }
}

/** A fresh memory with the WebAssembly kernels. @throws when there is no engine or no memory for it. */
export function wasmMachine(): Machine {
  // The instance's own exports: the loader's wrappers cost more than most kernels.
  const { exports } = instantiateSync(kernelsModule(), {}).instance;
  const memory = new Memory(new WasmPages(exports.memory as WebAssembly.Memory));
  return { kernels: exports as unknown as Kernels, memory, backend: 'wasm', reason: undefined };
}
