/**
 * A Hopfield network as a file: what it is, its patterns, its thresholds and its couplings.
 *
 * The sections of the file are the patterns' bits (⌈N/8⌉ bytes each), N thresholds as f64 or nothing, and
 * N×N couplings as i16 or i32, or nothing where the rule makes them from the patterns again.
 */
import type { NetworkPlan } from '../learning/plan.ts';
import { definitionOf } from '../learning/rules/index.ts';
import { checkNumber } from '../checks.ts';
import { matrixBytes } from '../kernels/layout.ts';
import { AUTO_COUPLINGS, type Couplings } from '../learning/couplings.ts';
import { I16_PATTERNS } from '../learning/integer-couplings.ts';
import { savedBytes, type SavedCouplings } from '../learning/saved-couplings.ts';
import { patternBytes } from '../patterns/pattern-store.ts';
import { planNetwork } from './network-options.ts';
import { encodeModel } from './save-format.ts';
import { checkCount, checkFlag, type Format, type Untrusted } from './saved-model.ts';

type Description = Omit<NetworkPlan, 'thresholds'> &
  SavedCouplings & {
    readonly patterns: number;
  };

export const NETWORK: Format<Description> = {
  model: 'HopfieldNetwork',
  expect(given, [, thresholds]) {
    const { neurons, units, selfCoupling, representation } = given;
    const options = { rule: given.rule, units, selfCoupling, representation };
    const { thresholds: _, ...plan } = planNetwork(neurons, options);
    const { rule } = plan;
    const patterns = checkCount(given.patterns, 'patterns');
    const state = expectCouplings(given, plan, patterns);
    const reals = thresholds === 0 && !definitionOf(rule.name).threshold ? 0 : 8 * neurons;
    return {
      description: { ...plan, patterns, ...state },
      sections: {
        patterns: patterns * Math.ceil(neurons / 8),
        thresholds: reals,
        couplings: savedBytes(state, neurons),
      },
      patterns,
      memory: patternBytes(patterns, neurons) + reals + heldBytes(plan, state, patterns),
    };
  },
};

/** What there has to be of couplings, given the rule and whether they are its own. */
function expectCouplings(
  given: Untrusted,
  { neurons, rule, units, selfCoupling }: Omit<NetworkPlan, 'thresholds'>,
  patterns: number,
): SavedCouplings {
  const dreamt = checkFlag(given.dreamt, 'dreamt');
  const derived = !dreamt && (rule.name === 'hebbian' || patterns === 0);
  const { bound, iterative, tellsStability } = definitionOf(rule.name);
  const exact = !dreamt && bound !== undefined;
  const of = (field: string) => (given[field] ?? {}) as Untrusted;
  const { scale } = of('couplings');
  const { converged, epochs, stability } = of('learning');
  return {
    couplings: derived
      ? null
      : exact
        ? { kind: 'i16', scale: units === 'binary' ? 1 : 1 / neurons }
        : {
            kind: 'i32',
            scale: checkNumber(scale, 'couplings.scale', 'a number above 0', (x) => x > 0),
          },
    dreamt,
    symmetric: derived || exact || checkFlag(given.symmetric, 'symmetric'),
    selfActing: selfCoupling || (dreamt && checkFlag(given.selfActing, 'selfActing')),
    learning:
      given.learning === null || derived || !(iterative || dreamt)
        ? null
        : {
            converged: checkFlag(converged, 'learning.converged'),
            epochs: checkCount(epochs, 'learning.epochs'),
            ...(tellsStability && stability !== undefined
              ? { stability: checkNumber(stability, 'learning.stability', 'a number', () => true) }
              : {}),
          },
  };
}

/**
 * The thresholds of a section; undefined when there is none, or the rule brings them itself.
 *
 * @throws RangeError when they are not those of the rule
 */
export function decodeThresholds(
  { rule }: Description,
  section: Uint8Array<ArrayBuffer>,
): Float64Array | undefined {
  const given = new Float64Array(section.buffer);
  if (rule.name !== 'covariance') return given.length > 0 ? given : undefined;
  const odd = given.find((value) => value !== rule.threshold);
  if (odd === undefined) return undefined;
  throw new RangeError(`a threshold is ${odd}, expected ${rule.threshold} as the rule says`);
}

/** Bytes of the matrix, from the file or of Hebbian couplings. */
function heldBytes(
  { neurons, representation, rule }: Omit<NetworkPlan, 'thresholds'>,
  { couplings }: SavedCouplings,
  patterns: number,
): number {
  if (couplings) return matrixBytes(neurons, couplings.kind);
  const large = representation === 'auto' && neurons > AUTO_COUPLINGS;
  if (rule.name === 'hebbian' && (representation === 'patterns' || large)) return 0;
  // Sums over more patterns than i16 holds are made as doubles beside the i32.
  return matrixBytes(neurons, 'i16') * (patterns > I16_PATTERNS ? 6 : 1);
}

export function encodeNetwork(plan: NetworkPlan, couplings: Couplings): Uint8Array {
  const { neurons, rule, units, selfCoupling, representation, thresholds } = plan;
  const { patterns } = couplings;
  const { bytes, state } = couplings.save();
  const description: Description = {
    neurons,
    rule,
    units,
    selfCoupling,
    representation,
    patterns: patterns.count,
    ...state,
  };
  const reals = new Uint8Array(thresholds?.slice().buffer ?? []);
  const sections = [patterns.save(), reals, bytes];
  return encodeModel({ model: NETWORK.model, ...description }, sections, patterns.labels);
}
