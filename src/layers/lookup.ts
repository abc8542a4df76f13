/** Lookup: states look among trained stored patterns (Ramsauer et al. 2020, section 3; `HopfieldLayer` there). */
import { checkBoolean, checkOptions, checkPositiveInteger } from '../checks.ts';
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

export interface LookupOptions extends AttentionOptions {
  /** Features of a state. */
  stateSize: number;
  /** How many stored patterns are trained. */
  quantity: number;
  /** Features of a trained stored pattern. Default stateSize. */
  storedSize?: number;
  /** Whether each stored pattern has a trained value besides; else it is its own value. Default false. */
  separateValues?: boolean;
  /** Features of a trained value. Default storedSize, and the same without separate values. */
  valuesSize?: number;
  /**
   * Trained patterns start as normal numbers of this standard deviation, above 0; hflayers has 0.02. By default they start
   * uniform in ±√(6/(quantity + features)), as weights do.
   */
  initialDeviation?: number;
}

/** As those of an `Association`, without the stored patterns; masks are over the trained ones. */
export type LookupInputs = Pick<AssociationInputs, 'state' | 'mask' | 'storedMask'>;

export interface LookupGradients {
  state: Tensor;
}

/**
 * An `Association` whose stored patterns are parameters (`stored.patterns`, [quantity, storedSize]), and their values
 * too if they are separate (`values.patterns`, [quantity, valuesSize]): a memory that training fills.
 *
 * ```ts
 * const layer = new Lookup({ stateSize: 64, quantity: 100, seed: 1 });
 * const result = layer.forward({ state }); // [batch, states, 64]
 * ```
 */
export class Lookup extends AttentionModule implements Module<LookupInputs, LookupGradients> {
  readonly quantity: number;
  readonly #stored: Parameter;
  readonly #values: Parameter | undefined;

  /** @throws TypeError, RangeError, Error as `Association` does */
  constructor(options: LookupOptions) {
    const plan = checkAttentionOptions(
      options,
      'lookup options',
      ['stateSize', 'quantity', 'storedSize', 'separateValues', 'valuesSize', 'initialDeviation'],
      () => {
        const state = checkPositiveInteger(options.stateSize, 'stateSize');
        const stored = checkPositiveInteger(options.storedSize ?? state, 'storedSize');
        const values = checkPositiveInteger(options.valuesSize ?? stored, 'valuesSize');
        return { state, stored, values };
      },
    );
    const quantity = checkPositiveInteger(options.quantity, 'quantity');
    const separate = checkBoolean(options.separateValues ?? false, 'separateValues');
    const { stored, values } = plan.sizes;
    if (!separate && values !== stored) {
      throw new RangeError(
        `valuesSize is ${values}, expected ${stored} (storedSize) without separateValues`,
      );
    }
    const deviation = checkDeviation(options.initialDeviation);
    super(plan);
    this.quantity = quantity;
    this.#stored = this.train('stored', quantity, deviation);
    this.#values = separate ? this.train('values', quantity, deviation) : undefined;
  }

  /**
   * The states' values, [batch, states, outputSize].
   *
   * @throws TypeError, RangeError for an input of the wrong kind or shape; the last `forward` still stands then
   */
  forward(inputs: LookupInputs): Tensor {
    return this.associate(this.#check(inputs));
  }

  backward(gradient: Tensor): LookupGradients {
    const { state, stored, values } = this.associateBackward(gradient);
    accumulate(this.#stored, stored);
    if (this.#values) accumulate(this.#values, values!);
    return { state };
  }

  /** As those of an `Association`. */
  energies(inputs: LookupInputs): Tensor {
    return this.energiesOf(this.#check(inputs));
  }

  #check(inputs: LookupInputs): CheckedInputs {
    checkOptions(inputs, 'inputs', ['state', 'mask', 'storedMask']);
    const trained = { stored: this.#stored.value, values: this.#values?.value };
    return checkInputs(this, inputs, trained);
  }
}
