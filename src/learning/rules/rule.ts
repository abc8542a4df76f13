/** What a learning rule is. Each stands in a file of its own beside this one; index.ts lists them. */
import type { Address } from '../../numbers.ts';
import type { LearningGroup } from '../../kernels/groups/learning.ts';
import type { PatternGroup } from '../../kernels/groups/patterns.ts';
import type { SpinGroup } from '../../kernels/groups/spins.ts';
import type { Machine } from '../../kernels/open.ts';
import type { PatternStore } from '../../patterns/pattern-store.ts';

/** How the last training of an iterative rule ended, or daydreaming until stable. */
export interface LearningReport {
  /** Whether every neuron met the rule's criterion; after daydreaming, whether all patterns are fixed points. */
  readonly converged: boolean;
  /** The epochs of the neuron that took longest; `maxEpochs` when one did not converge. After daydreaming, its epochs. */
  readonly epochs: number;
  /** The least ξ_i h_i/‖w_i‖ of any neuron and pattern, ‖ξ‖ not divided out: for the rules that say what they reached. */
  readonly stability?: number;
}

/** What a rule learns from and into. */
export interface Lesson {
  readonly machine: Machine<PatternGroup & SpinGroup & LearningGroup>;
  readonly patterns: PatternStore;
  /** The first pattern that is new; those before it are in the matrix already. */
  readonly from: number;
  /** Address of f64[N×N], to which the rule adds. */
  readonly matrix: Address;
  /** What one Hebbian pattern adds to a coupling. */
  readonly scale: number;
  /** Whether W_ii is learnt (true) or stays as it is. */
  readonly selfCoupling: boolean;
  /** Whether the matrix holds something else than what the rule made of the patterns before `from`. */
  readonly dreamt: boolean;
}

/** One parameter of a rule, a number. From these come checks, defaults, and the options of the command line. */
export interface RuleParameter<P> {
  /** What it is, in a few words for the help of the command line. */
  readonly is: string;
  /** Its default, which may depend on the parameters before it; one that has none is always given. */
  readonly usual?: number | ((neurons: number, before: Readonly<P>) => number);
  /** What finite number it is, for messages. */
  readonly expected: string;
  readonly holds: (value: number) => boolean;
}

/** @typeParam P - its parameters, as callers give them */
export interface LearningRule<P extends object> {
  readonly parameters: { readonly [Key in keyof P & string]-?: RuleParameter<Required<P>> };
  /** How many random patterns it is known to hold as N grows large; undefined (null in reports) where no figure applies. */
  capacity?(neurons: number, parameters: Required<P>): number | undefined;
  /** Whether a learnt W_ii has a meaning. */
  readonly selfCoupling?: boolean;
  /** Whether `learn` cannot start from couplings that are not symmetric. Not: whether those it makes are. */
  readonly symmetric?: boolean;
  /** Whether it adds new patterns to what there is; others learn all patterns together. */
  readonly additive?: boolean;
  /** Whether it is computed from blocks of the patterns. */
  readonly blocks?: boolean;
  /** Whether it iterates, neuron by neuron, so that `learn` reports; its couplings, and no others, are not symmetric. */
  readonly iterative?: boolean;
  /** Whether `learn` reports the stability that it reached. */
  readonly tellsStability?: boolean;
  /** The threshold of every neuron, for rules of 0/1 units that bring one. */
  threshold?(parameters: Required<P>): number;
  /** The largest |J_ij| that new patterns are clamped to, for rules whose couplings are small integers. */
  bound?(parameters: Required<P>): number;
  /**
   * Adds to the matrix what the patterns from `from` on make; it holds zeros unless the rule is additive or the network
   * has dreamt or was given couplings. W_ii is the rule's own affair. @returns how it went, for rules that iterate
   */
  learn(lesson: Lesson, parameters: Required<P>): LearningReport | undefined;
}
