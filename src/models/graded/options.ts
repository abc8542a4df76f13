/** What a graded network is to be, and how it is to run: options, checked and completed. */
import { checkName, checkNumber, checkOptions, checkPositiveInteger } from '../../checks.ts';
import { takeAmong, type Among, type TakenAmong } from '../../patterns/among.ts';
import { takeItem } from '../../patterns/lists.ts';
import type { Backend } from '../../kernels/open.ts';

/** The most neurons: N×N doubles have to fit one memory. */
const MOST_NEURONS = 16384;

/** Potentials, couplings and inputs stay below this, so that nothing overflows. */
export const LARGEST = 1e100;

export interface GradedOptions {
  /** `'tanh'` (default): outputs V = tanh(gain·u), from −1 to 1. `'logistic'`: V = ½(1 + tanh(gain·u)), from 0 to 1. */
  activation?: 'tanh' | 'logistic';
  /** Steepness of the neurons, 1/u₀ where a paper has V = g(u/u₀); 10⁻³⁰ to 10³⁰. Default 10. */
  gain?: number;
  /** τ, how long a potential takes to decay to 1/e; 10⁻³⁰ to 10³⁰. Default 1. */
  timeConstant?: number;
  /** Input currents I: one number or N of them. Default 0. */
  inputs?: number | ArrayLike<number>;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** A graded network, complete. */
export interface GradedPlan {
  readonly neurons: number;
  readonly activation: 'tanh' | 'logistic';
  readonly gain: number;
  readonly timeConstant: number;
  readonly inputs: Float64Array;
}

const NAMES = ['activation', 'gain', 'timeConstant', 'inputs', 'backend'];

export function planGraded(neurons: number, options: GradedOptions): GradedPlan {
  const most = `an integer from 1 to ${MOST_NEURONS} (couplings are N×N doubles)`;
  checkNumber(neurons, 'neurons', most, (n) => {
    return Number.isInteger(n) && n >= 1 && n <= MOST_NEURONS;
  });
  checkOptions(options, 'graded network options', NAMES);
  const { activation = 'tanh', gain = 10, timeConstant = 1, inputs = 0 } = options;
  return {
    neurons,
    activation: checkName(activation, 'activation', ['tanh', 'logistic']),
    gain: checkScale(gain, 'gain'),
    timeConstant: checkScale(timeConstant, 'timeConstant'),
    inputs:
      typeof inputs === 'number'
        ? new Float64Array(neurons).fill(checkReal(inputs, 'inputs'))
        : readReals(inputs, neurons, 'inputs'),
  };
}

export interface GradedRunOptions {
  /** Converged when no |du/dt| is larger. In the units of the inputs. Default 10⁻⁶. */
  tolerance?: number;
  /** Steps after which to stop. Default 10,000. */
  maxSteps?: number;
  /** Time at which to stop, in the units of τ; the last step ends there. Default: no limit. */
  maxTime?: number;
  /** Error allowed in a step, in gain·u where that is below 1, as a part of it beyond. Default 0.01. */
  accuracy?: number;
  /** How many of the stored patterns most like the final state to list, as `top` of the result. Default none. */
  top?: number;
  /**
   * Which of the stored patterns take part, as if no others were stored: a mask of P booleans (or 0/1), labels, or
   * `{ labels }`, `{ indices }`. Couplings of their own are made for it, O(N²·P) and 8N² bytes; refused where couplings
   * were given. Default all.
   */
  among?: Among;
}

/** Run options, complete. */
export interface RunPlan extends Readonly<Required<Omit<GradedRunOptions, 'among'>>> {
  readonly among: TakenAmong | undefined;
}

export function planRun(options: GradedRunOptions, more: readonly string[] = []): RunPlan {
  checkOptions(options, 'run options', ['tolerance', 'maxSteps', 'maxTime', 'accuracy', ...more]);
  const { tolerance = 1e-6, maxSteps = 10_000, maxTime = Infinity, accuracy = 0.01 } = options;
  return {
    tolerance: checkNumber(tolerance, 'tolerance', 'a number, 0 or more', (x) => x >= 0),
    maxSteps: checkPositiveInteger(maxSteps, 'maxSteps'),
    maxTime:
      maxTime === Infinity
        ? maxTime
        : checkNumber(maxTime, 'maxTime', 'a number above 0', (x) => x > 0),
    accuracy: checkNumber(accuracy, 'accuracy', 'a number from 1e-12 to 1', (x) => {
      return x >= 1e-12 && x <= 1;
    }),
    top: options.top === undefined ? 0 : checkPositiveInteger(options.top, 'top'),
    among: takeAmong(options.among),
  };
}

function checkScale(value: unknown, name: string): number {
  return checkNumber(value, name, 'a number from 1e-30 to 1e30', (x) => x >= 1e-30 && x <= 1e30);
}

function checkReal(value: unknown, name: string): number {
  const expected = `a number from -${LARGEST} to ${LARGEST}`;
  return checkNumber(value, name, expected, (x) => Math.abs(x) <= LARGEST);
}

/** N numbers as the network's own copy. @throws TypeError, RangeError naming the first bad one */
export function readReals(values: unknown, neurons: number, name: string): Float64Array {
  const of = "the network's neurons";
  const list = takeItem(values, { size: neurons, what: 'numbers', of }, name);
  return Float64Array.from(list, (value, i) => checkReal(value, `${name}[${i}]`));
}
