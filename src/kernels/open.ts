/** Opens a backend: kernels and the memory they work on. Models never ask which one they got. */
import { LIMIT, Memory, type Pages } from '../memory.ts';
import type { Kernels } from './abi.ts';
import { referenceKernels } from './reference/index.ts';

/** `'auto'` takes WebAssembly where it runs and the reference elsewhere; the results are the same. */
export type Backend = 'auto' | 'wasm' | 'reference';

/** Kernels with a memory of their own. */
export interface Machine {
  readonly kernels: Kernels;
  readonly memory: Memory;
  readonly backend: 'wasm' | 'reference';
  /** Why the reference stands in for WebAssembly, when `'auto'` had to fall back. */
  readonly reason: string | undefined;
}

let openWasm: (() => Machine) | undefined;

/** Makes the WebAssembly backend known; the main entry does, the reference entry does not. */
export function installWasm(open: () => Machine): void {
  openWasm = open;
}

class BufferPages implements Pages {
  buffer = new ArrayBuffer(65536);

  grow(bytes: number): void {
    // Half as much again, so that growing step by step copies each byte only a few times.
    const size = Math.min(LIMIT, Math.max(bytes, Math.ceil(this.buffer.byteLength * 1.5)));
    let larger: ArrayBuffer;
    try {
      larger = new ArrayBuffer(Math.ceil(size / 65536) * 65536);
    } catch {
      throw new RangeError(`the engine would not allocate ${bytes} bytes of memory`);
    }
    new Uint8Array(larger).set(new Uint8Array(this.buffer));
    this.buffer = larger;
  }
}

function referenceMachine(reason: string | undefined): Machine {
  const memory = new Memory(new BufferPages());
  return { kernels: referenceKernels(memory), memory, backend: 'reference', reason };
}

/**
 * A fresh machine.
 *
 * @throws TypeError when `backend` is not one of the three
 * @throws Error when `'wasm'` was asked for and cannot run; its cause says why
 */
export function openMachine(backend: Backend): Machine {
  if (backend === 'reference') return referenceMachine(undefined);
  if (backend !== 'auto' && backend !== 'wasm') {
    throw new TypeError(`backend is ${String(backend)}, expected 'auto', 'wasm' or 'reference'`);
  }
  try {
    if (!openWasm) throw new Error('hopfield-wasm/reference has no WebAssembly kernels');
    return openWasm();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (backend === 'wasm') throw new Error(`no WebAssembly: ${reason}`, { cause: error });
    return referenceMachine(reason);
  }
}
