/** The built-in experiments by name: one more is a file beside this one, and a line here. */
import { capacity } from './capacity.ts';

export const EXPERIMENTS = {
  capacity,
} as const;

export type ExperimentName = keyof typeof EXPERIMENTS;
