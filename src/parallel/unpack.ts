/** Models out of what travelled: the workers' side. */
import { describe } from '../checks.ts';
import { BidirectionalMemory } from '../models/bidirectional-memory.ts';
import { DenseAssociativeMemory } from '../models/dense-associative-memory.ts';
import { GradedHopfieldNetwork } from '../models/graded-hopfield-network.ts';
import { HopfieldNetwork } from '../models/hopfield-network.ts';
import { ModernHopfieldNetwork } from '../models/modern-hopfield-network.ts';
import { openSaved } from '../models/save-format.ts';
import { SequenceMemory } from '../models/sequence-memory.ts';
import { SimplicialHopfieldNetwork } from '../models/simplicial-hopfield-network.ts';
import { ColouringModel } from '../optimise/colourings/colouring-model.ts';
import { ConstraintModel } from '../optimise/constraints/constraint-model.ts';
import { IsingModel } from '../optimise/ising-model.ts';
import { PottsModel } from '../optimise/potts-model.ts';
import { QueensModel } from '../optimise/problems/queens-model.ts';
import { distancesFrom } from '../optimise/tours/distances.ts';
import { TourModel } from '../optimise/tours/tour-model.ts';
import type { Cargo } from './protocol.ts';

/** By the names that files have for them. */
const MODELS = {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  SequenceMemory,
  SimplicialHopfieldNetwork,
};

/** What was held before it travelled may be held here. */
const MEMORY = Number.MAX_SAFE_INTEGER;

export function unpack(cargo: Cargo): { dispose(): void } {
  const { bytes, ising, potts, tour, colouring, constraints, queens, backend } = cargo;
  if (ising) return IsingModel.fromPlain(ising, backend);
  if (potts) return PottsModel.fromPlain(potts, backend);
  if (tour) return new TourModel(distancesFrom(tour), backend);
  if (colouring) return new ColouringModel(colouring.graph, colouring.colours, backend);
  if (constraints) return new ConstraintModel(constraints);
  if (queens !== undefined) return new QueensModel(queens);
  const { model } = openSaved(bytes!).description as { model: string };
  if (!Object.hasOwn(MODELS, model)) {
    const known = Object.keys(MODELS).join(', ');
    throw new TypeError(`workers know no ${describe(model)}, expected one of ${known}`);
  }
  return MODELS[model as keyof typeof MODELS].load(bytes!, { backend, memory: MEMORY });
}
