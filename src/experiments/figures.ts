/** From results to series: what figures of experiments have in common. */
import type { FigurePoint, Series } from '../plot/figure.ts';
import type { Estimate } from './statistics.ts';

/** Results by what they have in common, in the order in which they come. */
export function groups<T>(results: readonly T[], name: (result: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const result of results) {
    const key = name(result);
    if (!found.has(key)) found.set(key, []);
    found.get(key)!.push(result);
  }
  return found;
}

/** Estimates against x, by rising x. */
export function curve<T>(
  results: readonly T[],
  x: (result: T) => number,
  y: (result: T) => Estimate,
): FigurePoint[] {
  const points = results.map((result) => {
    const { value, low, high } = y(result);
    const bar = low === undefined ? {} : { low, high };
    return { x: x(result), y: value, ...bar };
  });
  return points.sort((a, b) => a.x - b.x);
}

/** A series for each group. */
export function seriesBy<T>(
  results: readonly T[],
  name: (result: T) => string,
  x: (result: T) => number,
  y: (result: T) => Estimate,
): Series[] {
  return Array.from(groups(results, name), ([name, group]) => {
    return { name, kind: 'line', points: curve(group, x, y) };
  });
}

/**
 * What theory says between two ends; nothing where it says nothing.
 *
 * @param of - the series that it is about
 * @param steps - between the ends
 */
export function theoryCurve(
  name: string,
  [from, to]: readonly [number, number],
  f: (x: number) => number | undefined,
  { of, steps = 100 }: { of?: string; steps?: number } = {},
): Series {
  const points = Array.from({ length: steps + 1 }, (_, k) => {
    const x = from + ((to - from) * k) / steps;
    return { x, y: f(x) ?? NaN };
  });
  return { name, kind: 'theory', points, ...(of === undefined ? {} : { of }) };
}

/** The least and the largest. */
export function endsOf(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** A line upwards, from y = 0 to 1. */
export function upright(name: string, x: number): Series {
  return {
    name,
    kind: 'theory',
    points: [
      { x, y: 0 },
      { x, y: 1 },
    ],
  };
}

/** A line across, from the first x to the second. */
export function level(name: string, y: number, ends: readonly [number, number]): Series {
  return { name, kind: 'theory', points: ends.map((x) => ({ x, y })) };
}

/** `1 network`, `10 networks`, `10 to 30 networks`: what results were made of, and that bars are 95 %. */
export function networksNote(results: readonly { trials: number; converged?: boolean }[]): string {
  const counts = results.map(({ trials }) => trials);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const many = least === most ? `${least}` : `${least} to ${most}`;
  const open = results.filter(({ converged }) => converged === false).length;
  const unfinished =
    open > 0 ? ` ${open} of ${results.length} points did not reach the error asked for.` : '';
  return `${many} network${most === 1 ? '' : 's'} a point; bars: 95 % intervals between networks.${unfinished}`;
}

/** Only the first names what all have in common. */
export function distinct(values: readonly unknown[]): boolean {
  return new Set(values).size > 1;
}

/** `3.4 %`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
