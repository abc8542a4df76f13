/** What is to be loaded: which tensors are expected, and which parameters each of them fills. */
import type { NamedTensors } from './module.ts';
import type { Tensor } from './tensor.ts';

/** What is expected, by name. */
export type LoadPlan = ReadonlyMap<string, Expected>;

export interface Expected {
  /** The shapes it may have. */
  readonly shapes: readonly (readonly number[])[];
  /** What it fills, one after the other from its first number on; numbers that are left over have no use. */
  readonly fills: readonly Tensor[];
}

/** A tensor that is the parameter, number for number; of its shape unless others are given. */
export function as(parameter: Tensor, shapes: Expected['shapes'] = [parameter.shape]): Expected {
  return { shapes, fills: [parameter] };
}

/** Each parameter under its own name. */
export function ownPlan(parameters: NamedTensors): LoadPlan {
  return new Map(Object.entries(parameters).map(([name, value]) => [name, as(value)]));
}
