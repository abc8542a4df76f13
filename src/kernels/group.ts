/** A group of kernels: what one model, or a few alike, run on; the unit in which kernels are shipped. */
import type { Views } from '../memory.ts';

/** Kernels in plain TypeScript, before they are bound to a memory. */
export type Twins<K> = {
  [N in keyof K]: K[N] extends (...args: infer A) => infer R
    ? (m: Views, ...args: A extends number[] ? A : never) => R
    : never;
};

export interface Group<K> {
  /**
   * The module: its bytes in hexadecimal, or compiled (a WebAssembly.Module, a name that not every project's `lib`
   * knows) where an engine takes nothing else; empty where none is built in.
   */
  readonly bytes: string | object;
  readonly twins: Twins<K>;
}

/** The kernels of all groups in a list. */
export type KernelsOf<G> = G extends readonly [Group<infer K>, ...infer Rest]
  ? K & KernelsOf<Rest>
  : unknown;
