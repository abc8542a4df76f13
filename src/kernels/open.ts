/** Opens a backend: kernels and the memory they work on. Models never ask which one they got. */
import { BufferPages, Memory } from '../memory.ts';
import type { Group, KernelsOf } from './group.ts';
import { openWasm } from './wasm.ts';

/** `'auto'` takes WebAssembly where it runs and the reference elsewhere; the results are the same. */
export type Backend = 'auto' | 'wasm' | 'reference';

/** Kernels with a memory of their own. */
export interface Machine<K> {
  readonly kernels: K;
  readonly memory: Memory;
  readonly backend: 'wasm' | 'reference';
  /** Why the reference stands in for WebAssembly, when `'auto'` had to fall back. */
  readonly reason: string | undefined;
}

/**
 * A fresh memory with the kernels of the groups given.
 *
 * @throws TypeError when `backend` is not one of the three
 * @throws Error when `'wasm'` was asked for and cannot run; its cause says why
 */
export function openMachine<const G extends readonly Group<unknown>[]>(
  backend: Backend,
  groups: G,
): Machine<KernelsOf<G>> {
  if (backend !== 'auto' && backend !== 'wasm' && backend !== 'reference') {
    throw new TypeError(`backend is ${String(backend)}, expected 'auto', 'wasm' or 'reference'`);
  }
  let reason: string | undefined;
  if (backend !== 'reference') {
    try {
      const { pages, kernels } = openWasm(groups);
      const memory = new Memory(pages);
      return { kernels: kernels as KernelsOf<G>, memory, backend: 'wasm', reason };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      if (backend === 'wasm') throw new Error(`no WebAssembly: ${reason}`, { cause: error });
    }
  }
  const memory = new Memory(new BufferPages());
  return { kernels: bindTwins(groups, memory), memory, backend: 'reference', reason };
}

function bindTwins<G extends readonly Group<unknown>[]>(groups: G, memory: Memory): KernelsOf<G> {
  const kernels: Record<string, unknown> = {};
  for (const { twins } of groups) {
    for (const [name, twin] of Object.entries<Function>(twins)) {
      kernels[name] = twin.bind(null, memory.views);
    }
  }
  return kernels as KernelsOf<G>;
}
