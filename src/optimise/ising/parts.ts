/** What solvers of an Ising model work on: each made when it is first wanted, in steps. */
import type { AnnealingGroup } from '../../kernels/groups/annealing.ts';
import type { Machine } from '../../kernels/open.ts';
import { InSteps, type Steps } from '../../pacing.ts';
import type { Links } from '../pairs.ts';
import type { IsingIntegers } from './integers.ts';
import { laneSize, layOutLanes } from './lanes.ts';
import { chooseKind, integerLinks, layOutIsing } from './layout.ts';
import { meanFieldRange } from './mean-field-range.ts';

export class IsingParts {
  readonly machine: Machine<AnnealingGroup>;
  readonly integers: IsingIntegers;
  /** For runs one after the other. */
  readonly layout = new InSteps(() =>
    layOutIsing(this.machine, this.integers, chooseKind(this.integers)),
  );
  /** For runs side by side. */
  readonly lanes = new InSteps(() =>
    layOutLanes(this.machine, this.integers, laneSize(this.integers)!),
  );
  /** Couplings of each spin. */
  readonly links: InSteps<Links<Int32Array>> = new InSteps(() => integerLinks(this.integers));
  readonly averagesRange = new InSteps(() => this.#averagesRange());
  #sided: boolean | undefined;

  constructor(machine: Machine<AnnealingGroup>, integers: IsingIntegers) {
    this.machine = machine;
    this.integers = integers;
  }

  /** Whether runs can be made side by side. */
  get sided(): boolean {
    return (this.#sided ??= laneSize(this.integers) !== undefined);
  }

  *#averagesRange(): Steps<readonly [hot: number, cold: number]> {
    return yield* meanFieldRange(this.integers, yield* this.links.steps());
  }
}
