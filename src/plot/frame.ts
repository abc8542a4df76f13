/** What both renderers need to know of a figure before they draw: its scales, and how each series looks. */
import { checkName, describe } from '../checks.ts';
import { type Scale, scaleOf } from './scale.ts';
import type { Figure, FigurePoint, Series } from './figure.ts';

/** Series take these in turn; each is told by its shape as well as by its colour. */
export const SHAPES = ['●', '■', '▲', '◆', '▼', '○', '□', '△'];

export interface Look {
  series: Series;
  /** Number of the mark in SHAPES, or of the dashes of a theory. */
  shape: number;
  /** Number of the colour; −1 is that of text. */
  colour: number;
}

export interface Frame {
  x: Scale;
  y: Scale;
  looks: Look[];
  /** The values of the lightest and the darkest shade, if there are shades. */
  shades?: { min: number; max: number; label: string };
  /** Half the width and height of a cell, as its points are spaced. */
  cells: Map<
    Series,
    { edgesX: Map<number, [number, number]>; edgesY: Map<number, [number, number]> }
  >;
}

const KINDS = ['points', 'line', 'theory', 'heat'] as const;

function check(figure: Figure): void {
  if (typeof figure !== 'object' || figure === null || !Array.isArray(figure.series)) {
    throw new TypeError(`figure is ${describe(figure)}, expected one with x, y and series`);
  }
  for (const { name, kind, points, of } of figure.series) {
    checkName(kind, `kind of series '${name}'`, KINDS);
    if (!Array.isArray(points)) {
      throw new TypeError(`points of series '${name}' are ${describe(points)}, expected an array`);
    }
    if (of !== undefined && !figure.series.some((other) => other.name === of)) {
      throw new RangeError(`series '${name}' belongs to '${of}', expected the name of a series`);
    }
  }
}

/** The boundaries around sorted centres: halfway between neighbours. */
function edges(centres: number[], log: boolean): Map<number, [number, number]> {
  const placed = centres.filter((at) => Number.isFinite(at) && (!log || at > 0));
  const sorted = [...new Set(placed)].sort((a, b) => a - b);
  const between = (a: number, b: number) => (log ? Math.sqrt(a * b) : (a + b) / 2);
  const beyond = (a: number, b: number) => (log ? a * Math.sqrt(a / b) : a + (a - b) / 2);
  const half = log ? (sorted[0] ?? 1) * 0.1 : 0.5;
  return new Map(
    sorted.map((at, k) => {
      const [before, after] = [sorted[k - 1], sorted[k + 1]];
      const low =
        before !== undefined
          ? between(before, at)
          : after !== undefined
            ? beyond(at, after)
            : at - half;
      const high =
        after !== undefined
          ? between(at, after)
          : before !== undefined
            ? beyond(at, before)
            : at + half;
      return [at, [low, high]];
    }),
  );
}

function looksOf(series: Series[]): Look[] {
  let marks = 0;
  let dashes = 0;
  const looks = series.map((one): Look => {
    if (one.kind === 'heat') return { series: one, shape: 0, colour: -1 };
    if (one.kind === 'theory') return { series: one, shape: dashes++, colour: -1 };
    return { series: one, shape: marks, colour: marks++ };
  });
  for (const look of looks) {
    if (look.series.of === undefined) continue;
    look.colour = looks.find(({ series: { name } }) => name === look.series.of)!.colour;
  }
  return looks;
}

/** Both ends of a point's error bar; the point itself where it has none. */
export function bar({ y, low = y, high = y }: FigurePoint): [number, number] {
  return [low, high];
}

export const hasBar = (point: FigurePoint) => point.low !== undefined || point.high !== undefined;

/**
 * @throws TypeError for what is no figure or a kind of series that does not exist, RangeError for an axis without extent or a
 *   series that belongs to one that is not there
 */
export function frameOf(figure: Figure, ticksX: number, ticksY: number): Frame {
  check(figure);
  const xs: number[] = [];
  const ys: number[] = [];
  const values: number[] = [];
  const cells: Frame['cells'] = new Map();
  for (const series of figure.series) {
    const { kind, points } = series;
    if (kind === 'heat') {
      const edgesX = edges(
        points.map(({ x }) => x),
        figure.x.scale === 'log',
      );
      const edgesY = edges(
        points.map(({ y }) => y),
        figure.y.scale === 'log',
      );
      cells.set(series, { edgesX, edgesY });
      for (const pair of edgesX.values()) xs.push(...pair);
      for (const pair of edgesY.values()) ys.push(...pair);
      for (const { value = NaN } of points) if (Math.abs(value) < 1e300) values.push(value);
    } else {
      for (const point of points) {
        xs.push(point.x);
        ys.push(point.y, ...bar(point));
      }
    }
  }
  const frame: Frame = {
    x: scaleOf(cells.size > 0 ? tight(figure.x, xs) : figure.x, xs, ticksX),
    y: scaleOf(cells.size > 0 ? tight(figure.y, ys) : figure.y, ys, ticksY),
    looks: looksOf(figure.series),
    cells,
  };
  if (cells.size > 0) {
    const label = figure.heat?.label ?? '';
    let { min = Infinity, max = -Infinity } = figure.heat ?? {};
    for (const value of values) {
      if (figure.heat?.min === undefined) min = Math.min(min, value);
      if (figure.heat?.max === undefined) max = Math.max(max, value);
    }
    if (!Number.isFinite(min)) min = 0;
    if (!(min < max && max < Infinity)) max = min + (Math.abs(min) || 1);
    frame.shades = { min, max, label };
  }
  return frame;
}

/** A plane of cells fills its frame. */
function tight(axis: Figure['x'], values: number[]): Figure['x'] {
  const log = axis.scale === 'log';
  const finite = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  const ends = { min: axis.min ?? min, max: axis.max ?? max };
  return ends.min < ends.max ? { ...axis, ...ends } : axis;
}

/** How dark a value is, from 0 to 1. */
export function shadeOf(value: number, { min, max }: { min: number; max: number }): number {
  return Math.max(0, Math.min(1, (value - min) / (max - min)));
}
