/** A figure of the literature as something to be measured. */
import type { Figure } from '../../plot/figure.ts';
import type { Experiment, PointResult } from '../experiment.ts';
import type { Estimate } from '../statistics.ts';

/** Runs an experiment, and gives all its results. */
export type Ask = <Point extends object, Result, Summary extends object>(
  experiment: Experiment<Point, Result, Summary>,
) => Promise<PointResult<Point, Summary>[]>;

/** One published value beside the measured one. */
export interface Finding {
  /** What is measured, and where: `overlap at P/N = 0.1`. */
  what: string;
  published: number;
  measured: Estimate;
  /** How far finite networks, or what the paper rounds, may be away from what is published. */
  tolerance: number;
}

/** What a publication says, and how it is measured. */
export interface Publication {
  /** Short, for the list. */
  title: string;
  /** Authors and year, with where it stands. */
  paper: string;
  /** Whether it takes minutes: only with `--all`. */
  long?: boolean;
  /** Seeds are fixed: the same values come out on every machine. */
  measure(ask: Ask): Promise<{
    findings: Finding[];
    /** What a reader has to know beside the values. */
    remark?: string;
    figure?: Figure;
  }>;
}

/** Whether the published value is in the 95 % interval, widened by the tolerance. */
export function agrees({ published, measured, tolerance }: Finding): boolean {
  const { value, low = value, high = value } = measured;
  return published >= low - tolerance && published <= high + tolerance;
}
