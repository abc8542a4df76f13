/** What a recall command did as asked, but may not have been meant to do. */

import { diagnose, HopfieldNetwork } from '../../index.ts';
import type { Library } from '../library.ts';
import { count } from '../words.ts';
import type { SignMemory } from './models.ts';
import type { Task } from './tasks.ts';

/** Patterns are no fixed points, or more are stored than the rule is known to hold. */
export function storingWarnings(network: SignMemory): string[] {
  const { each, stable, sentence } = diagnose(network);
  if (stable < each.length) return [sentence];
  if (!(network instanceof HopfieldNetwork)) return [];
  const { capacity, patternCount, rule } = network;
  if (capacity === undefined || patternCount <= capacity) return [];
  const about = Math.floor(capacity);
  const stored = `${count(patternCount, 'pattern')} ${patternCount === 1 ? 'is' : 'are'} stored`;
  return [`${stored}; the ${rule.name} rule holds about ${count(about, 'random one')}`];
}

/** Patterns are to be brought back that a loaded network never saw. */
export function strangerWarnings(tasks: readonly Task[], stored: Library): string[] {
  const known = new Set(stored.patterns.map(String));
  const strangers = tasks.filter(({ original }) => original && !known.has(String(original)));
  if (strangers.length === 0) return [];
  const verb = strangers.length === 1 ? 'is' : 'are';
  return [
    `${strangers.length} of ${count(tasks.length, 'pattern')} ${verb} not stored in ${stored.source}`,
  ];
}
