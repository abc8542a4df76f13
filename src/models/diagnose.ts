/**
 * Why a memory recalls what it recalls: `diagnose` looks at what is stored and tries what else there is.
 *
 * A function of its own, so that whoever does not call it does not ship it. Its results are plain data, the same after
 * JSON. It changes nothing.
 */
import { describe } from '../checks.ts';
import { AssociativeMemory } from './associative-memory.ts';
import { diagnoseClassical, type ClassicalDiagnosis } from './diagnose/classical.ts';
import { diagnoseDense, type DenseDiagnosis } from './diagnose/dense.ts';
import { diagnoseModern, type ModernDiagnosis } from './diagnose/modern.ts';
import { HopfieldNetwork } from './hopfield-network.ts';
import type { ModernHopfieldNetwork } from './modern-hopfield-network.ts';

export type { ClassicalDiagnosis, DenseDiagnosis, ModernDiagnosis };
export type { PatternDiagnosis } from './diagnose/signs.ts';
export type { VectorDiagnosis } from './diagnose/modern.ts';

/**
 * Looks at a memory: whether its patterns are fixed points, how alike they are, how many it is known to hold, and what
 * would hold them better; and says so in a `sentence`. Looks at no more than 1000 patterns, evenly spaced among those
 * stored. Takes seconds for the largest networks.
 *
 * @param memory - a HopfieldNetwork, a DenseAssociativeMemory, a SimplicialHopfieldNetwork or a ModernHopfieldNetwork
 * @throws TypeError when it is none of these
 */
export function diagnose(memory: HopfieldNetwork): ClassicalDiagnosis;
export function diagnose(memory: ModernHopfieldNetwork): ModernDiagnosis;
export function diagnose(memory: AssociativeMemory): DenseDiagnosis;
export function diagnose(
  memory: AssociativeMemory | ModernHopfieldNetwork,
): ClassicalDiagnosis | DenseDiagnosis | ModernDiagnosis {
  if (memory instanceof HopfieldNetwork) return diagnoseClassical(memory);
  if (memory instanceof AssociativeMemory) return diagnoseDense(memory);
  // By what it has, not by its class, which would be shipped with this function.
  if (typeof memory === 'object' && memory !== null && 'similarity' in memory) {
    return diagnoseModern(memory);
  }
  throw new TypeError(
    `memory is ${describe(memory)}, expected a HopfieldNetwork, a DenseAssociativeMemory, ` +
      'a SimplicialHopfieldNetwork or a ModernHopfieldNetwork',
  );
}
