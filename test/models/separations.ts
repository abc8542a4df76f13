/** Separation functions to test with, at least one of each name. */
import {
  exponential,
  exponentialSimplicial,
  polynomial,
  rectifiedPolynomial,
  simplicial,
  type Separation,
  type SeparationChoice,
} from '../../src/index.ts';
import { separationNames } from '../../src/dynamics/separation.ts';

/** Of networks of so many neurons. */
type Make = (neurons: number) => SeparationChoice;

export const BY_NAME: { readonly [N in Separation['name']]: readonly [Make, ...Make[]] } = {
  polynomial: [() => polynomial(2), () => polynomial(3), () => polynomial(4)],
  'rectified-polynomial': [() => rectifiedPolynomial(3)],
  exponential: [() => exponential(0.3), () => exponential()],
  simplicial: [() => simplicial()],
  'exponential-simplicial': [() => exponentialSimplicial(2, 0.5)],
  table: [
    (neurons) => Array.from({ length: neurons + 3 }, (_, k) => Math.abs(2 * k - neurons - 2)),
  ],
};

/** All of them; the first is that of the Hebbian network. */
export const SEPARATIONS: readonly Make[] = separationNames().flatMap((name) => BY_NAME[name]);
