/** Axes: from values to places along a line, and where its ticks are. */
import { exp, ln } from '../elementary.ts';
import type { Axis } from './figure.ts';

export interface Tick {
  at: number;
  label: string;
}

export interface Scale {
  min: number;
  max: number;
  ticks: Tick[];
  /** Where a value is: 0 at `min`, 1 at `max`; −Infinity for what is not positive on a logarithmic axis. */
  place(value: number): number;
}

const LN10 = ln(10);
/** Extents below this share of the values cannot be divided. */
const LEAST = 1e-9;
/** Amounts beyond have no place on an axis, so that extents stay finite. */
const MOST = 1e300;

/** The least 1, 2 or 5 times a power of ten that is not below `x` > 0. */
function roundStep(x: number): number {
  const power = Math.floor(ln(x) / LN10 + 1e-9);
  return [1, 2, 5, 10]
    .map((factor) => decimal(factor, power))
    .find((step) => step >= x * (1 - 1e-9))!;
}

/** The double nearest a·10ⁿ. */
function decimal(a: number, n: number): number {
  return Number(`${a}e${n}`);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerOfTen(n: number): string {
  const digits = [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${n < 0 ? '⁻' : ''}${digits}`;
}

/**
 * A number as people write it: a real minus, and commas between thousands from five digits on.
 *
 * @param decimals digits after the point, below 0 before it; default: those of four significant digits
 */
export function numberText(value: number, decimals?: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) {
    const power = Number(size.toExponential().split('e')[1]);
    const digits = decimals === undefined ? 2 : Math.max(0, Math.min(15, power + decimals));
    // Rounding may have made ten of it.
    const [factor, rounded] = size.toExponential(digits).split('e');
    const short = String(Number(factor));
    const sign = value < 0 ? '−' : '';
    return `${sign}${short === '1' ? '' : `${short}·`}${powerOfTen(Number(rounded))}`;
  }
  const text =
    decimals === undefined
      ? String(Number(size.toPrecision(4)))
      : size.toFixed(Math.max(0, Math.min(20, decimals)));
  const [whole, part] = text.split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  const sign = value < 0 && Number(text) !== 0 ? '−' : '';
  return sign + grouped + (part === undefined ? '' : `.${part}`);
}

function linear(low: number, high: number, axis: Axis, wanted: number): Scale {
  if (!(high - low > LEAST * Math.max(Math.abs(low), Math.abs(high), 1e-290))) {
    const room = Math.abs(low) / 2 || 1;
    low = axis.min ?? low - room;
    high = axis.max ?? high + room;
  }
  const step = roundStep((high - low) / wanted);
  const min = axis.min ?? Math.floor(low / step + 1e-6) * step;
  const max = axis.max ?? Math.ceil(high / step - 1e-6) * step;
  const decimals = -Math.floor(ln(step) / LN10 + 1e-9);
  const ticks: Tick[] = [];
  const first = Math.ceil(min / step - 1e-6);
  for (let k = first; k * step <= max + step * 1e-6; k++) {
    ticks.push({ at: k * step, label: numberText(k * step, decimals) });
  }
  return { min, max, ticks, place: (value) => (value - min) / (max - min) };
}

function logarithmic(low: number, high: number, axis: Axis, wanted: number): Scale {
  const exponents = (ln(high) - ln(low)) / LN10;
  // Within two powers of ten 2 and 5 get ticks too.
  const factors = exponents < 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(exponents / wanted));
  const first = Math.floor(ln(low) / LN10 + 1e-9);
  const last = Math.ceil(ln(high) / LN10 - 1e-9);
  const marks: number[] = [];
  for (let n = first - (((first % every) + every) % every); n <= last + every; n += every) {
    for (const factor of factors) marks.push(decimal(factor, n));
  }
  // A little room at the ends that are not given; the next marks where that shows too few.
  const room = exp(0.04 * (ln(high) - ln(low)));
  let min = axis.min ?? low / room;
  let max = axis.max ?? high * room;
  if (marks.filter((mark) => mark >= min && mark <= max).length < 2) {
    min = axis.min ?? marks.filter((mark) => mark <= low * (1 + 1e-9)).at(-1) ?? low;
    max = axis.max ?? marks.find((mark) => mark >= high * (1 - 1e-9)) ?? high;
  }
  const ticks = marks
    .filter((mark) => mark >= min * (1 - 1e-9) && mark <= max * (1 + 1e-9))
    .map((at) => ({ at, label: logLabel(at) }));
  const start = ln(min);
  const length = ln(max) - start;
  return {
    min,
    max,
    ticks,
    place: (value) => (value > 0 ? (ln(value) - start) / length : value <= 0 ? -Infinity : NaN),
  };
}

function logLabel(at: number): string {
  const [factor, power] = at.toExponential().split('e');
  if (Math.abs(Number(power)) < 4) return numberText(at);
  return factor === '1' ? powerOfTen(Number(power)) : `${factor}·${powerOfTen(Number(power))}`;
}

/** The scale of an axis that shows these values with about `wanted` ticks. @throws RangeError for an axis without extent */
export function scaleOf(axis: Axis, values: number[], wanted: number): Scale {
  const log = axis.scale === 'log';
  const ends = [axis.min, axis.max].filter((end) => end !== undefined);
  if (
    ends.some((end) => !Number.isFinite(end) || (log && !(end > 0))) ||
    (ends.length === 2 && !(ends[0] < ends[1]))
  ) {
    throw new RangeError(
      `axis '${axis.label}' goes from ${axis.min} to ${axis.max}, expected finite numbers that rise${log ? ' from above 0' : ''}`,
    );
  }
  const shown = [...values, ...(axis.ticks ?? []).map(({ at }) => at), ...ends]
    .map((value) => (Math.abs(value) < 1 / MOST ? 0 : value))
    .filter((value) => Math.abs(value) < MOST && (!log || value > 0));
  let low = axis.min ?? Infinity;
  let high = axis.max ?? -Infinity;
  for (const value of shown) {
    if (axis.min === undefined) low = Math.min(low, value);
    if (axis.max === undefined) high = Math.max(high, value);
  }
  if (low === Infinity) low = log ? 1 : 0;
  if (high === -Infinity) high = log ? 10 : 1;
  if (low > high) [low, high] = axis.min === undefined ? [high, high] : [low, low];
  if (log) {
    if (!(high > low * (1 + LEAST))) {
      low /= axis.min === undefined ? 2 : 1;
      high *= axis.max === undefined ? 2 : 1;
    }
    return withTicks(logarithmic(low, high, axis, wanted), axis);
  }
  if (axis.ticks !== undefined && axis.ticks.length > 0) {
    // Kinds of things: half a place free at either end.
    const places = axis.ticks.map(({ at }) => at);
    const span = Math.max(...places) - Math.min(...places);
    const room = (places.length > 1 ? span / (places.length - 1) : 1) / 2;
    const [min, max] = [axis.min ?? low - room, axis.max ?? high + room];
    return withTicks(linear(min, max, { ...axis, min, max }, wanted), axis);
  }
  return linear(low, high, axis, wanted);
}

function withTicks(scale: Scale, { ticks }: Axis): Scale {
  if (ticks === undefined) return scale;
  const inside = ticks.filter(({ at }) => at >= scale.min && at <= scale.max);
  return { ...scale, ticks: inside.map(({ at, label }) => ({ at, label })) };
}
