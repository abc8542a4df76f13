/** What a state runs over: an energy that it can ask for, and neurons that want to move. */
import type { Address } from '../numbers.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';

/** Addresses of what one run over a landscape needs. */
export interface Workspace {
  /** The state, i8[padded]. */
  readonly signs: Address;
  /** Integer fields, i32[padded]; up to date only where a method says so. */
  readonly fields: Address;
  /** The state's row of bits. */
  readonly bits: Address;
  /** Overlaps with the landscape's patterns. */
  readonly overlaps: Address;
  /** Scratch. */
  readonly tables: Address;
}

export interface Landscape {
  readonly machine: Machine<PatternGroup>;
  readonly neurons: number;
  /** Bytes of a workspace. */
  readonly workspaceBytes: number;
  /** So many of them, from the first on, are of the state; the others are scratch of one call. */
  readonly keptBytes: number;
  /** Whether it is made of patterns, so that it can tell a state's overlaps with them. */
  readonly hasOverlaps: boolean;
  /** Whether fields, and not overlaps, are what a sweep keeps up to date. */
  readonly keepsFields: boolean;

  /** Lays a workspace out at `address`. */
  workspace(address: Address): Workspace;
  /** Makes everything from nothing but the state; returns whether overlaps were computed on the way. */
  refresh(at: Workspace): boolean;
  /** Computes the overlaps with the landscape's patterns, of which there must be some. */
  refreshOverlaps(at: Workspace): void;
  /** Brings the rest in line with what sweeps keep up to date. */
  settle(at: Workspace): void;

  // What follows needs a workspace that is up to date.

  /** The energy of the state, in the scale of the model. */
  energy(at: Workspace): number;
  /** h_i = ½(E(s_i = −1) − E(s_i = +1)) for classical and simplicial networks, without the ½ for dense ones. */
  realFields(at: Workspace): Float64Array;
  /** How many mobile neurons would move; with `tie` = 1 a field of zero is positive. */
  countMovable(at: Workspace, mobile: number, tie: number): number;
  /** Moves them all at once; returns how many. Nothing is brought up to date. */
  flipMovable(at: Workspace, mobile: number, tie: number): number;
  /**
   * A sweep without an order, where any comes to the same and all neurons rest afterwards; returns how many moved, 0 when
   * it has to be made in order. Fields are kept up to date. Not for all landscapes.
   */
  sweepUnordered?(at: Workspace, mobile: number, tie: number): number;
  /** Visits neurons in order, from the cursor on, and flips those that want to; at most `limit` flips. */
  sweep(
    at: Workspace,
    order: number,
    cursor: number,
    count: number,
    limit: number,
    tie: number,
  ): number;
  /** The same by chance, in heat of the temperature given, above 0. */
  glauber(
    at: Workspace,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    temperature: number,
  ): number;
}
