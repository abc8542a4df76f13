/** Where the command writes, and what it can do there: colours, columns, a cursor that moves. */

import picocolors from 'picocolors';

/** As much of a stream of Node's as the command asks for. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface Terminal {
  stdout: Stream;
  stderr: Stream;
  env: Record<string, string | undefined>;
}

export type Colours = ReturnType<typeof picocolors.createColors>;

/** Bits of a colour: 24, 8 (the palette of 256), or 0 where pictures are to do without. */
export type Depth = 0 | 8 | 24;

/** What a report is written for. */
export interface Page {
  colours: Colours;
  width: number;
}

/** Whether a bar or a moving picture can be drawn: the cursor goes where it is told. */
export function movesCursor({ isTTY = false }: Stream, env: Terminal['env']): boolean {
  return isTTY && env.TERM !== 'dumb';
}

/** Colours where somebody sees them: on a terminal, unless NO_COLOR is set (https://no-color.org). */
export function coloursFor(stream: Stream, env: Terminal['env']): Colours {
  const forced = env.FORCE_COLOR !== undefined && !['', '0', 'false'].includes(env.FORCE_COLOR);
  return picocolors.createColors(!env.NO_COLOR && (forced || movesCursor(stream, env)));
}

/** What colours there are, as the environment says: terminals cannot be asked. */
export function depthFor({ isColorSupported }: Colours, env: Terminal['env']): Depth {
  const { COLORTERM = '', TERM = '', FORCE_COLOR = '' } = env;
  if (!isColorSupported) return 0;
  if (FORCE_COLOR === '3' || /truecolor|24bit/i.test(COLORTERM) || TERM.endsWith('-direct')) {
    return 24;
  }
  return FORCE_COLOR === '2' || TERM.includes('256') ? 8 : 0;
}

/** Columns to write in. */
export function columnsIn(stream: Stream, env: Terminal['env']): number {
  return stream.columns || Number(env.COLUMNS) || 100;
}

/** Standard output, or another stream, as a page. */
export function pageOf({ stdout, env }: Terminal, stream = stdout): Page {
  return { colours: coloursFor(stream, env), width: columnsIn(stream, env) };
}
