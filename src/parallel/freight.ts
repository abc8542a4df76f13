/** A model that workers need: what it travels as, and whether it is still what it was. */
import type { Model } from '../models/model.ts';
import { ColouringModel } from '../optimise/colourings/colouring-model.ts';
import { ConstraintModel } from '../optimise/constraints/constraint-model.ts';
import { IsingModel } from '../optimise/ising-model.ts';
import type { PottsModel } from '../optimise/potts-model.ts';
import { QueensModel } from '../optimise/problems/queens-model.ts';
import { TourModel } from '../optimise/tours/tour-model.ts';
import type { Cargo } from './protocol.ts';

/** Models that `recallMany` and the solvers take. */
export type Travelling = Model & { save?(): Uint8Array };

let keys = 0;
const KEYS = new WeakMap<object, number>();

/** The number that a model goes by, in all pools. */
function keyOf(model: object): number {
  const key = KEYS.get(model) ?? ++keys;
  KEYS.set(model, key);
  return key;
}

export class Freight {
  /** Whether it is packed when a call begins, so that the call is about what it was then. */
  readonly early: boolean = true;
  readonly key: number;
  readonly model: Travelling;
  /** What it is known by: when that is gone, nobody needs it. */
  readonly named: object;
  /** The revision that the call is about. */
  readonly revision: number;
  #cargo: Cargo | undefined;

  constructor(model: Travelling, named: object = model) {
    this.key = keyOf(named);
    this.named = named;
    this.model = model;
    this.revision = model.revision;
  }

  /** @throws Error when the model is no longer what it was, and had not been packed before */
  get cargo(): Cargo {
    if (this.#cargo) return this.#cargo;
    this.check();
    return (this.#cargo = packed(this.model));
  }

  /** @throws Error when the model has changed */
  check(): void {
    if (this.model.revision === this.revision) return;
    throw new Error('the network was changed during a call about it');
  }
}

/** A part of a model, which travels to one worker; packed whenever it has to, as keeping it would double the memory. */
export class PartFreight extends Freight {
  override readonly early = false;
  readonly #pack: () => Uint8Array;

  constructor(model: Travelling, pack: () => Uint8Array) {
    super(model, pack);
    this.#pack = pack;
  }

  override get cargo(): Cargo {
    this.check();
    return { bytes: this.#pack(), backend: backendOf(this.model) };
  }
}

/** A reference that was asked for is one there too. */
function backendOf(model: Travelling): Cargo['backend'] {
  return model.backend === 'reference' && model.backendReason === undefined ? 'reference' : 'auto';
}

function packed(model: Travelling): Cargo {
  const backend = backendOf(model);
  if (model.save) return { bytes: model.save(), backend };
  if (model instanceof IsingModel) return { ising: model.plain(), backend };
  if (model instanceof TourModel) return { tour: model.plain(), backend };
  if (model instanceof ColouringModel) return { colouring: model.plain(), backend };
  if (model instanceof QueensModel) return { queens: model.size, backend };
  if (model instanceof ConstraintModel) return { constraints: model.plain(), backend };
  return { potts: (model as unknown as PottsModel).plain(), backend };
}
