/** Models that need no network, and have one of Potts neurons for who asks for it: made then, in steps. */
import { Model as Base } from '../../models/model.ts';
import { allSteps, type Steps } from '../../pacing.ts';
import type { AnnealingPlan, Model } from '../model.ts';
import type { PottsModel } from '../potts-model.ts';
import type { Search } from '../search.ts';
import type { PottsLayout } from './layout.ts';

export abstract class NetworkModel extends Base implements Model<Int32Array> {
  #network: PottsModel | undefined;
  /** The network in the making: whoever asks next goes on with it. */
  #making: Steps<PottsModel> | undefined;

  abstract energy(state: ArrayLike<number>): number;
  abstract readState(state: ArrayLike<number>, name: string): Int32Array;
  abstract anyState(seed: number): Int32Array;
  /** Makes the network. @throws RangeError when it is too large */
  protected abstract makeNetwork(): Steps<PottsModel>;

  /** A group for each thing, a state for each of its values. */
  network(): PottsModel {
    return allSteps(this.#opened());
  }

  get annealingRange(): readonly [hot: number, cold: number] {
    return this.network().annealingRange;
  }

  annealing(plan: AnnealingPlan): Search<Int32Array> {
    return this.network().annealing(plan);
  }

  *opening(): Steps<void> {
    const network = yield* this.#opened();
    yield* network.opening();
  }

  /** What solvers of networks work on. */
  *openGroups(): Steps<PottsLayout> {
    const network = yield* this.#opened();
    return yield* network.openGroups();
  }

  *#opened(): Steps<PottsModel> {
    this.hold();
    while (!this.#network) {
      this.#making ??= this.makeNetwork();
      const step = this.#next(this.#making);
      if (step.done) this.#network = step.value;
      else yield;
    }
    return this.#network;
  }

  #next(making: Steps<PottsModel>): IteratorResult<undefined, PottsModel> {
    let step: IteratorResult<undefined, PottsModel> | undefined;
    try {
      step = making.next();
      return step;
    } finally {
      // What has thrown, or is through, gives nothing more.
      if (step?.done !== false) this.#making = undefined;
    }
  }

  dispose(): void {
    this.#network?.dispose();
    this.#network = undefined;
    this.#making = undefined;
  }
}
