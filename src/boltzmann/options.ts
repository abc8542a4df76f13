/** What a restricted Boltzmann machine is to be: options, checked and completed. */
import { checkName, checkNeurons, checkOptions } from '../checks.ts';
import type { Backend } from '../kernels/open.ts';

export interface MachineOptions {
  /** Whether visible units are 0/1 (`'binary'`, default) or ±1 (`'bipolar'`). */
  units?: 'binary' | 'bipolar';
  /** Whether hidden units are 0/1 (`'binary'`, default) or real, with variance 1 (`'gaussian'`). */
  hiddenUnits?: 'binary' | 'gaussian';
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** What a machine is, complete. */
export interface MachinePlan {
  /** N. */
  readonly visible: number;
  /** H. */
  readonly hidden: number;
  readonly units: 'binary' | 'bipolar';
  readonly hiddenUnits: 'binary' | 'gaussian';
}

/** Options that say what a machine is. */
export const MACHINE_OPTIONS = ['units', 'hiddenUnits', 'backend'] as const;

export function planMachine(
  visible: number,
  hidden: number,
  options: MachineOptions,
  more: readonly string[] = [],
): MachinePlan {
  checkNeurons(visible, 'visible');
  checkNeurons(hidden, 'hidden');
  checkOptions(options, 'machine options', MACHINE_OPTIONS, more);
  return {
    visible,
    hidden,
    units: checkName(options.units ?? 'binary', 'units', ['binary', 'bipolar']),
    hiddenUnits: checkName(options.hiddenUnits ?? 'binary', 'hiddenUnits', ['binary', 'gaussian']),
  };
}
