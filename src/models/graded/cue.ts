/** Between outputs V and potentials u = g⁻¹(V). */
import { ln } from '../../elementary.ts';
import { checkNumber } from '../../checks.ts';
import { takeItem } from '../../patterns/lists.ts';
import type { State } from '../../patterns/states.ts';
import { readReals, type GradedPlan } from './options.ts';

/** gain·u of an output that is at its limit. */
const FARTHEST = 350;

/** How far from the middle towards its limit a cue of two values begins. */
const INSIDE = 0.9;

/** u = g⁻¹(V); V at a limit counts as very close to it. */
export function potentials(plan: GradedPlan, outputs: Float64Array): Float64Array {
  const { gain, activation } = plan;
  return outputs.map((output) => {
    const v = activation === 'tanh' ? output : 2 * output - 1;
    const x = 0.5 * ln((1 + v) / (1 - v));
    return Math.max(-FARTHEST, Math.min(FARTHEST, x)) / gain;
  });
}

/** Outputs of N neurons, as the network's own copy. @throws TypeError, RangeError when one is out of range */
export function readOutputs(plan: GradedPlan, values: unknown, name: string): Float64Array {
  const low = plan.activation === 'tanh' ? -1 : 0;
  const outputs = readReals(values, plan.neurons, name);
  for (const [i, v] of outputs.entries()) {
    checkNumber(v, `${name}[${i}]`, `an output from ${low} to 1`, (x) => x >= low && x <= 1);
  }
  return outputs;
}

/**
 * The outputs a recall begins with. Nothing but −1 and 1, nothing but 0 and 1, and booleans are signs; anything else
 * has to be outputs. All are drawn towards the middle a little.
 *
 * @throws TypeError, RangeError for a bad cue
 */
export function readCue(plan: GradedPlan, cue: State): Float64Array {
  const kind = { size: plan.neurons, what: 'values', of: "the network's neurons" };
  const values = Array.from(takeItem(cue, kind, 'cue'), (value) =>
    typeof value === 'boolean' ? Number(value) : value,
  );
  const given = readReals(values, plan.neurons, 'cue');
  const only = (low: number) => given.every((v) => v === low || v === 1);
  const bipolar = plan.activation === 'tanh';
  if (bipolar && only(0)) given.forEach((v, i) => (given[i] = 2 * v - 1));
  if (!bipolar && only(-1)) given.forEach((v, i) => (given[i] = (v + 1) / 2));
  const middle = bipolar ? 0 : 0.5;
  return readOutputs(plan, given, 'cue').map((v) => middle + (v - middle) * INSIDE);
}
