/**
 * Built-in experiments. One is a file with a `builtIn({ … })`, and a line in table.ts: from its settings the function, its
 * checks and the options of the command line follow.
 */
import { checkOptions } from '../checks.ts';
import { EXTENT, makeExperiment, planExtent } from './define.ts';
import type { Definition, Experiment, Extent } from './experiment.ts';
import type { TrialFunction, Work } from './executor.ts';
import { completeSettings, type Complete, type Given, type SettingTable } from './settings.ts';

/** What makes a built-in experiment. */
export interface ExperimentKind<
  T extends SettingTable,
  Point extends object,
  Result,
  Summary extends object,
> extends Required<Omit<Definition<Point, Result, Summary>, 'points'>> {
  /** What it asks, as the list of experiments has it. */
  readonly question: string;
  readonly settings: T;
  /** Networks a point, when nobody says. */
  readonly usualTrials: number;
  /** By settings, in the order in which they are run. @throws RangeError for settings that contradict each other */
  readonly points: (settings: Complete<T>) => readonly Point[];
  readonly trial: TrialFunction<Point, Result>;
}

/** An experiment by its settings, `kind` being all that it is made of. */
export interface BuiltIn<
  T extends SettingTable,
  Point extends object,
  Result,
  Summary extends object,
> {
  (options?: Given<T> & Extent): Experiment<Point, Result, Summary>;
  readonly kind: ExperimentKind<T, Point, Result, Summary>;
}

export function builtIn<
  T extends SettingTable,
  Point extends object,
  Result,
  Summary extends object,
>(kind: ExperimentKind<T, Point, Result, Summary>): BuiltIn<T, Point, Result, Summary> {
  const { name, settings, summarise, precision, figures, usualTrials } = kind;
  const make = (options: Given<T> & Extent = {}) => {
    checkOptions(options, `${name} options`, [...Object.keys(settings), ...EXTENT]);
    const points = kind.points(completeSettings(settings, options));
    const work: Work = { builtIn: name, trial: kind.trial as unknown as TrialFunction };
    const plan = planExtent(options, usualTrials);
    return makeExperiment({ name, points, plan, work, summarise, precision, figures });
  };
  return Object.assign(make, { kind });
}
