/** Models that need no network, and have one of Potts neurons for who asks for it: made then, in steps. */
import { Model as Base } from '../../models/model.ts';
import { InSteps, type Steps } from '../../pacing.ts';
import type { AnnealingPlan, Model } from '../model.ts';
import type { PottsModel } from '../potts-model.ts';
import type { Search } from '../search.ts';
import type { PottsLayout } from './layout.ts';

export abstract class NetworkModel extends Base implements Model<Int32Array> {
  #network = this.#toMake();

  abstract energy(state: ArrayLike<number>): number;
  abstract readState(state: ArrayLike<number>, name: string): Int32Array;
  abstract anyState(seed: number): Int32Array;
  /** Makes the network. @throws RangeError when it is too large */
  protected abstract makeNetwork(): Steps<PottsModel>;

  /** A group for each thing, a state for each of its values. */
  network(): PottsModel {
    this.hold();
    return this.#network.now();
  }

  get annealingRange(): readonly [hot: number, cold: number] {
    return this.network().annealingRange;
  }

  annealing(plan: AnnealingPlan): Search<Int32Array> {
    return this.network().annealing(plan);
  }

  *opening(): Steps<void> {
    this.hold();
    const network = yield* this.#network.steps();
    yield* network.opening();
  }

  /** What solvers of networks work on. */
  *openGroups(): Steps<PottsLayout> {
    this.hold();
    const network = yield* this.#network.steps();
    return yield* network.openGroups();
  }

  #toMake(): InSteps<PottsModel> {
    return new InSteps(() => this.makeNetwork());
  }

  dispose(): void {
    this.#network.made?.dispose();
    this.#network = this.#toMake();
  }
}
