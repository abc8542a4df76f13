/** Association: states look among stored patterns and get their values (Ramsauer et al. 2020, section 3; `Hopfield` there). */
import { checkOptions, checkPositiveInteger } from '../checks.ts';
import { checkInputs, type CheckedInputs } from './attention-inputs.ts';
import { AttentionModule } from './attention-module.ts';
import { checkAttentionOptions, type AttentionOptions } from './attention-options.ts';
import type { BooleanMask, Mask } from './masks.ts';
import type { Module } from './module.ts';
import type { Tensor } from './tensor.ts';

export interface AssociationOptions extends AttentionOptions {
  /** Features of a state. */
  stateSize: number;
  /** Features of a stored pattern. Default stateSize. */
  storedSize?: number;
  /** Features of a value. Default storedSize. */
  valuesSize?: number;
}

export interface AssociationInputs {
  /** The states R, [batch, states, stateSize]. */
  state: Tensor;
  /** The stored patterns Y, [batch, stored, storedSize]. */
  stored: Tensor;
  /** What each stored pattern stands for, V, [batch, stored, valuesSize]. Default the stored patterns. */
  values?: Tensor;
  /**
   * What each state sees, [states, stored], [batch, states, stored] or [batch, heads, states, stored], there 1 for a batch
   * whose samples have the same. Default everything.
   */
  mask?: Mask;
  /** Which stored patterns are there, [batch, stored]. Default all. */
  storedMask?: BooleanMask;
}

/** Gradients of the inputs; without values, `stored` has the sum over both of its parts. */
export interface AssociationGradients {
  state: Tensor;
  stored: Tensor;
  values?: Tensor;
}

/**
 * A Hopfield layer of three inputs: states R, stored patterns Y and their values V, V = Y unless given.
 *
 *     Q = RW_q + b, K = YW_k + b, V′ = VW_v + b, each split into heads
 *     A = softmax(β·QKᵀ + mask); for each further update Q ← AK and A again
 *     result = concat(A·V′)W_o + b
 *
 * Each input may pass through LayerNorm first. A state whose mask leaves nothing gets A·V′ = 0. No sample's result depends
 * on the others, but for `dropout`, which draws on from sample to sample. A call costs
 * O(batch·(states + stored)·hidden·(features + stored·updates)), hidden = heads·headSize.
 *
 * ```ts
 * const layer = new Association({ stateSize: 64, heads: 8, seed: 1 });
 * const result = layer.forward({ state, stored }); // [batch, states, 64]
 * ```
 */
export class Association
  extends AttentionModule
  implements Module<AssociationInputs, AssociationGradients>
{
  /**
   * @throws TypeError for options of the wrong kind or name, RangeError for sizes that do not fit, Error when the
   *   backend asked for cannot run
   */
  constructor(options: AssociationOptions) {
    super(
      checkAttentionOptions(
        options,
        'association options',
        ['stateSize', 'storedSize', 'valuesSize'],
        () => {
          const state = checkPositiveInteger(options.stateSize, 'stateSize');
          const stored = checkPositiveInteger(options.storedSize ?? state, 'storedSize');
          const values = checkPositiveInteger(options.valuesSize ?? stored, 'valuesSize');
          return { state, stored, values };
        },
      ),
    );
  }

  /**
   * The states' values, [batch, states, outputSize].
   *
   * @throws TypeError, RangeError for an input of the wrong kind or shape; the last `forward` still stands then
   */
  forward(inputs: AssociationInputs): Tensor {
    return this.associate(this.#check(inputs));
  }

  backward(gradient: Tensor): AssociationGradients {
    const { state, stored, values } = this.associateBackward(gradient);
    return values ? { state, stored, values } : { state, stored };
  }

  /**
   * The energy of the states that these inputs give, before the first update and after each that is made (where
   * updates stop earlier, that of the last),
   *
   *     E(q) = −β⁻¹ ln Σ_j exp(β·q·k_j + mask_j) + ½‖q‖² + β⁻¹ ln P + ½M²
   *
   * (Ramsauer et al. 2020, eq. 2) with P patterns that the state sees and M the largest ‖k_j‖ among them, all as they
   * are in a head. No update raises it, but for rounding; without numbers in a mask it is at least 0. The last
   * `forward` still stands. Double precision, rounded at the end; O(batch·states·stored·hidden·updates).
   *
   * @returns [updates + 1, batch, heads, states]
   * @throws as `forward` does
   */
  energies(inputs: AssociationInputs): Tensor {
    return this.energiesOf(this.#check(inputs));
  }

  #check(inputs: AssociationInputs): CheckedInputs {
    checkOptions(inputs, 'inputs', ['state', 'stored', 'values', 'mask', 'storedMask']);
    return checkInputs(this, inputs, {});
  }
}
