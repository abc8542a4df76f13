/**
 * The three sorts of numbers that kernels take. They are told apart by the compiler alone, and only so far that an address
 * is not taken for a count or a real number, nor the other way round: plain numbers, such as what arithmetic gives, are all three.
 */
interface Of<Sort> {
  readonly sort?: Sort;
}

/** Where something is in linear memory: a byte offset, aligned to the type of its elements; 0 for nothing. */
export type Address = number & Of<'address'>;

/** A count, an index, a shift, or a choice such as 0 or 1. */
export type Integer = number & Of<'integer'>;

/** A number that is computed with. */
export type Real = number & Of<'real'>;
