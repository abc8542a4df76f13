/** The only file that knows WebAssembly: compiles each group's module once, makes an instance of it for each memory. */
import { instantiateSync } from '@assemblyscript/loader';
import { LIMIT, type Pages } from '../memory.ts';
import type { Group } from './group.ts';

const PAGE = 65536;

const compiled = /* @__PURE__ */ new WeakMap<object, WebAssembly.Module>();

/**
 * A fresh memory, and what gives a group's kernels on it.
 *
 * @throws when there is no engine or no memory for it
 */
export function openWasm(): { pages: Pages; open: (group: Group<unknown>) => object } {
  if (typeof WebAssembly === 'undefined') throw new Error('the engine has no WebAssembly');
  const memory = new WebAssembly.Memory({ initial: 1 });
  return {
    pages: new WasmPages(memory),
    // The instance's own exports: the loader's wrappers cost more than most kernels.
    open: (group) => instantiateSync(moduleOf(group), { env: { memory } }).instance.exports,
  };
}

/** The group's module, compiled at the first call. @throws when the engine has no SIMD or forbids compiling */
function moduleOf(group: Group<unknown>): WebAssembly.Module {
  const { bytes: hex } = group;
  if (typeof hex !== 'string') return hex as WebAssembly.Module;
  let module = compiled.get(group);
  if (module) return module;
  const bytes = bytesOf(hex);
  try {
    module = new WebAssembly.Module(bytes);
  } catch (error) {
    if (WebAssembly.validate(bytes)) throw error;
    throw new Error('the engine has no WebAssembly SIMD', { cause: error });
  }
  compiled.set(group, module);
  return module;
}

/** Bytes from hexadecimal digits (0 … 9, a … f), by the engine where it can: this runs before anything is compiled. */
function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as { Buffer?: typeof import('node:buffer').Buffer };
  if (Buffer) return Buffer.from(hex, 'hex');
  const array = Uint8Array as { fromHex?: (hex: string) => Uint8Array<ArrayBuffer> };
  if (array.fromHex) return array.fromHex(hex);
  const size = hex.length / 2;
  const digits = new Uint32Array(Math.ceil(size / 2));
  new TextEncoder().encodeInto(hex, new Uint8Array(digits.buffer));
  const pairs = new Uint16Array(digits.length);
  // Four digits at a time.
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
