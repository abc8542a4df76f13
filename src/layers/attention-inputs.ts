/** Inputs of the attention modules, checked. */
import type { AttentionSizes } from './attention.ts';
import { checkBooleanMask, checkMask, maskShapes, type BooleanMask, type Mask } from './masks.ts';
import { checkTensor, type Tensor } from './tensor.ts';

/** What a call is given; a trained input is not among it. */
export interface GivenInputs {
  readonly state?: Tensor;
  readonly stored?: Tensor;
  readonly values?: Tensor;
  readonly mask?: Mask;
  readonly storedMask?: BooleanMask;
}

/** Inputs that are parameters, [quantity, features], the same for all samples. */
export interface TrainedInputs {
  readonly state?: Tensor;
  readonly stored?: Tensor;
  readonly values?: Tensor;
}

export interface CheckedInputs {
  readonly sizes: AttentionSizes;
  readonly state: Tensor;
  readonly stored: Tensor;
  /** Undefined where the stored patterns are the values. */
  readonly values: Tensor | undefined;
  /** Numbers to add, one of `maskShapes`. */
  readonly mask: Tensor | undefined;
  /** Numbers to add, [batch, stored]. */
  readonly storedMask: Tensor | undefined;
}

/** What a module says of its inputs. */
interface Features {
  readonly heads: number;
  readonly stateSize: number;
  readonly storedSize: number;
  readonly valuesSize: number;
}

/** @throws TypeError, RangeError saying which input is wrong */
export function checkInputs(
  features: Features,
  given: GivenInputs,
  trained: TrainedInputs,
): CheckedInputs {
  const state =
    trained.state ?? checkTensor(given.state, 'state', ['batch', 'states', features.stateSize]);
  const first = trained.state ? 'batch' : state.shape[0];
  const stored =
    trained.stored ?? checkTensor(given.stored, 'stored', [first, 'stored', features.storedSize]);
  const batch = trained.state ? stored.shape[0] : state.shape[0];
  const [states] = state.shape.slice(-2);
  const [patterns] = stored.shape.slice(-2);
  const values = trained.values ?? checkValues(features, given.values, batch, patterns);
  const { mask, storedMask } = given;
  const masked = { batch, states, stored: patterns };
  return {
    sizes: {
      batch,
      states,
      stored: patterns,
      sameStates: trained.state !== undefined,
      sameStored: trained.stored !== undefined,
    },
    state,
    stored,
    values,
    mask:
      mask === undefined ? undefined : checkMask(mask, 'mask', maskShapes(masked, features.heads)),
    storedMask:
      storedMask === undefined
        ? undefined
        : checkBooleanMask(storedMask, 'storedMask', [batch, patterns]),
  };
}

function checkValues(
  { storedSize, valuesSize }: Features,
  given: Tensor | undefined,
  batch: number,
  patterns: number,
): Tensor | undefined {
  if (given !== undefined) return checkTensor(given, 'values', [batch, patterns, valuesSize]);
  if (valuesSize === storedSize) return undefined;
  throw new TypeError(
    `values is undefined, expected a tensor, as valuesSize is ${valuesSize} and storedSize ${storedSize}`,
  );
}
