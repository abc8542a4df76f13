/** A figure in words. */
import { type Frame, hasBar, bar } from './frame.ts';
import { numberText } from './scale.ts';
import type { Axis, Figure, FigurePoint } from './figure.ts';

/** Four significant digits. */
const short = (value: number) => numberText(value);

export function pointText(name: string, point: FigurePoint): string {
  const range = hasBar(point) ? ` (${bar(point).map(short).join(' to ')})` : '';
  const value = point.value === undefined ? '' : `: ${short(point.value)}`;
  return `${name}: ${short(point.x)}, ${short(point.y)}${range}${value}`;
}

function axisText(way: string, axis: Axis, { min, max }: { min: number; max: number }): string {
  const log = axis.scale === 'log' ? ', logarithmic' : '';
  return `${way}: ${axis.label}, from ${short(min)} to ${short(max)}${log}.`;
}

/** What a reader who does not see the figure would ask for: axes, and each series from end to end. */
export function description(figure: Figure, frame: Frame): string {
  const series = figure.series.map(({ name, kind, points }) => {
    const what = { points: 'points', line: 'line', theory: 'theory', heat: 'plane' }[kind];
    const known = points.filter(({ x, y }) => Number.isFinite(x + y));
    if (known.length === 0) return `${name} (${what}): empty.`;
    if (kind === 'heat') {
      const values = known.map(({ value = NaN }) => value).filter(Number.isFinite);
      const ends = [Math.min(...values), Math.max(...values)].map(short);
      return `${name} (${what}): ${known.length} cells, ${ends.join(' to ')}.`;
    }
    const [first, last] = [known[0], known.at(-1)!];
    const at = ({ x, y }: FigurePoint) => `${short(y)} at ${short(x)}`;
    return `${name} (${what}): ${at(first)}${known.length > 1 ? `, … ${at(last)}` : ''}.`;
  });
  const axes = [axisText('Across', figure.x, frame.x), axisText('Up', figure.y, frame.y)];
  return [...axes, ...series, ...(figure.notes ?? [])].join(' ');
}
