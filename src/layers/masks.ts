/** Masks: what a state may not see. Inside, numbers that are added to the scores; −infinity leaves a pattern out. */
import { describe } from '../checks.ts';
import type { Pass } from './arena.ts';
import { checkTensor, sameShape, shapeText, type Tensor } from './tensor.ts';

/** Booleans with a shape, the last index fastest: true (or 1) for what is seen, false (or 0) for what is left out. */
export interface BooleanMask {
  readonly data: readonly boolean[] | Uint8Array;
  readonly shape: readonly number[];
}

/** Booleans, or a tensor of numbers to add to β·QKᵀ; −infinity leaves a pattern out. */
export type Mask = BooleanMask | Tensor;

/** Masks of one call, in memory. */
export interface LaidMasks {
  /** 0 when there is none. */
  readonly address: number;
  /** Singles in all. */
  readonly count: number;
  /** Singles from the mask of one sample to that of the next. */
  readonly sampleStep: number;
  /** Singles from the mask of one head to that of the next; 0 when they share it. */
  readonly headStep: number;
  /** Singles from the mask of one state to that of the next; 0 when they share a row. */
  readonly rowStep: number;
}

/**
 * The mask as numbers to add.
 *
 * @throws TypeError for the wrong kind, RangeError for a shape that is none of `shapes`, or for a number that is NaN or
 *   +infinity
 */
export function checkMask(
  mask: Mask,
  name: string,
  shapes: readonly (readonly number[])[],
): Tensor {
  const given = numbersOf(mask, name);
  if (!shapes.some((shape) => sameShape(shape, given.shape))) {
    const expected = shapes.map(shapeText).join(' or ');
    throw new RangeError(`${name} has shape ${shapeText(given.shape)}, expected ${expected}`);
  }
  return given;
}

/** The same for masks that may only be booleans. */
export function checkBooleanMask(
  mask: BooleanMask,
  name: string,
  shape: readonly number[],
): Tensor {
  if ((mask as unknown as Partial<Tensor> | null)?.data instanceof Float32Array) {
    throw new TypeError(`${name} has numbers, expected booleans`);
  }
  return checkMask(mask, name, [shape]);
}

/** Sizes that a mask may have an index for. */
export interface MaskedSizes {
  readonly batch: number;
  readonly states: number;
  readonly stored: number;
}

/** The shapes that the mask of a call may have. */
export function maskShapes({ batch, states, stored }: MaskedSizes, heads: number): number[][] {
  const each = [states, stored];
  const shapes = [each, [batch, ...each], [batch, heads, ...each]];
  return batch === 1 ? shapes : [...shapes, [1, heads, ...each]];
}

/** Lays the masks of a call out: rows for each sample, head and state, or fewer where they are the same. */
export function layMasks(
  pass: Pass,
  mask: Tensor | undefined,
  storedMask: Tensor | undefined,
  { batch, states, stored }: MaskedSizes,
  heads: number,
): LaidMasks {
  if (!mask && !storedMask) return { address: 0, count: 0, sampleStep: 0, headStep: 0, rowStep: 0 };
  const [rows, indices] = mask ? [states, mask.shape.length] : [1, 0];
  const perHead = indices === 4;
  const ofHead = rows * stored;
  const size = perHead ? heads * ofHead : ofHead;
  /** Numbers from one sample's part of the mask to the next. */
  const step = indices < 3 || (perHead && mask!.shape[0] === 1) ? 0 : size;
  const samples = storedMask || step > 0 ? batch : 1;
  const address = pass.take(samples * size);
  for (let b = 0; b < samples; b++) {
    const view = pass.view(address + 4 * b * size, size);
    if (mask) view.set(mask.data.subarray(b * step, b * step + size));
    else view.fill(0);
    if (!storedMask) continue;
    for (let s = 0; s < stored; s++) {
      if (storedMask.data[b * stored + s] === 0) continue;
      for (let at = s; at < size; at += stored) view[at] = -Infinity;
    }
  }
  return {
    address,
    count: samples * size,
    sampleStep: samples === 1 ? 0 : size,
    headStep: perHead ? ofHead : 0,
    rowStep: mask ? stored : 0,
  };
}

/** Where the mask of a head of a sample is; 0 when there is none. */
export function maskAt(
  { address, sampleStep, headStep }: LaidMasks,
  sample: number,
  head: number,
): number {
  return address && address + 4 * (sample * sampleStep + head * headStep);
}

function numbersOf(mask: Mask, name: string): Tensor {
  if ((mask as Partial<Mask> | null)?.data instanceof Float32Array) {
    const numbers = checkTensor(mask, name);
    const wrong = numbers.data.findIndex((value) => !(value < Infinity));
    if (wrong >= 0) {
      throw new RangeError(
        `${name} has ${numbers.data[wrong]} at index ${wrong}, expected a number or −infinity`,
      );
    }
    return numbers;
  }
  const { data, shape } = (mask ?? {}) as Partial<BooleanMask>;
  if (!Array.isArray(data) && !(data instanceof Uint8Array)) {
    throw new TypeError(`${name} is ${describe(mask)}, expected booleans or numbers with a shape`);
  }
  const numbers = new Float32Array(data.length);
  for (let k = 0; k < data.length; k++) {
    const value: unknown = data[k];
    if (value !== true && value !== false && value !== 1 && value !== 0) {
      throw new TypeError(`${name} has ${describe(value)} at index ${k}, expected a boolean`);
    }
    if (!value) numbers[k] = -Infinity;
  }
  return checkTensor({ data: numbers, shape }, name);
}
