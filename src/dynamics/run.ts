/**
 * One run of a state over a landscape: asynchronous, synchronous or stochastic (Hopfield 1982).
 *
 * A run owns no memory. `resume` lays it out in a block the caller lends, `suspend` copies it out, fields and all, so that a
 * trajectory can be left and taken up again at any time for O(N), and not for what its fields cost.
 */
import type { Address } from '../numbers.ts';
import { padded, rowBytes } from '../kernels/layout.ts';
import { seedGenerator } from '../random.ts';
import type { Landscape, Workspace } from './landscape.ts';
import { checkTemperature, type RecallPlan } from './options.ts';

/** Streams of a recall's seed. */
const ORDER_STREAM = 0;
const HEAT_STREAM = 1;

/** A period of two is noticed at once, longer ones by Brent's method (1980). */
const SNAPSHOTS = 3;

const NO_LIMIT = 0xffffffff;

interface Layout extends Workspace {
  readonly mobile: Address;
  readonly order: Address;
  readonly cursor: Address;
  /** Two generators: one for orders, one for the heat bath. */
  readonly generators: Address;
  readonly snapshots: Address;
}

export class Run {
  /** Sweeps made, and neurons flipped in all and in the last or present sweep. */
  sweeps = 0;
  flips = 0;
  sweepFlips = 0;
  converged = false;
  period: number | undefined;
  done = false;

  readonly #landscape: Landscape;
  readonly #plan: RecallPlan;
  #at!: Layout;
  #mobileCount = 0;
  /** What in the workspace belongs to the state as it is. Sweeps keep up the one of the two that the landscape keeps. */
  #fieldsCurrent = false;
  #overlapsCurrent = false;
  #inSweep = false;
  /** Temperature of the last or present sweep. */
  #t = 0;
  /** For Brent's method: the sweep of the snapshot, and when to take the next. */
  #snapshotSweep = 0;
  #saved: Uint8Array | undefined;

  constructor(landscape: Landscape, plan: RecallPlan) {
    this.#landscape = landscape;
    this.#plan = plan;
  }

  /** Bytes of memory a run needs. */
  static bytes(landscape: Landscape): number {
    const { neurons } = landscape;
    return (
      landscape.workspaceBytes +
      padded(neurons) +
      padded(neurons) * 4 +
      64 +
      SNAPSHOTS * rowBytes(neurons)
    );
  }

  #lay(address: Address): void {
    const { neurons, workspaceBytes } = this.#landscape;
    const mobile = address + Math.ceil(workspaceBytes / 16) * 16;
    const order = mobile + padded(neurons);
    const cursor = order + padded(neurons) * 4;
    const generators = cursor + 16;
    const snapshots = generators + 32;
    const { signs, fields, bits, overlaps, tables } = this.#landscape.workspace(address);
    this.#at = {
      signs,
      fields,
      bits,
      overlaps,
      tables,
      mobile,
      order,
      cursor,
      generators,
      snapshots,
    };
  }

  /** Starts in the state that `read` writes to the address it is given. */
  start(address: Address, seed: number, read: (signs: Address) => void): void {
    this.#lay(address);
    const at = this.#at;
    const { neurons, machine } = this.#landscape;
    read(at.signs);
    const { u8, u32 } = machine.memory.views;
    const { clamp } = this.#plan;
    u8.fill(1, at.mobile, at.mobile + neurons);
    u8.fill(0, at.mobile + neurons, at.order);
    let count = 0;
    const order = at.order >>> 2;
    if (clamp === undefined) {
      count = neurons;
      machine.kernels.countUp(at.order, neurons);
    } else {
      for (let i = 0; i < neurons; i++) {
        if (clamp[i]) u8[at.mobile + i] = 0;
        else u32[order + count++] = i;
      }
    }
    this.#mobileCount = count;
    seedGenerator(u32, at.generators >>> 2, seed, ORDER_STREAM);
    seedGenerator(u32, (at.generators >>> 2) + 4, seed, HEAT_STREAM);
    if (this.#plan.update === 'synchronous') {
      machine.kernels.packSigns(this.#snapshot(0), at.signs, neurons);
      u8.copyWithin(this.#snapshot(1), this.#snapshot(0), this.#snapshot(1));
      u8.copyWithin(this.#snapshot(2), this.#snapshot(0), this.#snapshot(1));
    }
  }

  /** Copies the run out of the memory it was lent. */
  suspend(): void {
    const [workspace, own] = this.#parts();
    this.#saved ??= new Uint8Array(workspace.length + own.length);
    this.#saved.set(workspace);
    this.#saved.set(own, workspace.length);
  }

  /** Goes on in other memory, after `suspend`. */
  resume(address: Address): void {
    this.#lay(address);
    const [workspace, own] = this.#parts();
    workspace.set(this.#saved!.subarray(0, workspace.length));
    own.set(this.#saved!.subarray(workspace.length));
  }

  /** What of its memory is more than scratch. */
  #parts(): [Uint8Array, Uint8Array] {
    const { signs, mobile, snapshots } = this.#at;
    const { keptBytes, neurons, machine } = this.#landscape;
    const { u8 } = machine.memory.views;
    const end = snapshots + SNAPSHOTS * rowBytes(neurons);
    return [u8.subarray(signs, signs + keptBytes), u8.subarray(mobile, end)];
  }

  /** Address of the state, i8[N]. */
  get signs(): number {
    return this.#at.signs;
  }

  /** The neuron that the last visit was of: the one that flipped, after an `advance(1)` that flipped one. */
  get visited(): number {
    const { order, cursor } = this.#at;
    const { u32 } = this.#landscape.machine.memory.views;
    return u32[(order >>> 2) + u32[cursor >>> 2] - 1];
  }

  /** Address of the overlaps with the landscape's patterns; undefined where it is not made of patterns. */
  get overlaps(): number | undefined {
    if (!this.#landscape.hasOverlaps) return undefined;
    if (!this.#overlapsCurrent) this.#landscape.refreshOverlaps(this.#at);
    this.#overlapsCurrent = true;
    return this.#at.overlaps;
  }

  /** The energy of the state. */
  get energy(): number {
    this.#refresh();
    return this.#landscape.energy(this.#at);
  }

  /** Makes one sweep, or goes on with it until `limit` neurons have flipped; sets `done` at the end. */
  advance(limit = NO_LIMIT): void {
    if (this.#plan.update === 'synchronous') this.#step();
    else this.#visit(limit);
    if (!this.#inSweep && this.sweeps >= this.#plan.maxSweeps && !this.done) this.#finish();
  }

  /** Ends the run where it is. */
  stop(): void {
    if (!this.done) this.#finish();
  }

  /** Brings up to date what sweeps start from. */
  #prepare(): void {
    if (!(this.#landscape.keepsFields ? this.#fieldsCurrent : this.#overlapsCurrent)) {
      this.#refresh();
    }
  }

  /** Brings the fields up to date, from overlaps where those are. */
  #refresh(): void {
    if (this.#fieldsCurrent) return;
    if (this.#overlapsCurrent && !this.#landscape.keepsFields) this.#landscape.settle(this.#at);
    else this.#overlapsCurrent = this.#landscape.refresh(this.#at);
    this.#fieldsCurrent = true;
  }

  #movable(): number {
    this.#refresh();
    return this.#landscape.countMovable(this.#at, this.#at.mobile, this.#plan.tie);
  }

  /** One neuron after the other. */
  #visit(limit: number): void {
    const { update, shuffled, temperature, tie } = this.#plan;
    const landscape = this.#landscape;
    const { machine } = landscape;
    const at = this.#at;
    const stochastic = update === 'stochastic';
    const count = this.#mobileCount;
    if (!this.#inSweep) {
      this.sweepFlips = 0;
      // No neuron moves as long as none has: such a sweep is quiet, whatever its order.
      if (!stochastic || temperature === 0) {
        if (this.#movable() === 0) {
          this.sweeps++;
          this.converged = true;
          this.period = 1;
          this.done = true;
          return;
        }
        if (limit === NO_LIMIT && this.#visitUnordered()) return;
      }
      if (stochastic) {
        this.#t =
          typeof temperature === 'number'
            ? temperature
            : checkTemperature(temperature(this.sweeps), this.sweeps);
      }
      if (shuffled) machine.kernels.shuffle(at.order, count, at.generators);
      machine.memory.views.u32[at.cursor >>> 2] = 0;
      this.#inSweep = true;
    }
    this.#prepare();
    const flips =
      this.#t === 0
        ? landscape.sweep(at, at.order, at.cursor, count, limit, tie)
        : landscape.glauber(at, at.order, at.cursor, at.generators + 16, count, limit, this.#t);
    this.#count(flips);
    if (machine.memory.views.u32[at.cursor >>> 2] === count) {
      this.#inSweep = false;
      this.sweeps++;
    }
  }

  /** A whole sweep where the order does not matter, and none will be needed after it; returns whether it was made. */
  #visitUnordered(): boolean {
    const { tie } = this.#plan;
    const flips = this.#landscape.sweepUnordered?.(this.#at, this.#at.mobile, tie) ?? 0;
    if (flips === 0) return false;
    this.#count(flips);
    this.sweeps++;
    return true;
  }

  /** Counts flips of a sweep that is kept up to date with. */
  #count(flips: number): void {
    if (flips === 0) return;
    this.flips += flips;
    this.sweepFlips += flips;
    if (this.#landscape.keepsFields) this.#overlapsCurrent = false;
    else this.#fieldsCurrent = false;
  }

  /** All neurons at once. */
  #step(): void {
    this.#refresh();
    const at = this.#at;
    this.sweepFlips = this.#landscape.flipMovable(at, at.mobile, this.#plan.tie);
    this.flips += this.sweepFlips;
    this.sweeps++;
    if (this.sweepFlips === 0) {
      this.converged = true;
      this.period = 1;
      this.done = true;
      return;
    }
    this.#fieldsCurrent = this.#overlapsCurrent = false;
    this.period = this.#cycle();
    if (this.period !== undefined) this.done = true;
  }

  #snapshot(k: number): Address {
    return this.#at.snapshots + k * rowBytes(this.#landscape.neurons);
  }

  /** The length of the cycle that the state after this sweep closes, if it is known to close one. */
  #cycle(): number | undefined {
    const { neurons, machine } = this.#landscape;
    const { kernels, memory } = machine;
    const bytes = rowBytes(neurons);
    const { bits, signs } = this.#at;
    kernels.packSigns(bits, signs, neurons);
    // Snapshot 0 is the one of Brent's method; 1 and 2 are the last even and the last odd sweep.
    const parity = this.#snapshot(1 + (this.sweeps & 1));
    if (this.sweeps > 1 && kernels.countDifferent(bits, parity, bytes) === 0) return 2;
    if (kernels.countDifferent(bits, this.#snapshot(0), bytes) === 0) {
      return this.sweeps - this.#snapshotSweep;
    }
    memory.views.u8.copyWithin(parity, bits, bits + bytes);
    if (this.sweeps >= 2 * this.#snapshotSweep) {
      memory.views.u8.copyWithin(this.#snapshot(0), bits, bits + bytes);
      this.#snapshotSweep = this.sweeps;
    }
    return undefined;
  }

  /** The last sweep has been made: is this a fixed point? */
  #finish(): void {
    this.done = true;
    this.converged = this.#t === 0 && this.#movable() === 0;
    if (this.converged) this.period = 1;
  }
}
