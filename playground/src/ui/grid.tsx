/** A square of neurons on a canvas: the larger a cell, the more of a neuron's value; and a pad to draw on. */
import './grid.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { TEXTS } from '../texts.ts';
import { Behind } from './behind.tsx';
import { useScheme } from './scheme.ts';

interface GridProps {
  /** −1 to 1, row after row. */
  values: ArrayLike<number>;
  size: number;
  /** What it shows, for who does not see it; none where something around it says so. */
  label?: string;
  /** Cells in the accent's colour. */
  marked?: Iterable<number>;
  /** Cells below 0 as hollow squares, instead of nearly nothing. */
  signed?: boolean;
  /** The cell that a keyboard is at. */
  cursor?: number;
}

/** Cells of as many of the screen's pixels as fit; drawn again when the colours of the page change. */
export function Grid(props: GridProps) {
  const { values, size, label, marked, signed, cursor } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const scheme = useScheme();
  useEffect(() => {
    const watch = new ResizeObserver(([{ contentRect }]) => setWidth(contentRect.width));
    watch.observe(canvas.current!);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current || width === 0) return;
    const cell = Math.max(1, Math.round((width * devicePixelRatio) / size));
    if (current.width !== cell * size) current.width = current.height = cell * size;
    paint(current, { values, size, label, marked, signed, cursor }, cell);
  }, [values, size, marked, signed, cursor, width, scheme]);
  return (
    <canvas
      ref={canvas}
      class="grid"
      role={label ? 'img' : undefined}
      aria-hidden={label ? undefined : true}
      aria-label={label}
    />
  );
}

function paint(
  canvas: HTMLCanvasElement,
  { values, size, marked, signed, cursor }: GridProps,
  cell: number,
): void {
  const context = canvas.getContext('2d')!;
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name);
  const bright = new Set(marked);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const gap = cell >= 5 ? Math.max(1, Math.round(cell * 0.12)) : 0;
  const full = cell - gap;
  const least = gap > 0 ? Math.max(1, Math.round(cell * 0.16)) : 0;
  const [ink, faint, accent, muted] = ['--ink', '--dot', '--accent', '--muted'].map(colour);
  for (let i = 0; i < values.length; i++) {
    const value = Math.max(-1, Math.min(1, values[i]));
    const x = (i % size) * cell;
    const y = Math.floor(i / size) * cell;
    // Area stands for the value.
    const share = signed ? Math.sqrt(Math.abs(value)) : Math.sqrt((value + 1) / 2);
    const side = Math.max(least, Math.round(full * share));
    if (side === 0) continue;
    const inset = Math.floor((cell - side) / 2);
    context.fillStyle = bright.has(i) ? accent : side <= least ? faint : ink;
    if (signed && value < 0 && side > least + 1) {
      context.strokeStyle = muted;
      const line = Math.max(1, cell / 10);
      context.lineWidth = line;
      context.strokeRect(x + inset + line / 2, y + inset + line / 2, side - line, side - line);
    } else if (bright.has(i) && side <= least) {
      // A neuron that has just turned off still shows where.
      const wide = Math.max(2, Math.round(full * 0.45));
      context.fillRect(
        x + Math.floor((cell - wide) / 2),
        y + Math.floor((cell - wide) / 2),
        wide,
        wide,
      );
    } else context.fillRect(x + inset, y + inset, side, side);
  }
  if (cursor === undefined) return;
  context.strokeStyle = accent;
  context.lineWidth = Math.max(2, cell / 6);
  context.strokeRect((cursor % size) * cell, Math.floor(cursor / size) * cell, cell, cell);
}

/** A grid as text. */
export function gridRows(values: ArrayLike<number>, size: number): string {
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => (values[y * size + x] > 0 ? '#' : '.')).join(''),
  ).join('\n');
}

/** The rows of a grid as text, behind a button. */
export function GridText({
  values,
  size,
  label,
}: Pick<GridProps, 'values' | 'size'> & { label: string }) {
  return <Behind label={label} text={() => <pre tabIndex={0}>{gridRows(values, size)}</pre>} />;
}

interface PadProps {
  values: Int8Array;
  size: number;
  label: string;
  help: string;
  onChange: (values: Int8Array) => void;
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A grid to draw on: what a stroke begins on decides whether it sets or clears. */
export function Pad({ values, size, label, help, onChange }: PadProps) {
  const stroke = useRef<{ ink: number; x: number; y: number; values: Int8Array }>(undefined);
  const [cursor, setCursor] = useState<number>();
  const [at, setAt] = useState(Math.floor(size / 2) * (size + 1));
  const here = Math.min(at, size ** 2 - 1);

  const place = (event: PointerEvent) => {
    const canvas = (event.currentTarget as HTMLElement).querySelector('canvas')!;
    const { left, top, width } = canvas.getBoundingClientRect();
    const cell = (v: number) => Math.max(0, Math.min(size - 1, Math.floor((v * size) / width)));
    return [cell(event.clientX - left), cell(event.clientY - top)];
  };
  const draw = (x: number, y: number) => {
    const { current } = stroke;
    if (!current) return;
    const next = current.values.slice();
    line(next, size, [current.x, current.y], [x, y], current.ink);
    stroke.current = { ...current, x, y, values: next };
    onChange(next);
  };
  const press = (event: PointerEvent) => {
    const [x, y] = place(event);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    stroke.current = { ink: values[y * size + x] > 0 ? -1 : 1, x, y, values };
    draw(x, y);
  };
  const move = (event: PointerEvent) => {
    if (!stroke.current) return;
    const [x, y] = place(event);
    draw(x, y);
  };
  const key = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step) {
      const x = Math.max(0, Math.min(size - 1, (here % size) + step[0]));
      const y = Math.max(0, Math.min(size - 1, Math.floor(here / size) + step[1]));
      setAt(y * size + x);
      setCursor(y * size + x);
    } else if (event.key === ' ' || event.key === 'Enter') {
      const next = values.slice();
      next[here] *= -1;
      setCursor(here);
      onChange(next);
    } else return;
    event.preventDefault();
  };
  const [row, column] = [Math.floor(here / size), here % size];
  return (
    <div
      class="pad"
      role="application"
      aria-label={`${label}. ${help}`}
      tabIndex={0}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={() => (stroke.current = undefined)}
      onPointerCancel={() => (stroke.current = undefined)}
      onKeyDown={key}
      onBlur={() => setCursor(undefined)}
    >
      <Grid values={values} size={size} label={label} cursor={cursor} />
      <span class="hidden" aria-live="polite">
        {cursor !== undefined && TEXTS.ui.at(row, column, values[here] > 0)}
      </span>
    </div>
  );
}

/** A line of a brush two cells wide on a small grid, wider on larger ones. */
function line(values: Int8Array, size: number, from: number[], to: number[], ink: number): void {
  const brush = Math.max(1, Math.round(size / 14));
  const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]), 1);
  for (let s = 0; s <= steps; s++) {
    const cx = Math.round(from[0] + ((to[0] - from[0]) * s) / steps);
    const cy = Math.round(from[1] + ((to[1] - from[1]) * s) / steps);
    for (let y = cy; y < Math.min(size, cy + brush); y++) {
      for (let x = cx; x < Math.min(size, cx + brush); x++) values[y * size + x] = ink;
    }
  }
}
