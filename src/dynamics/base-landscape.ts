/** What all landscapes of spins share: where a run has its arrays, and overlaps with stored patterns. */
import type { Address } from '../numbers.ts';
import { overlapBytes, padded, rowBytes } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import type { Workspace } from './landscape.ts';

export abstract class BaseLandscape<Group extends PatternGroup> {
  readonly machine: Machine<Group>;
  readonly neurons: number;
  protected readonly patterns: PatternStore | undefined;
  readonly #fieldBytes: number;

  /** @param fieldBytes - bytes of a neuron's integer field: 4, or 0 where a run needs none */
  constructor(
    machine: Machine<Group>,
    neurons: number,
    patterns: PatternStore | undefined,
    fieldBytes: 0 | 4,
  ) {
    this.machine = machine;
    this.neurons = neurons;
    this.patterns = patterns;
    this.#fieldBytes = fieldBytes;
  }

  /** Bytes of a workspace's `tables`. */
  protected abstract readonly scratchBytes: number;

  get workspaceBytes(): number {
    return this.#layOut(0).tables + this.scratchBytes;
  }

  get keptBytes(): number {
    return this.#layOut(0).tables;
  }

  workspace(address: Address): Workspace {
    const at = this.#layOut(address);
    this.machine.memory.views.i8.fill(0, address + this.neurons, at.fields);
    return at;
  }

  #layOut(signs: Address): Workspace {
    const fields = signs + padded(this.neurons);
    const bits = fields + padded(this.neurons) * this.#fieldBytes;
    const overlaps = bits + rowBytes(this.neurons);
    const tables = overlaps + overlapBytes(this.patterns?.count ?? 0);
    return { signs, fields, bits, overlaps, tables };
  }

  get hasOverlaps(): boolean {
    return this.patterns !== undefined;
  }

  refreshOverlaps({ bits, signs, overlaps }: Workspace): void {
    this.machine.kernels.packSigns(bits, signs, this.neurons);
    this.patterns!.overlaps(overlaps, bits);
  }
}
