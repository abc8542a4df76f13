/** Constraints, as callers write them. */

export type Value = string | number | boolean;

/** Each variable with the values it can have. */
export type Domains = Readonly<Record<string, readonly Value[]>>;

/** How large a sum, or a number of variables, may be: one of them, or the last two together. Integers. */
export interface Bounds {
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/**
 * What values should be, by variable names. A constraint with a `weight` is soft: breaking it costs that much, and of `sum` and
 * `count` that much for each unit that is missing or too much. One without has to hold. `different` and `equal` over several
 * variables mean every two of them.
 */
export type Constraint =
  | { readonly different: readonly string[]; readonly weight?: number }
  | { readonly equal: readonly string[]; readonly weight?: number }
  | {
      /** One or two variables, and which values of theirs are fine. */
      readonly allow: readonly string[];
      readonly when: (a: Value, b?: Value) => boolean;
      readonly weight?: number;
    }
  | {
      /** The same as a list of all values that are fine, or pairs of them. */
      readonly allow: readonly string[];
      readonly values: readonly (readonly Value[])[];
      readonly weight?: number;
    }
  | {
      /** One or two variables, and what their values cost. */
      readonly cost: readonly string[];
      readonly of: (a: Value, b?: Value) => number;
    }
  | {
      /** The same as a list of values, or pairs of them, each with its cost at the end; what is not listed costs nothing. */
      readonly cost: readonly string[];
      readonly values: readonly (readonly Value[])[];
    }
  | ({
      /** Variables, or variables with integers as their weights: Σ weight · value, of integers and booleans (true is 1). */
      readonly sum: readonly string[] | Readonly<Record<string, number>>;
      readonly weight?: number;
    } & Bounds)
  | ({
      /** Variables, and a value that so many of them have. */
      readonly count: readonly string[];
      readonly value: Value;
      readonly weight?: number;
    } & Bounds);
