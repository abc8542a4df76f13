/** Opens a backend: kernels and the memory they work on. Models never ask which one they got. */
import { BufferPages, Memory, type Pages } from '../memory.ts';
import type { Group, KernelsOf } from './group.ts';
import { openWasm } from './wasm.ts';

/** `'auto'` takes WebAssembly where it runs and the reference elsewhere; the results are the same. */
export type Backend = 'auto' | 'wasm' | 'reference';

/** Gives a group's kernels on a memory. */
type Opener = (group: Group<unknown>, memory: Memory) => object;

/** Kernels with a memory of their own. */
export class Machine<K> {
  readonly kernels = {} as K;
  readonly memory: Memory;
  readonly backend: 'wasm' | 'reference';
  /** Why the reference stands in for WebAssembly, when `'auto'` had to fall back. */
  readonly reason: string | undefined;
  readonly #open: Opener;
  readonly #groups = new Set<object>();

  constructor(
    pages: Pages,
    backend: 'wasm' | 'reference',
    reason: string | undefined,
    open: Opener,
  ) {
    this.memory = new Memory(pages);
    this.backend = backend;
    this.reason = reason;
    this.#open = open;
  }

  /** This machine, with the kernels of one more group: for what only some of its users need. */
  with<G>(group: Group<G>): Machine<K & G> {
    if (!this.#groups.has(group)) {
      Object.assign(this.kernels as object, this.#open(group, this.memory));
      this.#groups.add(group);
    }
    return this as unknown as Machine<K & G>;
  }
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
      const { pages, open } = openWasm();
      return withAll(new Machine(pages, 'wasm', undefined, open), groups);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      if (backend === 'wasm') throw new Error(`no WebAssembly: ${reason}`, { cause: error });
    }
  }
  return withAll(new Machine(new BufferPages(), 'reference', reason, bindTwins), groups);
}

function withAll<G extends readonly Group<unknown>[]>(
  machine: Machine<unknown>,
  groups: G,
): Machine<KernelsOf<G>> {
  for (const group of groups) machine.with(group);
  return machine as Machine<KernelsOf<G>>;
}

function bindTwins({ twins }: Group<unknown>, memory: Memory): object {
  return Object.fromEntries(
    Object.entries<Function>(twins).map(([name, twin]) => [name, twin.bind(null, memory.views)]),
  );
}
