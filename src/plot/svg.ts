/** Figures as SVG: text put together by hand, so that it needs no document. */
import { bar, entriesOf, type Frame, frameOf, hasBar, type Look, shadeOf } from './frame.ts';
import { mark } from './svg-marks.ts';
import { checkName, checkNumber, checkOptions } from '../checks.ts';
import { COLOURS, shadeColour, styleSheet, type Theme } from './style.ts';
import { description, pointText } from './describe.ts';
import { type Box, element, escape, coordinate, SIZE, textElement } from './markup.ts';
import { besideOf, shadeBar } from './svg-shades.ts';
import { emsOf, rowsOf, wrapText } from './words.ts';
import { numberText, type Tick } from './scale.ts';
import type { Figure, FigurePoint, Series } from './figure.ts';

const THEMES = ['auto', 'light', 'dark'] as const;
const LINE = 18;
/** A legend's sample of a mark or a line, and the room after it. */
const sampleWidth = ({ kind }: Series) => (kind === 'points' ? 20 : 34);

/**
 * A figure as an SVG document of its own, which can also stand inside a page: no script, no font, no identifier that another
 * figure could share. Text of the figure is escaped. Its name and a description of its axes and series are there for who does
 * not see it; every mark says its values when pointed at.
 *
 * @param options.theme `auto` (default) follows `prefers-color-scheme` of the reader; or `light`, `dark`
 * @param options.width of the picture in pixels, 320 to 4000, default 720; its height follows
 * @throws TypeError for what is no figure or an unknown theme, RangeError for a width or an axis without extent
 */
export function figureToSvg(
  figure: Figure,
  options: { theme?: Theme; width?: number } = {},
): string {
  checkOptions(options, 'options of figureToSvg', ['theme', 'width']);
  const theme = checkName(options.theme ?? 'auto', 'theme', THEMES);
  const width = checkNumber(
    options.width ?? 720,
    'width',
    'a number from 320 to 4000',
    (value) => value >= 320 && value <= 4000,
  );
  const frame = frameOf(figure, Math.max(3, Math.round(width / 110)), 6);
  const labelWidth = Math.max(0, ...frame.y.ticks.map(({ label }) => emsOf(label) * SIZE));
  const left = Math.min(width / 3, Math.round(labelWidth + 52));
  const { right, label } = besideOf(frame, width - left);
  const room = width - left - right;

  const parts: string[] = [];
  let y = 14;
  for (const line of wrapText(figure.title, (width - 40) / 17, emsOf)) {
    y += 20;
    parts.push(textElement(line, { x: 20, y, 'font-size': 17, 'font-weight': 600 }));
  }
  y += 14;
  const legend = legendOf(frame.looks, { left: 20, top: y, width: width - 40 });
  parts.push(legend.markup);
  y = legend.bottom + (frame.looks.some(isUpright) ? 20 : 14);
  const box: Box = { left, top: y, width: room, height: Math.round(Math.min(room * 0.6, 420)) };
  parts.push(grid(frame, box), inside(frame, box));
  if (frame.shades !== undefined) parts.push(shadeBar(frame.shades, label, box));
  const below = axes(figure, frame, box);
  parts.push(below.markup);
  y = below.bottom + 8;
  for (const note of figure.notes ?? []) {
    for (const line of wrapText(note, (width - 40) / 11.5, emsOf)) {
      y += 16;
      parts.push(
        textElement(line, { x: 20, y, 'font-size': 11.5, class: 'hf-muted', fill: 'currentColor' }),
      );
    }
  }
  const height = y + 16;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: `hf-${theme}`,
      role: 'img',
      'aria-label': figure.title,
      fill: 'currentColor',
      'font-family': 'system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif',
      'font-size': SIZE,
    },
    element('desc', {}, escape(description(figure, frame))) +
      element('style', {}, styleSheet(theme)) +
      element('rect', { width, height, class: 'hf-paper' }) +
      parts.join(''),
  );
}

const DASHES = ['7 5', '2 4', '10 4 2 4', '14 6', '5 3 1 3'];

/** Attributes of what a series draws: its colour, or that of text. */
function coloured({ colour }: Look): Record<string, string> {
  return colour < 0 ? {} : { class: `hf-${colour % COLOURS}` };
}

function dashed({ shape }: Look): Record<string, string | number> {
  return {
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.6,
    'stroke-dasharray': DASHES[shape % DASHES.length],
  };
}

function legendOf(looks: Look[], { left, top, width }: Omit<Box, 'height'>) {
  const shown = entriesOf(looks).filter(({ series }) => series.kind !== 'heat');
  const rows = rowsOf(
    shown.map(({ series }) => sampleWidth(series) + emsOf(series.name) * SIZE + 18),
    width,
  );
  let markup = '';
  let y = top;
  for (const row of rows) {
    let x = left;
    for (const k of row) {
      const look = shown[k];
      const sample: string[] = [];
      const middle = y + LINE / 2;
      const line = { x1: x, x2: x + 26, y1: middle, y2: middle };
      if (look.series.kind === 'theory') sample.push(element('line', { ...line, ...dashed(look) }));
      else {
        if (look.series.kind === 'line') {
          sample.push(element('line', { ...line, stroke: 'currentColor', 'stroke-width': 1.8 }));
        }
        sample.push(mark(look.shape, x + (look.series.kind === 'line' ? 13 : 6), middle));
      }
      markup += element('g', coloured(look), sample.join(''));
      markup += textElement(look.series.name, { x: x + sampleWidth(look.series), y: middle + 4.5 });
      x += sampleWidth(look.series) + emsOf(look.series.name) * SIZE + 18;
    }
    y += LINE + 3;
  }
  return { markup, bottom: y };
}

/** Of these ticks those whose labels do not run into each other. */
function uncrowded(ticks: Tick[], room: (tick: Tick) => number, place: (at: number) => number) {
  let free = -Infinity;
  return ticks.filter((tick) => {
    const half = room(tick) / 2;
    const middle = place(tick.at);
    if (middle - half < free) return false;
    free = middle + half;
    return true;
  });
}

function grid({ x, y }: Frame, { left, top, width, height }: Box): string {
  const across = y.ticks.map(({ at }) => {
    const level = coordinate(top + height * (1 - y.place(at)));
    return `M${left} ${level}h${width}`;
  });
  const down = x.ticks.map(
    ({ at }) => `M${coordinate(left + width * x.place(at))} ${top}v${height}`,
  );
  return element('path', {
    d: [...across, ...down].join(''),
    class: 'hf-grid',
    stroke: 'currentColor',
  });
}

function axes(figure: Figure, frame: Frame, { left, top, width, height }: Box) {
  const bottom = top + height;
  const placeX = (at: number) => left + width * frame.x.place(at);
  const placeY = (at: number) => bottom - height * frame.y.place(at);
  const named = figure.x.ticks !== undefined;
  const roomEach = width / Math.max(1, frame.x.ticks.length);
  const lines = (tick: Tick) =>
    named ? wrapText(tick.label, (roomEach - 6) / SIZE, emsOf) : [tick.label];
  const widest = (tick: Tick) => Math.max(0, ...lines(tick).map(emsOf)) * SIZE + 8;
  const shown = uncrowded(frame.x.ticks, widest, placeX);
  let markup = element('path', {
    d:
      shown.map(({ at }) => `M${coordinate(placeX(at))} ${bottom}v5`).join('') +
      frame.y.ticks.map(({ at }) => `M${left} ${coordinate(placeY(at))}h-5`).join('') +
      `M${left} ${top}V${bottom}H${left + width}`,
    class: 'hf-muted',
    stroke: 'currentColor',
    fill: 'none',
  });
  let most = 1;
  for (const tick of shown) {
    for (const [k, line] of lines(tick).entries()) {
      most = Math.max(most, k + 1);
      const y = bottom + 20 + k * 15;
      markup += textElement(line, { x: coordinate(placeX(tick.at)), y, 'text-anchor': 'middle' });
    }
  }
  for (const { at, label } of frame.y.ticks) {
    markup += textElement(label, {
      x: left - 9,
      y: coordinate(placeY(at) + 4.5),
      'text-anchor': 'end',
    });
  }
  const labelX = wrapText(figure.x.label, (width + left) / SIZE, emsOf);
  let y = bottom + 24 + (most - 1) * 15;
  for (const line of labelX) {
    y += LINE;
    markup += textElement(line, { x: left + width / 2, y, 'text-anchor': 'middle' });
  }
  const upright = wrapText(figure.y.label, (height + 20) / SIZE, emsOf);
  upright.forEach((line, k) => {
    const x = 22 + k * 15;
    const middle = top + height / 2;
    const transform = `rotate(-90 ${x} ${coordinate(middle)})`;
    markup += textElement(line, { x, y: coordinate(middle), 'text-anchor': 'middle', transform });
  });
  return { markup, bottom: y };
}

/** Cells, lines, error bars and marks. Lines are cut at the frame; marks on its edge are whole. */
function inside(frame: Frame, box: Box): string {
  const { width, height } = box;
  const px = (value: number) => width * near(frame.x.place(value));
  const py = (value: number) => height * (1 - near(frame.y.place(value)));
  // A mark may stand a little beyond the frame, as one just below 0 does.
  const within = ({ x, y }: FigurePoint) =>
    px(x) > -5 && px(x) < width + 5 && py(y) > -5 && py(y) < height + 5;
  let cut = '';
  let marks = '';
  for (const look of frame.looks) {
    const { series } = look;
    if (series.kind === 'heat') {
      cut += cells(look, frame, px, py);
      continue;
    }
    const pieces: string[] = [];
    if (series.kind !== 'points') {
      const d = path(series.points, px, py);
      const line = { d, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8 };
      if (series.kind === 'line')
        pieces.push(element('path', { ...line, 'stroke-linejoin': 'round' }));
      else {
        // Over cells a line needs an edge to be seen on every shade.
        const edge = { ...line, 'stroke-width': 4, class: 'hf-paper' };
        if (frame.cells.size > 0) pieces.push(element('path', edge));
        const { name, of } = series;
        const title = of === undefined ? name : `${name}, ${of}`;
        pieces.push(element('path', { d, ...dashed(look) }, element('title', {}, escape(title))));
        const at = px(series.points[0]?.x);
        if (isUpright(look) && at > -0.01 && at < width + 0.01) {
          const { shape } = frame.looks.find((other) => other.series.name === of)!;
          marks += element('g', coloured(look), mark(shape, at, ABOVE));
        }
      }
    }
    if (series.kind !== 'theory') {
      const bars = series.points
        .filter((point) => hasBar(point) && px(point.x) > -0.01 && px(point.x) < width + 0.01)
        .map((point) => errorBar(px(point.x), bar(point).map(py), height));
      const d = bars.join('');
      const barPath =
        d === '' ? '' : element('path', { d, stroke: 'currentColor', 'stroke-width': 1.4 });
      const drawn = series.points.filter(within).map((point) => {
        const title = element('title', {}, escape(pointText(series.name, point)));
        return mark(look.shape, px(point.x), py(point.y), title);
      });
      marks += element('g', coloured(look), barPath + drawn.join(''));
    }
    cut += element('g', coloured(look), pieces.join(''));
  }
  // Lines on the edge are as thick as others.
  const EDGE = 2;
  const frameBox = {
    x: box.left - EDGE,
    y: box.top - EDGE,
    width: width + 2 * EDGE,
    height: height + 2 * EDGE,
  };
  return (
    element(
      'svg',
      { ...frameBox, overflow: 'hidden' },
      element('g', { transform: `translate(${EDGE} ${EDGE})` }, cut),
    ) + element('g', { transform: `translate(${box.left} ${box.top})` }, marks)
  );
}

/** Where the mark of its series stands over a line that goes straight up. */
const ABOVE = -11;

/** A theory of a series that is a line upwards: its colour alone would tell whose it is. */
function isUpright({ series: { kind, of, points } }: Look): boolean {
  return kind === 'theory' && of !== undefined && points.every(({ x }) => x === points[0].x);
}

/** A place on an axis, or one far beyond its ends: further off is all the same, and no number for a drawing. */
function near(place: number): number {
  return Number.isFinite(place) ? Math.max(-1e4, Math.min(1e4, place)) : place;
}

/** Cut at the frame, and without its cap where it goes on beyond. */
function errorBar(x: number, ends: number[], height: number): string {
  const [low, high] = ends.map((end) => Math.max(0, Math.min(height, end)));
  if (!Number.isFinite(low + high) || (low === high && !ends.includes(low))) return '';
  const caps = [low, high].filter((end) => ends.includes(end));
  const drawn = caps.map((end) => `M${coordinate(x - 4)} ${coordinate(end)}h8`);
  return `M${coordinate(x)} ${coordinate(low)}V${coordinate(high)}${drawn.join('')}`;
}

function path(
  points: FigurePoint[],
  px: (value: number) => number,
  py: (value: number) => number,
): string {
  let d = '';
  let joined = false;
  for (const point of points) {
    const [x, y] = [px(point.x), py(point.y)];
    if (Number.isFinite(x + y)) d += `${joined ? 'L' : 'M'}${coordinate(x)} ${coordinate(y)}`;
    joined = Number.isFinite(x + y);
  }
  return d;
}

function cells(
  { series }: Look,
  { shades, cells: all }: Frame,
  px: (value: number) => number,
  py: (value: number) => number,
): string {
  const { edgesX, edgesY } = all.get(series)!;
  // Two digits of the whole range.
  const range = shades!.max - shades!.min;
  const decimals = range >= 50 ? 0 : range >= 5 ? 1 : range >= 0.5 ? 2 : 3;
  return series.points
    .filter(({ x, y, value = NaN }) => edgesX.has(x) && edgesY.has(y) && Number.isFinite(value))
    .map((point) => {
      const [left, right] = edgesX.get(point.x)!.map(px);
      const [bottom, top] = edgesY.get(point.y)!.map(py);
      if (!Number.isFinite(left + right + top + bottom)) return '';
      const shade = shadeOf(point.value!, shades!);
      // A hair larger than the cell: no seam shows between two of them.
      const box = {
        x: coordinate(left),
        y: coordinate(top),
        width: coordinate(right - left + 0.4),
        height: coordinate(bottom - top + 0.4),
      };
      const title = element('title', {}, escape(pointText(series.name, point)));
      const cell = element(
        'rect',
        { ...box, fill: shadeColour(shade), 'shape-rendering': 'crispEdges' },
        title,
      );
      const label = numberText(point.value!, decimals);
      if (right - left < emsOf(label) * 11 + 6 || bottom - top < 18) return cell;
      const middle = { x: coordinate((left + right) / 2), y: coordinate((top + bottom) / 2 + 4) };
      const ink = shade > 0.55 ? '#000000' : '#ffffff';
      return (
        cell +
        textElement(label, { ...middle, 'text-anchor': 'middle', 'font-size': 11, fill: ink })
      );
    })
    .join('');
}
