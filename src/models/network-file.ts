/**
 * A Hopfield network as a file: what it is, its patterns, its thresholds and its couplings.
 *
 * The sections of the file are the patterns' bits (⌈N/8⌉ bytes each), N thresholds as f64 or nothing, and
 * N×N couplings as i16 or i32, or nothing where the rule makes them from the patterns again.
 */
import { checkNeurons, describe } from '../checks.ts';
import type { Couplings, NetworkPlan, SavedCouplings } from '../learning/couplings.ts';
import type { CompleteRule } from '../learning/rules.ts';
import type { NetworkOptions } from './network-options.ts';
import { decodeModel, encodeModel } from './save-format.ts';

/** A network read from a file. */
export interface SavedNetwork {
  readonly neurons: number;
  readonly options: NetworkOptions;
  readonly patternCount: number;
  /** The patterns' bits. */
  readonly patterns: Uint8Array;
  readonly couplings: SavedCouplings;
}

/** What the JSON of the file holds. */
type Description = Omit<SavedCouplings, 'bytes'> & {
  readonly model: unknown;
  readonly neurons: number;
  readonly rule: CompleteRule;
  readonly units: 'bipolar' | 'binary';
  readonly selfCoupling: boolean;
  readonly representation: 'auto' | 'patterns' | 'couplings';
  readonly patterns: number;
};

const MODEL = 'HopfieldNetwork';

export function encodeNetwork(plan: NetworkPlan, couplings: Couplings): Uint8Array {
  const { neurons, rule, units, selfCoupling, representation, thresholds } = plan;
  const { patterns } = couplings;
  const { bytes, ...state } = couplings.save();
  const description: Description = {
    model: MODEL,
    neurons,
    rule,
    units,
    selfCoupling,
    representation,
    patterns: patterns.count,
    ...state,
  };
  const reals = new Uint8Array(thresholds?.slice().buffer ?? []);
  return encodeModel(description, [patterns.save(), reals, bytes]);
}

/** @throws Error saying what is wrong when the file is cut short, altered or foreign */
export function decodeNetwork(file: Uint8Array): SavedNetwork {
  const { description, sections } = decodeModel(file);
  if (description.model !== MODEL) {
    throw new Error(`the file holds ${describe(description.model)}, expected '${MODEL}'`);
  }
  const { neurons, rule, units, selfCoupling, representation, patterns, ...state } =
    description as Description;
  checkNeurons(neurons, 'neurons in the saved model');
  const [rows, reals, bytes] = sections;
  // The covariance rule brings its own thresholds.
  const given = rule.name !== 'covariance' && reals.length > 0;
  const thresholds = given ? new Float64Array(reals.buffer) : undefined;
  return {
    neurons,
    options: { rule, units, selfCoupling, representation, thresholds },
    patternCount: patterns,
    patterns: rows,
    couplings: { ...state, bytes },
  };
}
