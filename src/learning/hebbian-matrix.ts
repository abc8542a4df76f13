/** Hebbian couplings of all patterns of a store, exact, in the smallest integers that hold them: i8, i16 or i32. */
import type { Matrix } from '../dynamics/quadratic-landscape.ts';
import { matrixBytes } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import { learningKernels } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { addHebbian, I16_PATTERNS, I8_LARGEST } from './integer-couplings.ts';
import { addCounts } from './rules/doubles.ts';

/** A new matrix, whose memory is the caller's. `self` says whether J_ii is P or 0. O(N²·P). */
export function hebbianMatrix(
  machine: Machine<PatternGroup & SpinGroup>,
  patterns: PatternStore,
  self: boolean,
  kind: Matrix['kind'] = 'i8',
): Matrix {
  const { memory } = machine;
  const { count, neurons } = patterns;
  if (kind === 'i32' || count > I16_PATTERNS) return wideMatrix(machine, patterns, self);
  const address = memory.reserve(matrixBytes(neurons, kind));
  const bare = { kind, address };
  const largest = addHebbian(machine, patterns, bare, 0, count, { fresh: true, self });
  if (kind === 'i16' || largest <= I8_LARGEST) return { kind, address, largest };
  // Seldom a loss: where some do not fit, the first columns mostly show it.
  memory.free(address);
  return hebbianMatrix(machine, patterns, self, 'i16');
}

/** That of more patterns than i16 holds: from exact counts in doubles. */
function wideMatrix(
  narrow: Machine<PatternGroup & SpinGroup>,
  patterns: PatternStore,
  selfCoupling: boolean,
): Matrix {
  const machine = narrow.with(learningKernels);
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  return memory.scope((take) => {
    const matrix = take(neurons * neurons * 8);
    memory.views.f64.fill(0, matrix >>> 3, (matrix >>> 3) + neurons * neurons);
    addCounts({ machine, patterns, from: 0, matrix, selfCoupling }, 0, 1);
    const address = memory.allocate(matrixBytes(neurons, 'i32'));
    kernels.roundToI32(address, matrix, 1, neurons);
    return { kind: 'i32', address };
  });
}
