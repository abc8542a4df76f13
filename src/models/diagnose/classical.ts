/** Which rule would hold the patterns of a Hopfield network: others are tried, not guessed at. */
import { ruleCapacity, type Rule } from '../../learning/rules/index.ts';
import { HopfieldNetwork } from '../hopfield-network.ts';
import { least, lookAtSigns, type SignsDiagnosis } from './signs.ts';
import { allOf, counted, listed, short } from './words.ts';

export interface ClassicalDiagnosis extends SignsDiagnosis {
  model: 'HopfieldNetwork';
  rule: string;
  /** How many random patterns the rule is known to hold; null where no figure applies. */
  capacity: number | null;
  /**
   * Where not all patterns are fixed points: how many of those looked at are, every neuron held by its field, under other
   * rules with the same units and thresholds. Tried until one holds all, and while neurons and patterns are not too many.
   */
  others: { rule: string; stable: number }[];
  /** All that in a sentence. */
  sentence: string;
}

/** The most additions and multiplications that learning by a rule may take to be tried, about. */
const MOST_WORK = 2e9;
const PERCEPTRON_EPOCHS = 200;

/** Patterns with less or more active neurons than this are sparse, or dense. */
const SPARSE = 0.25;

/** Overlaps this many times those of random patterns are a reason of their own. */
const ALIKE = 2;

export function diagnoseClassical(network: HopfieldNetwork): ClassicalDiagnosis {
  const { facts, patterns } = lookAtSigns(network);
  const lacking = facts.stable < facts.each.length;
  const diagnosis = {
    model: 'HopfieldNetwork' as const,
    ...facts,
    rule: network.rule.name,
    capacity: network.capacity ?? null,
    others: lacking ? tryOthers(network, facts, patterns) : [],
  };
  // The network keeps its capacity to itself once its couplings are others: dreamt, or given.
  const own =
    diagnosis.capacity !== null || ruleCapacity(network.rule, network.neurons) === undefined;
  const name = own ? diagnosis.rule : `couplings that are not those of ${diagnosis.rule} any more`;
  return { ...diagnosis, sentence: sentenceOf(diagnosis, name) };
}

function tryOthers(
  network: HopfieldNetwork,
  { neurons, activity, each }: SignsDiagnosis,
  patterns: readonly Int8Array[],
): ClassicalDiagnosis['others'] {
  const count = patterns.length;
  const product = neurons * neurons * count;
  const sparse = activity > 0 && (activity < SPARSE || 1 - activity < SPARSE) && activity < 1;
  const candidates: [rule: Exclude<Rule, string>, work: number][] = [
    [{ name: 'projection' }, product],
    [{ name: 'covariance', activity }, sparse ? product : Infinity],
    [{ name: 'storkey' }, 2 * product],
    [
      { name: 'perceptron', maxEpochs: PERCEPTRON_EPOCHS },
      product + (PERCEPTRON_EPOCHS / 4) * neurons * count * count,
    ],
  ];
  const others: ClassicalDiagnosis['others'] = [];
  for (const [rule, work] of candidates) {
    if (rule.name === network.rule.name || work > MOST_WORK) continue;
    const other = new HopfieldNetwork(neurons, {
      rule,
      backend: network.backend,
      ...(rule.name === 'covariance' ? {} : settingOf(network)),
    });
    other.store(patterns);
    // Held by every field: without couplings all states are fixed points, by ties, and the projection on everything has none.
    const stable = each.filter(
      ({ index }) => least(other.fields(patterns[index]), patterns[index]) > 0,
    ).length;
    others.push({ rule: rule.name, stable });
    if (stable === each.length) break;
  }
  return others;
}

/** What stays when only the rule changes. The thresholds of covariance are its own. */
function settingOf(network: HopfieldNetwork) {
  if (network.rule.name === 'covariance') return {};
  return { units: network.units, thresholds: network.thresholds };
}

function sentenceOf(diagnosis: Omit<ClassicalDiagnosis, 'sentence'>, rule: string): string {
  const { patterns, each, stable, capacity } = diagnosis;
  const seen = each.length;
  if (patterns === 0) return 'nothing is stored';
  const those = seen < patterns ? `patterns looked at, of ${patterns},` : 'patterns';
  if (stable === seen) {
    const what =
      seen === 1 ? 'the pattern is a fixed point' : `${allOf(seen)} ${those} are fixed points`;
    const room =
      capacity === null || patterns <= capacity
        ? ''
        : `, though it holds about ${counted(Math.floor(capacity), 'random pattern')} only`;
    const tied = each.some(({ margin }) => margin <= 0) ? ', some neurons by a tie only' : '';
    return `${what} under ${rule}${tied}${room}`;
  }
  const lost = seen - stable;
  const verb = lost === 1 ? 'is not a fixed point' : 'are not fixed points';
  return `${lost} of ${seen} ${those} ${verb} under ${rule}: ${reason(diagnosis)}; ${cure(diagnosis)}`;
}

function reason({
  each,
  overlap,
  randomOverlap,
  capacity,
  patterns,
}: Omit<ClassicalDiagnosis, 'sentence'>): string {
  const reasons: string[] = [];
  if (overlap !== null && overlap > ALIKE * randomOverlap) {
    reasons.push(`they overlap by ${overlap.toFixed(2)} on average`);
  }
  if (capacity !== null && patterns > capacity) {
    reasons.push(`it holds about ${counted(Math.floor(capacity), 'random pattern')}`);
  }
  if (reasons.length > 0) return reasons.join(' and ');
  const most = each.reduce((largest, { crosstalk }) => Math.max(largest, crosstalk), -Infinity);
  return most > 1
    ? `all others together outweigh one of them, by up to ${short(most)} to 1`
    : 'thresholds, or what the couplings have become, stand against them';
}

function cure({ each, stable, others }: Omit<ClassicalDiagnosis, 'sentence'>): string {
  if (others.length === 0) return 'no other rule was tried, with so many neurons and patterns';
  const best = others.reduce((a, b) => (b.stable > a.stable ? b : a));
  if (best.stable === each.length) return `${best.rule} holds ${allOf(each.length)}`;
  const tried = listed(others.map(({ rule }) => rule));
  if (best.stable <= stable) return `no better under ${tried}`;
  return `${best.rule} holds ${best.stable}, the most of ${tried}`;
}
