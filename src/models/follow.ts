/**
 * Follows a walk for the caller of a recall: real energies, states in the network's own values, `onSweep`.
 *
 * Callbacks and the pauses of a trajectory let callers at the network in the middle of a walk. Using it is
 * fine; once it has been changed, the walk is over the wrong landscape and ends with an error.
 */
import type { Landscape } from '../dynamics/landscape.ts';
import type { RecallPlan } from '../dynamics/options.ts';
import { Walk } from '../dynamics/walk.ts';
import { signsOut } from '../patterns/pattern-store.ts';
import type { TrajectoryStep } from './results.ts';

/** What a walk is followed in. */
export interface Setting {
  readonly landscape: Landscape;
  /** The lower of the two values of a state. */
  readonly low: -1 | 0;
  /** Throws when the network has been changed since. */
  readonly check: () => void;
}

/** Walks to the end. */
export function follow(walk: Walk, plan: RecallPlan, setting: Setting): void {
  while (!walk.done) {
    walk.advance();
    setting.check();
    report(walk, plan, setting);
  }
}

/** The steps of a walk that is suspended at its start: the cue, then after each sweep or flip. */
export function* steps(
  walk: Walk,
  plan: RecallPlan,
  every: 'sweep' | 'flip',
  setting: Setting,
): Generator<TrajectoryStep> {
  const { landscape, check } = setting;
  const snapshot = (flips: number): TrajectoryStep => ({
    state: stateOf(walk, setting),
    energy: walk.energy,
    flips,
    sweep: walk.sweeps,
  });
  const resumed = <T>(work: () => T): T => {
    check();
    return landscape.machine.memory.scope((take) => {
      walk.resume(take(Walk.bytes(landscape)));
      const result = work();
      walk.suspend();
      return result;
    });
  };
  yield resumed(() => snapshot(0));
  while (!walk.done) {
    const step = resumed(() => {
      const before = { sweeps: walk.sweeps, flips: walk.flips };
      walk.advance(every === 'flip' ? 1 : undefined);
      check();
      if (walk.sweeps > before.sweeps) report(walk, plan, setting);
      const flips = walk.flips - before.flips;
      return every === 'sweep' || flips > 0 ? snapshot(flips) : undefined;
    });
    if (step) yield step;
  }
}

/** A copy of the state a walk is in. */
export function stateOf(walk: Walk, { landscape, low }: Setting): Int8Array {
  const { machine, neurons } = landscape;
  return signsOut(machine.memory.views.i8, walk.signs, neurons, low);
}

/** Tells `onSweep` of the sweep just made; the walk ends when it answers false. */
function report(walk: Walk, { onSweep }: RecallPlan, { check }: Setting): void {
  if (!onSweep) return;
  const answer = onSweep({
    sweep: walk.sweeps,
    flips: walk.sweepFlips,
    energy: walk.energy,
  });
  check();
  if (answer === false) walk.stop();
}
