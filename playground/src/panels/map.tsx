/** A map and few colours: neighbours want to differ. */
import { Random } from 'hopfield-wasm';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { Button, Slider } from '../ui/controls.tsx';
import { useScheme } from '../ui/scheme.ts';
import { Table } from '../ui/table.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.map;
/** Cells along a side, and pixels along a cell. */
const [SIDE, CELL] = [96, 8];

const initial = { regions: 24, colours: 4, draw: 1 };
type MapOwn = typeof initial;

export const map = panel<MapOwn>({
  id: 'map',
  own: initial,
  reads: ['seed'],
  half: true,
  View,
});

interface Land {
  /** The region of each cell. */
  cells: Uint8Array;
  borders: [number, number][];
}

/** Each cell belongs to the nearest of some points. */
function landOf(regions: number, draw: number): Land {
  const random = new Random(draw);
  const points = Array.from({ length: regions }, () => [random.real(), random.real()]);
  const cells = Uint8Array.from({ length: SIDE * SIDE }, (_, k) => {
    const [x, y] = [((k % SIDE) + 0.5) / SIDE, (Math.floor(k / SIDE) + 0.5) / SIDE];
    const away = points.map(([px, py]) => (x - px) ** 2 + (y - py) ** 2);
    return away.indexOf(Math.min(...away));
  });
  const borders = new Map<string, [number, number]>();
  const meet = (a: number, b: number) => {
    if (a !== b)
      borders.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  };
  for (let k = 0; k < SIDE * SIDE; k++) {
    if (k % SIDE > 0) meet(cells[k], cells[k - 1]);
    if (k >= SIDE) meet(cells[k], cells[k - SIDE]);
  }
  return { cells, borders: [...borders.values()] };
}

function View({ state: { seed }, own, set }: PanelProps<MapOwn>) {
  const { regions, colours, draw } = own;
  const { ref, seen } = useWatched();
  const land = useMemo(() => landOf(regions, draw), [regions, draw]);
  const { value, busy, error } = useTask(
    'map',
    () => (seen ? { regions, borders: land.borders, colours, seed } : undefined),
    [regions, colours, draw, seed, seen],
    { alone: true },
  );
  const shown = value?.colours.length === regions ? value : undefined;
  return (
    <div class="stack" ref={ref}>
      <figure class={busy ? 'waiting' : undefined}>
        <Land land={land} colours={shown?.colours} label={TEXT.map(regions)} />
        <Table
          label={TEXT.map(regions)}
          head={TEXT.head}
          rows={() =>
            Array.from({ length: regions }, (_, region) => [
              region + 1,
              shown ? shown.colours[region] + 1 : '',
              land.borders
                .filter((border) => border.includes(region))
                .map(([a, b]) => (a === region ? b : a) + 1)
                .join(', '),
            ])
          }
        />
      </figure>
      <p class="result" role="status">
        {error ? TEXT.cannot(error) : busy || !shown ? TEXT.busy : TEXT.found(shown)}
      </p>
      <div class="row">
        <Button main onClick={() => set({ draw: draw + 1 })}>
          {TEXT.another}
        </Button>
        <Slider
          label={TEXT.regions}
          value={regions}
          least={4}
          most={60}
          step={1}
          onInput={(next) => set({ regions: next })}
        />
        <Slider
          label={TEXT.colours}
          value={colours}
          least={2}
          most={6}
          step={1}
          onInput={(next) => set({ colours: next })}
        />
      </div>
    </div>
  );
}

interface LandProps {
  land: Land;
  colours: readonly number[] | undefined;
  label: string;
}

function Land({ land: { cells }, colours, label }: LandProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current) return;
    const style = getComputedStyle(current);
    const [ink, dot, accent] = ['--ink', '--dot', '--accent'].map((name) =>
      style.getPropertyValue(name),
    );
    const context = current.getContext('2d')!;
    context.clearRect(0, 0, current.width, current.height);
    for (const [k, region] of cells.entries()) {
      const [x, y] = [k % SIDE, Math.floor(k / SIDE)];
      if (colours) fill(context, colours[region], x, y, { ink, dot, accent });
    }
    context.fillStyle = ink;
    for (const [k, region] of cells.entries()) {
      const [x, y] = [k % SIDE, Math.floor(k / SIDE)];
      if (x > 0 && cells[k - 1] !== region) context.fillRect(x * CELL - 1, y * CELL, 2, CELL);
      if (y > 0 && cells[k - SIDE] !== region) context.fillRect(x * CELL, y * CELL - 1, CELL, 2);
    }
  }, [cells, colours, scheme]);
  const side = SIDE * CELL;
  return (
    <canvas ref={canvas} class="grid" width={side} height={side} role="img" aria-label={label} />
  );
}

/** Six fillings that differ in more than their colour: full, empty, lines, squares. */
function fill(
  context: CanvasRenderingContext2D,
  colour: number,
  x: number,
  y: number,
  { ink, dot, accent }: { ink: string; dot: string; accent: string },
): void {
  const [left, top] = [x * CELL, y * CELL];
  context.fillStyle = [accent, dot, dot, ink, ink, accent][colour];
  switch (colour) {
    case 0:
    case 1:
      context.fillRect(left, top, CELL, CELL);
      break;
    case 2:
      break;
    case 3:
      if (y % 2 === 0) context.fillRect(left, top + 3, CELL, 3);
      break;
    case 4:
      if (x % 2 === 0 && y % 2 === 0) context.fillRect(left + 2, top + 2, 5, 5);
      break;
    default:
      if (x % 2 === 0) context.fillRect(left + 3, top, 3, CELL);
  }
}
