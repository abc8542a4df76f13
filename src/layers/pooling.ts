/** Pooling: trained states look among stored patterns (Ramsauer et al. 2020, section 3; `HopfieldPooling` there). */
import { checkOptions, checkPositiveInteger } from '../checks.ts';
import type { AssociationInputs } from './association.ts';
import { checkInputs, type CheckedInputs } from './attention-inputs.ts';
import { accumulate, AttentionModule } from './attention-module.ts';
import {
  checkAttentionOptions,
  checkDeviation,
  type AttentionOptions,
} from './attention-options.ts';
import type { Module, Parameter } from './module.ts';
import type { Tensor } from './tensor.ts';

export interface PoolingOptions extends AttentionOptions {
  /** Features of a stored pattern. */
  storedSize: number;
  /** Features of a value. Default storedSize. */
  valuesSize?: number;
  /** Features of a trained state. Default storedSize. */
  stateSize?: number;
  /** How many states are trained, and so results there are for each sample. Default 1. */
  quantity?: number;
  /**
   * Trained patterns start as normal numbers of this standard deviation, above 0; hflayers has 0.02. By default they start
   * uniform in ±√(6/(quantity + features)), as weights do.
   */
  initialDeviation?: number;
}

/** As those of an `Association`, without the state. */
export type PoolingInputs = Omit<AssociationInputs, 'state'>;

/** Gradients of the inputs; without values, `stored` has the sum over both of its parts. */
export interface PoolingGradients {
  stored: Tensor;
  values?: Tensor;
}

/**
 * An `Association` whose states are parameters (`state.patterns`, [quantity, stateSize]): one result, or
 * `quantity` of them, for any number of stored patterns. With a `storedMask` samples of different length fit in one batch.
 *
 * ```ts
 * const layer = new Pooling({ storedSize: 64, heads: 4, seed: 1 });
 * const result = layer.forward({ stored }); // [batch, 1, 64]
 * ```
 */
export class Pooling extends AttentionModule implements Module<PoolingInputs, PoolingGradients> {
  readonly quantity: number;
  readonly #state: Parameter;

  /** @throws TypeError, RangeError, Error as `Association` does */
  constructor(options: PoolingOptions) {
    const plan = checkAttentionOptions(
      options,
      'pooling options',
      ['storedSize', 'valuesSize', 'stateSize', 'quantity', 'initialDeviation'],
      () => {
        const stored = checkPositiveInteger(options.storedSize, 'storedSize');
        const values = checkPositiveInteger(options.valuesSize ?? stored, 'valuesSize');
        const state = checkPositiveInteger(options.stateSize ?? stored, 'stateSize');
        return { state, stored, values };
      },
    );
    const quantity = checkPositiveInteger(options.quantity ?? 1, 'quantity');
    const deviation = checkDeviation(options.initialDeviation);
    super(plan);
    this.quantity = quantity;
    this.#state = this.train('state', quantity, deviation);
  }

  /**
   * The pooled values, [batch, quantity, outputSize].
   *
   * @throws TypeError, RangeError for an input of the wrong kind or shape; the last `forward` still stands then
   */
  forward(inputs: PoolingInputs): Tensor {
    return this.associate(this.#check(inputs));
  }

  backward(gradient: Tensor): PoolingGradients {
    const { state, stored, values } = this.associateBackward(gradient);
    accumulate(this.#state, state);
    return values ? { stored, values } : { stored };
  }

  /** As those of an `Association`. */
  energies(inputs: PoolingInputs): Tensor {
    return this.energiesOf(this.#check(inputs));
  }

  #check(inputs: PoolingInputs): CheckedInputs {
    checkOptions(inputs, 'inputs', ['stored', 'values', 'mask', 'storedMask']);
    return checkInputs(this, inputs, { state: this.#state.value });
  }
}
