/**
 * Follows a run for the caller of a recall: real energies, states in the network's own values, `onSweep`.
 *
 * Callbacks and the pauses of a trajectory let callers at the network in the middle of a run. Using it is
 * fine; once it has been changed, the run is over the wrong landscape and ends with an error.
 */
import type { Landscape } from '../dynamics/landscape.ts';
import type { RecallPlan } from '../dynamics/options.ts';
import { Run } from '../dynamics/run.ts';
import { signsOut, type PatternStore } from '../patterns/pattern-store.ts';
import type { TrajectoryStep } from './results.ts';

/** What a run is followed in. */
export interface Followed {
  readonly landscape: Landscape;
  /** What its states are matched with. */
  readonly patterns: PatternStore;
  /** The lower of the two values of a state. */
  readonly low: -1 | 0;
  /** Throws when the network has been changed since. */
  readonly check: () => void;
}

/** Walks to the end. */
export function follow(run: Run, plan: RecallPlan, setting: Followed): void {
  while (!run.done) {
    run.advance();
    setting.check();
    report(run, plan, setting);
  }
}

/** The steps of a run that is suspended at its start: the cue, then after each sweep or flip. */
export function* steps(
  run: Run,
  plan: RecallPlan,
  every: 'sweep' | 'flip',
  setting: Followed,
): Generator<TrajectoryStep> {
  const { landscape, check } = setting;
  const snapshot = (flips: number): TrajectoryStep => ({
    state: stateOf(run, setting),
    energy: run.energy,
    flips,
    sweep: run.sweeps,
    ...(every === 'flip' && flips > 0 ? { neuron: run.visited } : {}),
  });
  const resumed = <T>(work: () => T): T => {
    check();
    return landscape.machine.memory.scope((take) => {
      run.resume(take(Run.bytes(landscape)));
      const result = work();
      run.suspend();
      return result;
    });
  };
  yield resumed(() => snapshot(0));
  while (!run.done) {
    const step = resumed(() => {
      const before = { sweeps: run.sweeps, flips: run.flips };
      run.advance(every === 'flip' ? 1 : undefined);
      check();
      if (run.sweeps > before.sweeps) report(run, plan, setting);
      const flips = run.flips - before.flips;
      return every === 'sweep' || flips > 0 ? snapshot(flips) : undefined;
    });
    if (step) yield step;
  }
}

/** A copy of the state a run is in. */
export function stateOf(run: Run, { landscape, low }: Followed): Int8Array {
  const { machine, neurons } = landscape;
  return signsOut(machine.memory.views.i8, run.signs, neurons, low);
}

/** Tells `onSweep` of the sweep just made; the run ends when it answers false. */
function report(run: Run, { onSweep }: RecallPlan, { check }: Followed): void {
  if (!onSweep) return;
  const answer = onSweep({
    sweep: run.sweeps,
    flips: run.sweepFlips,
    energy: run.energy,
  });
  check();
  if (answer === false) run.stop();
}
