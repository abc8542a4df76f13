/** Pictures in frames, side by side, with a sign between each two. */

import type { Colours } from '../terminal.ts';

export interface Panel {
  title: string;
  /** All `width` characters wide. */
  lines: string[];
  width: number;
  /** The sign before this panel; none before the first. */
  sign: string;
}

const LEAST = 10;

/** The lines of all panels in one row; in one column where a row would be wider than `room`. */
export function sideBySide(panels: readonly Panel[], colours: Colours, room: number): string[] {
  const boxes = panels.map((panel) => framed(panel, colours));
  const total = panels.reduce((sum, { width }) => sum + Math.max(width, LEAST) + 2, 0);
  if (total + 3 * (panels.length - 1) > room) return boxes.flat();
  const middle = Math.floor(boxes[0].length / 2);
  return boxes[0].map((_, y) =>
    panels
      .map(({ sign }, k) => (k === 0 ? '' : y === middle ? ` ${sign} ` : '   ') + boxes[k][y])
      .join(''),
  );
}

/** The lines of panels, all equally wide, in as many rows as it takes. */
export function inRows(panels: readonly Panel[], colours: Colours, room: number): string[] {
  const wide = Math.max(LEAST, ...panels.map(({ width }) => width)) + 2;
  const each = Math.max(1, Math.floor((room + 3) / (wide + 3)));
  const rows = Math.ceil(panels.length / each);
  return Array.from({ length: rows }, (_, row) =>
    sideBySide(panels.slice(row * each, (row + 1) * each), colours, room),
  ).flat();
}

function framed({ title, lines, width }: Panel, { dim }: Colours): string[] {
  const inner = Math.max(width, LEAST);
  const space = ' '.repeat(inner - width);
  return [
    `${dim('┌─')} ${title} ${dim(`${'─'.repeat(inner - title.length - 3)}┐`)}`,
    ...lines.map((line) => `${dim('│')}${line}${space}${dim('│')}`),
    dim(`└${'─'.repeat(inner)}┘`),
  ];
}
