/** Lists that a screen holds. */

import { count } from '../words.ts';

/** What a list is cut to, so that a screen holds the report. */
const MOST_LINES = 12;

/** As many lines as fit beside the rest of the report; what is left out is said, and how to see it. */
export function screenful(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) return lines;
  const left = lines.length - MOST_LINES + 1;
  return [...lines.slice(0, MOST_LINES - 1), `… ${count(left, 'more line')}; --output writes all`];
}
