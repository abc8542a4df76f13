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
  const bytes = bytesOf(kernelsHex);
  if (!WebAssembly.validate(bytes)) throw new Error('the engine has no WebAssembly SIMD');
  compiled = new WebAssembly.Module(bytes);
  return compiled;
}

/** Bytes from hexadecimal digits (0 … 9, a … f), four digits at a time: this loop runs before anything is compiled. */
function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const size = hex.length / 2;
  const digits = new Uint32Array(Math.ceil(size / 2));
  new TextEncoder().encodeInto(hex, new Uint8Array(digits.buffer));
  const pairs = new Uint16Array(digits.length);
  for (let i = 0; i < pairs.length; i++) {
    const d = digits[i];
    // Bit 6 of its character makes a digit a letter, which is worth 9 more than its low bits.
    const values = (d & 0x0f0f0f0f) + 9 * ((d >>> 6) & 0x01010101);
    const joined = (values << 4) | (values >>> 8);
    pairs[i] = (joined & 0xff) | ((joined >>> 8) & 0xff00);
  }
  return new Uint8Array(pairs.buffer, 0, size);
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
