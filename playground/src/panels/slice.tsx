/** The landscape: a plane through two patterns and the cue, by where each of its states falls. */
import './slice.css';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { Select } from '../ui/controls.tsx';
import { Table } from '../ui/table.tsx';
import { useWatched } from '../ui/visible.ts';
import { useScheme } from '../ui/scheme.ts';
import { type End, ENDS, OUTSIDE, type Slice } from '../tasks/slice.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.slice;
const POINTS = 61;
/** Pixels of a point. */
const CELL = 12;

const initial = { a: 3, b: 8 };
type SliceOwn = typeof initial;

export const slice = panel<SliceOwn>({
  id: 'slice',
  own: initial,
  reads: ['size', 'patterns', 'cue', 'model', 'seed'],
  View,
});

function View({ state, own, set }: PanelProps<SliceOwn>) {
  const { size, patterns, cue, model, seed } = state;
  const { ref, seen } = useWatched();
  const count = patterns.length;
  const a = Math.min(own.a, count - 1);
  const b = own.b < count && own.b !== a ? own.b : (a + 1) % Math.max(1, count);
  const { value, busy, error } = useTask(
    'slice',
    () =>
      seen && count > 1 ? { size, patterns, model, cue, seed, a, b, points: POINTS } : undefined,
    [size, patterns, cue, model, seed, a, b, seen],
    { alone: true },
  );
  if (count < 2) {
    return (
      <div ref={ref}>
        <p class="note" role="status">
          {TEXT.needsTwo}
        </p>
      </div>
    );
  }
  const names = patterns.map(({ label }, k) => label || TEXTS.unnamed(k));
  const options = Object.fromEntries(names.map((name, k) => [`${k}`, name]));
  const ends = TEXT.ends(names[a], names[b]);
  return (
    <div class="pair" ref={ref}>
      <figure class={busy ? 'waiting' : undefined}>
        {value && <Plane slice={value} label={TEXT.plane(names[a], names[b])} />}
        <p class="axis muted">
          <span>{TEXT.across(names[a])}</span>
          <span>{TEXT.up(names[b])}</span>
        </p>
        {value && (
          <Table
            label={TEXT.pathTable}
            head={TEXT.head(names[a], names[b])}
            rows={() => value.path.map(([x, y], k) => [k, x, y])}
          />
        )}
      </figure>
      <div class="stack">
        <div class="row">
          <Select
            label={TEXT.first}
            value={`${a}`}
            options={options}
            onChange={(k) => set({ a: Number(k) })}
          />
          <Select
            label={TEXT.second}
            value={`${b}`}
            options={options}
            onChange={(k) => set({ b: Number(k) })}
          />
        </div>
        <p class="note" role="status">
          {error ? TEXT.cannot(error) : busy ? TEXT.busy : TEXT.path}
        </p>
        {value && (
          <ul class="key">
            {ENDS.filter((end) => value.counts[end] > 0).map((end) => (
              <li key={end}>
                <Swatch end={end} />
                {ends[end]}: {TEXT.share(value.counts[end], total(value))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

const total = ({ counts }: Slice) => Object.values(counts).reduce((sum, count) => sum + count, 0);

function Plane({ slice, label }: { slice: Slice; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  useLayoutEffect(() => paint(canvas.current!, slice), [slice, scheme]);
  const side = slice.points * CELL;
  return (
    <canvas ref={canvas} class="grid" width={side} height={side} role="img" aria-label={label} />
  );
}

function Swatch({ end }: { end: End }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  useEffect(() => {
    const { context, colours } = brush(canvas.current!);
    context.clearRect(0, 0, 2 * CELL, 2 * CELL);
    for (const [x, y] of [
      [0, 0],
      [CELL, 0],
      [0, CELL],
      [CELL, CELL],
    ]) {
      mark(context, end, x, y, colours);
    }
  }, [end, scheme]);
  return (
    <canvas ref={canvas} class="swatch" width={2 * CELL} height={2 * CELL} aria-hidden="true" />
  );
}

interface Colours {
  ink: string;
  dot: string;
  accent: string;
}

function brush(canvas: HTMLCanvasElement): { context: CanvasRenderingContext2D; colours: Colours } {
  const style = getComputedStyle(canvas);
  const [ink, dot, accent] = ['--ink', '--dot', '--accent'].map((name) =>
    style.getPropertyValue(name),
  );
  return { context: canvas.getContext('2d')!, colours: { ink, dot, accent } };
}

/** Shapes as well as colours tell what a point falls into. */
function mark(
  context: CanvasRenderingContext2D,
  end: End,
  x: number,
  y: number,
  { ink, dot, accent }: Colours,
): void {
  const [middle, full] = [CELL / 2, CELL - 2];
  context.fillStyle = context.strokeStyle = end === 'a' || end === 'notA' ? accent : ink;
  context.lineWidth = 2;
  switch (end) {
    case 'a':
    case 'b':
      context.fillRect(x + 1, y + 1, full, full);
      break;
    case 'notA':
    case 'notB':
      context.strokeRect(x + 3, y + 3, full - 4, full - 4);
      break;
    case 'stored':
      context.beginPath();
      context.arc(x + middle, y + middle, full / 3, 0, 7);
      context.fill();
      break;
    case 'other':
      context.fillStyle = dot;
      context.fillRect(x + middle - 2, y + middle - 2, 4, 4);
      break;
  }
}

function paint(canvas: HTMLCanvasElement, { points, ends, path }: Slice): void {
  const { context, colours } = brush(canvas);
  const side = canvas.width;
  context.clearRect(0, 0, side, side);
  for (const [k, end] of ends.entries()) {
    if (end === OUTSIDE) continue;
    const [x, y] = [(k % points) * CELL, Math.floor(k / points) * CELL];
    mark(context, ENDS[end - 1], x, y, colours);
  }
  const at = (m: number) => ((m + 1) / 2) * side;
  const trace = (width: number, colour: string) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineJoin = 'round';
    context.beginPath();
    for (const [x, y] of path) context.lineTo(at(x), at(-y));
    context.stroke();
  };
  const paper = getComputedStyle(canvas).getPropertyValue('--paper');
  trace(10, paper);
  trace(4, colours.ink);
  for (const [radius, colour] of [
    [11, paper],
    [8, colours.ink],
  ] as const) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(at(path[0][0]), at(-path[0][1]), radius, 0, 7);
    context.fill();
  }
}
