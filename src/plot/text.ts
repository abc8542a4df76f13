/** Figures as text: lines and error bars of Braille dots, marks, axes, legend. */
import {
  bar,
  entriesOf,
  type Frame,
  frameOf,
  hasBar,
  type Look,
  shadeOf,
  SHAPES,
} from './frame.ts';
import { Canvas } from './canvas.ts';
import { checkNumber, checkOptions } from '../checks.ts';
import { terminalWidth, rowsOf, wrapText } from './words.ts';
import { visible } from '../visible.ts';
import { numberText } from './scale.ts';
import type { Figure, FigurePoint } from './figure.ts';

/** Codes of ANSI for the colours of series in turn. */
const COLOURS = ['36', '33', '32', '35', '34', '31', '96', '95'];
const SHADES = ' ░▒▓█';
/** Dots on, then as many off: the dashes of theories in turn; and what the legend shows of them. */
const GAPS = [2, 1, 4, 3];
const DASHES = ['╌╌╌', '┈┈┈', '╍╍╍', '┄┄┄'];

/**
 * A figure for a terminal. Control characters in its text are shown as codes.
 *
 * @param options.columns of the whole, 40 to 500, default 80
 * @param options.rows of the plane between the axes, 5 to 200, default 18
 * @param options.colour with colours (ANSI), default false: shapes tell series apart without
 * @returns lines, each ended by a line feed
 * @throws TypeError for what is no figure, RangeError for sizes or an axis without extent
 */
export function figureToText(
  figure: Figure,
  options: { columns?: number; rows?: number; colour?: boolean } = {},
): string {
  checkOptions(options, 'options of figureToText', ['columns', 'rows', 'colour']);
  const columns = size(options.columns ?? 80, 'columns', 40, 500);
  const rows = size(options.rows ?? 18, 'rows', 5, 200);
  const paint = (text: string, colour: string) =>
    options.colour === true && colour !== '' && text.trim() !== ''
      ? `\u001b[${colour}m${text}\u001b[0m`
      : text;
  const frame = frameOf(figure, Math.max(3, Math.floor(columns / 14)), Math.max(2, rows / 4));
  const labels = frame.y.ticks.map(({ label }) => shortened(visible(label), columns >> 1));
  const margin = Math.max(3, ...labels.map(terminalWidth));
  // A column of the axis, and one free at the end for a label that is centred there.
  const across = columns - margin - 4;
  const canvas = draw(frame, across, rows);

  const lines = wrapText(visible(figure.title), columns, terminalWidth).map((line) =>
    paint(line, '1'),
  );
  lines.push(...legendOf(frame, columns, paint), '');
  lines.push(
    ...wrapText(visible(figure.y.label), columns, terminalWidth).map((line) => paint(line, '2')),
  );
  const ticks = new Map(
    frame.y.ticks.map(({ at }, k) => [Math.round((1 - frame.y.place(at)) * (rows - 1)), labels[k]]),
  );
  for (const [row, line] of canvas.rows(paint).entries()) {
    const label = ticks.get(row);
    const edge = ' '.repeat(margin - terminalWidth(label ?? '')) + (label ?? '');
    lines.push(`${edge} ${label === undefined ? '│' : '┤'}${line}`);
  }
  lines.push(...axisRows(frame, margin, across));
  for (const line of wrapText(visible(figure.x.label), columns - margin - 2, terminalWidth)) {
    const room = Math.max(0, Math.floor((across - terminalWidth(line)) / 2));
    lines.push(' '.repeat(margin + 2 + room) + paint(line, '2'));
  }
  for (const note of figure.notes ?? []) {
    lines.push(...wrapText(visible(note), columns, terminalWidth).map((line) => paint(line, '2')));
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function size(value: number, name: string, least: number, most: number): number {
  const expected = `an integer from ${least} to ${most}`;
  return checkNumber(value, name, expected, (n) => Number.isInteger(n) && n >= least && n <= most);
}

/** At most `room` columns, with a mark where something is left out. */
function shortened(text: string, room: number): string {
  if (terminalWidth(text) <= room) return text;
  const characters = [...text];
  while (terminalWidth(characters.join('')) >= room) characters.pop();
  return `${characters.join('')}…`;
}

const colourOf = ({ colour }: Look) => (colour < 0 ? '' : COLOURS[colour % COLOURS.length]);
const markOf = ({ shape }: Look) => SHAPES[shape % SHAPES.length];

function legendOf(
  { looks, shades }: Frame,
  columns: number,
  paint: (text: string, colour: string) => string,
): string[] {
  const entries = entriesOf(looks).map((look) => {
    const { series } = look;
    const name = visible(series.name);
    if (series.kind === 'heat') {
      const [low, high] = [shades!.min, shades!.max].map((value) => numberText(value));
      const steps = [...SHADES].slice(1).join('');
      const text = `${low} ${steps} ${high} ${visible(shades!.label) || name}`;
      return { width: terminalWidth(text), text };
    }
    const dashes = DASHES[look.shape % DASHES.length];
    const sample =
      series.kind === 'theory'
        ? dashes
        : series.kind === 'line'
          ? `─${markOf(look)}─`
          : markOf(look);
    const width = terminalWidth(sample) + 1 + terminalWidth(name);
    return { width, text: `${paint(sample, colourOf(look))} ${name}` };
  });
  const widths = entries.map(({ width }) => width + 3);
  return rowsOf(widths, columns + 3).map((row) => row.map((k) => entries[k].text).join('   '));
}

function axisRows({ x }: Frame, margin: number, across: number): string[] {
  const line = Array<string>(across).fill('─');
  let labels = '';
  for (const tick of x.ticks) {
    const at = Math.round(x.place(tick.at) * (across - 1));
    const label = visible(tick.label);
    const start = Math.max(0, margin + 2 + at - (terminalWidth(label) >> 1));
    // A label that would touch the one before it is left out, and so is its tick.
    if (labels !== '' && start < terminalWidth(labels) + 1) continue;
    line[at] = '┬';
    labels += ' '.repeat(start - terminalWidth(labels)) + label;
  }
  return [`${' '.repeat(margin + 1)}└${line.join('')}`, labels];
}

function draw(frame: Frame, columns: number, rows: number): Canvas {
  const canvas = new Canvas(columns, rows);
  const [width, height] = [2 * columns - 1, 4 * rows - 1];
  const px = (value: number) => frame.x.place(value) * width;
  const py = (value: number) => (1 - frame.y.place(value)) * height;
  for (const look of frame.looks) {
    if (look.series.kind === 'heat') shade(canvas, look, frame, columns, rows);
  }
  const drawn = frame.looks.filter(({ series }) => series.kind !== 'heat');
  // Marks last: what was measured is not hidden by lines.
  for (const look of drawn) {
    const colour = colourOf(look);
    const { kind, points } = look.series;
    if (kind !== 'points') {
      const gap = kind === 'theory' ? GAPS[look.shape % GAPS.length] : 0;
      let phase = 0;
      for (let k = 1; k < points.length; k++) {
        const ends = cut(points[k - 1], points[k], px, py, width, height);
        if (ends !== undefined) {
          phase = canvas.line(ends[0], ends[1], colour, gap, phase);
        }
      }
    }
    for (const point of points) {
      if (!hasBar(point)) continue;
      const [low, high] = bar(point).map((end) => Math.max(0, Math.min(height, py(end))));
      const at = px(point.x);
      if (Number.isFinite(low + high + at)) canvas.line([at, low], [at, high], colour);
    }
  }
  for (const look of drawn) {
    if (look.series.kind === 'theory') continue;
    for (const { x, y } of look.series.points) {
      const [column, row] = [Math.floor(px(x) / 2 + 0.25), Math.floor(py(y) / 4 + 0.125)];
      canvas.mark(Math.min(column, columns - 1), row, markOf(look), colourOf(look));
    }
  }
  return canvas;
}

/** The part of a line that is inside the frame (Liang & Barsky 1984). */
function cut(
  a: FigurePoint,
  b: FigurePoint,
  px: (value: number) => number,
  py: (value: number) => number,
  width: number,
  height: number,
): [[number, number], [number, number]] | undefined {
  const [x, y] = [px(a.x), py(a.y)];
  const [dx, dy] = [px(b.x) - x, py(b.y) - y];
  if (!Number.isFinite(x + y + dx + dy)) return undefined;
  let [from, to] = [0, 1];
  for (const [step, room] of [
    [-dx, x],
    [dx, width - x],
    [-dy, y],
    [dy, height - y],
  ]) {
    if (step === 0 && room < 0) return undefined;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  if (from > to) return undefined;
  return [
    [x + from * dx, y + from * dy],
    [x + to * dx, y + to * dy],
  ];
}

function shade(
  canvas: Canvas,
  { series }: Look,
  { x, y, shades, cells }: Frame,
  columns: number,
  rows: number,
): void {
  const { edgesX, edgesY } = cells.get(series)!;
  for (const point of series.points) {
    const { value = NaN } = point;
    if (!edgesX.has(point.x) || !edgesY.has(point.y) || !Number.isFinite(value)) continue;
    const [left, right] = edgesX.get(point.x)!.map((edge) => Math.round(x.place(edge) * columns));
    const [bottom, top] = edgesY
      .get(point.y)!
      .map((edge) => Math.round((1 - y.place(edge)) * rows));
    const step = Math.min(4, Math.floor(shadeOf(value, shades!) * 5));
    for (let row = Math.max(0, top); row < Math.min(rows, bottom); row++) {
      for (let column = Math.max(0, left); column < Math.min(columns, right); column++) {
        canvas.shade(column, row, SHADES[step]);
      }
    }
  }
}
