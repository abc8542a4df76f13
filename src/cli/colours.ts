/** Colours where somebody sees them: on a terminal, unless NO_COLOR is set (https://no-color.org). */

import picocolors from 'picocolors';

export type Colours = ReturnType<typeof picocolors.createColors>;

export function coloursFor(stream: NodeJS.WriteStream, env = process.env): Colours {
  const forced = env.FORCE_COLOR !== undefined && !['', '0', 'false'].includes(env.FORCE_COLOR);
  const terminal = Boolean(stream.isTTY) && env.TERM !== 'dumb';
  return picocolors.createColors(!env.NO_COLOR && (forced || terminal));
}

/** Columns to write in. */
export function widthOf(stream: NodeJS.WriteStream, env = process.env): number {
  return stream.columns || Number(env.COLUMNS) || 100;
}
