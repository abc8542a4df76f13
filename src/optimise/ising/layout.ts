/**
 * Integer couplings in linear memory, laid out for flips that are fast: rows of the smallest type that holds every field,
 * or lists of links where most couplings are 0. Results do not depend on which.
 */
import type { Address } from '../../numbers.ts';
import { padded } from '../../kernels/layout.ts';
import type { AnnealingGroup } from '../../kernels/groups/annealing.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Steps } from '../../pacing.ts';
import { inStretches, linksOf, type Links } from '../pairs.ts';
import type { IsingIntegers } from './integers.ts';

/** What the kernels of the family `annealing` work on, bound to one layout. */
export interface IsingLayout {
  readonly kind: 'i8' | 'i16' | 'i32' | 'sparse';
  readonly fieldBytes: number;
  /** Fields of the state that has +1 everywhere. */
  readonly upFields: Int32Array;
  /** Energy of that state. */
  readonly upEnergy: number;
  /** What memory it takes, for who gives it back. */
  readonly blocks: readonly Address[];
  /** Writes those fields. */
  placeUp(fields: Address): void;
  turn(run: Address, signs: Address, fields: Address, wanted: Address): void;
  anneal(
    run: Address,
    signs: Address,
    best: Address,
    fields: Address,
    temperatures: Address,
    scratch: Address,
    count: number,
    rule: number,
    sweeps: number,
  ): number;
}

/** A link costs a flip about as much as this many bytes of a row, while the matrix is in the caches and when it is not (measured). */
const LINK_BYTES = { near: 28, far: 8 };
/** A matrix larger than this is far. */
const CACHE_BYTES = 2 ** 24;
/** No matrix larger than this, whatever it would save. */
const MATRIX_BYTES = 2 ** 30;

/** The layout in which a flip is fastest. */
export function chooseKind({ spins, others, reach }: IsingIntegers): IsingLayout['kind'] {
  const [kind, size] =
    reach <= 127
      ? (['i8', 1] as const)
      : reach <= 32767
        ? (['i16', 2] as const)
        : (['i32', 4] as const);
  const row = padded(spins) * size;
  const degree = (2 * others.length) / spins;
  const bytes = row * spins;
  const link = bytes <= CACHE_BYTES ? LINK_BYTES.near : LINK_BYTES.far;
  return row <= degree * link && bytes <= MATRIX_BYTES ? kind : 'sparse';
}

export function* layOutIsing(
  machine: Machine<AnnealingGroup>,
  integers: IsingIntegers,
  kind: IsingLayout['kind'],
): Steps<IsingLayout> {
  const { upFields, upEnergy } = yield* allUp(integers);
  const common = { kind, upFields, upEnergy };
  return kind === 'sparse'
    ? { ...common, ...(yield* sparse(machine, integers, upFields)) }
    : { ...common, ...(yield* dense(machine, integers, upFields, kind)) };
}

type Bound = Omit<IsingLayout, 'kind' | 'upFields' | 'upEnergy'>;

/** Fields and energy of the state that has +1 everywhere. */
export function* allUp(integers: IsingIntegers): Steps<{
  upFields: Int32Array;
  upEnergy: number;
}> {
  const { starts, others, values, fields } = integers;
  const upFields = fields.slice();
  let upEnergy = 0;
  yield* inStretches(starts, (i) => {
    upEnergy -= fields[i];
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      upFields[i] += values[k];
      upFields[others[k]] += values[k];
      upEnergy -= values[k];
    }
  });
  return { upFields, upEnergy };
}

function* dense(
  machine: Machine<AnnealingGroup>,
  { spins, starts, others, values }: IsingIntegers,
  upFields: Int32Array,
  kind: 'i8' | 'i16' | 'i32',
): Steps<Bound> {
  const { kernels, memory } = machine;
  const size = { i8: 1, i16: 2, i32: 4 }[kind];
  const lda = padded(spins);
  const couplings = memory.allocate(spins * lda * size);
  const first = couplings / size;
  yield* inStretches(starts, (i) => {
    // Memory may have grown between two steps.
    const view = memory.views[kind];
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      view[first + i * lda + others[k]] = 2 * values[k];
      view[first + others[k] * lda + i] = 2 * values[k];
    }
  });
  const turn = { i8: kernels.turnI8, i16: kernels.turnI16, i32: kernels.turnI32 }[kind];
  const anneal = { i8: kernels.annealI8, i16: kernels.annealI16, i32: kernels.annealI32 }[kind];
  return {
    fieldBytes: lda * size,
    blocks: [couplings],
    placeUp: (fields) => memory.views[kind].set(upFields, fields / size),
    turn: (run, signs, fields, wanted) => turn(run, signs, fields, couplings, wanted, spins),
    anneal: (run, signs, best, fields, temperatures, scratch, count, rule, sweeps) =>
      anneal(
        run,
        signs,
        best,
        fields,
        couplings,
        temperatures,
        scratch,
        count,
        rule,
        sweeps,
        spins,
      ),
  };
}

/** All couplings of each spin. */
export function integerLinks(integers: IsingIntegers): Steps<Links<Int32Array>> {
  const { values } = integers;
  return linksOf(integers, values, new Int32Array(2 * values.length));
}

function* sparse(
  machine: Machine<AnnealingGroup>,
  integers: IsingIntegers,
  upFields: Int32Array,
): Steps<Bound> {
  const { kernels, memory } = machine;
  const { spins } = integers;
  const { starts, neighbours, values } = yield* integerLinks(integers);
  const first = memory.allocate(4 * (spins + 1));
  const links = memory.allocate(8 * neighbours.length);
  memory.views.u32.set(starts, first / 4);
  yield* inStretches(starts, (i) => {
    const { u32, i32 } = memory.views;
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      u32[links / 4 + 2 * k] = neighbours[k];
      i32[links / 4 + 2 * k + 1] = 2 * values[k];
    }
  });
  return {
    fieldBytes: 4 * padded(spins),
    blocks: [first, links],
    placeUp: (fields) => memory.views.i32.set(upFields, fields / 4),
    turn: (run, signs, fields, wanted) =>
      kernels.turnSparse(run, signs, fields, first, links, wanted, spins),
    anneal: (run, signs, best, fields, temperatures, scratch, count, rule, sweeps) =>
      kernels.annealSparse(
        run,
        signs,
        best,
        fields,
        first,
        links,
        temperatures,
        scratch,
        count,
        rule,
        sweeps,
        spins,
      ),
  };
}
