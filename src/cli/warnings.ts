/** What a recall command did as asked, but may not have been meant to do. */

import type { HopfieldNetwork } from '../index.ts';
import type { Library } from './library.ts';
import type { Task } from './tasks.ts';

/** More is stored than the rule is known to hold. */
export function capacityWarnings({ capacity, patternCount, rule }: HopfieldNetwork): string[] {
  if (capacity === undefined || patternCount <= capacity) return [];
  const about = Math.floor(capacity);
  return [
    `${patternCount} patterns are stored; the ${rule.name} rule holds about ${about} random ones`,
  ];
}

/** Patterns are to be brought back that a loaded network never saw. */
export function strangerWarnings(tasks: readonly Task[], stored: Library): string[] {
  const known = new Set(stored.patterns.map(String));
  const strangers = tasks.filter(({ original }) => original && !known.has(String(original)));
  if (strangers.length === 0) return [];
  return [`${strangers.length} of ${tasks.length} patterns are not stored in ${stored.source}`];
}
