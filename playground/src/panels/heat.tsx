/** Temperature, live: from retrieval to noise, and back by cooling. */
import './heat.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { still } from '../state.ts';
import { TEXTS } from '../texts.ts';
import { Button, Slider } from '../ui/controls.tsx';
import { Grid, GridText } from '../ui/grid.tsx';
import { Table } from '../ui/table.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.heat;
/** Sweeps that are asked for at once, sweeps a second, and sweeps in the picture. */
const [CHUNK, PACE, SHOWN] = [40, 20, 240];
const HOT = 2;
const COOLING = 120;
const [WIDTH, HEIGHT] = [600, 260];

const initial = { temperature: 0.6, running: true };
type HeatOwn = typeof initial;

export const heat = panel<HeatOwn>({
  id: 'heat',
  own: initial,
  reads: ['size', 'patterns', 'cue', 'model', 'seed'],
  View,
});

interface Sweep {
  state: Int8Array;
  overlaps: Float64Array;
  temperature: number;
}

function View({ state, own, set }: PanelProps<HeatOwn>) {
  const { size, patterns, cue, model, seed } = state;
  const { temperature, running } = own;
  const { ref, visible } = useWatched();
  const moving = running && visible && !still();
  const [past, setPast] = useState<readonly Sweep[]>([]);
  const [chunk, setChunk] = useState({ number: 0, cooling: false });
  const now = past.at(-1);
  const latest = useRef(cue);
  latest.current = now?.state.length === cue.length ? now.state : cue;
  // What is remembered is of another memory, or began from another cue.
  useEffect(() => {
    latest.current = cue;
    setPast([]);
    setChunk(({ number }) => ({ number: number + 1, cooling: false }));
  }, [size, patterns, cue, model, seed]);

  const { cooling, number } = chunk;
  const { value, error } = useTask(
    'heat',
    () =>
      visible
        ? {
            size,
            patterns,
            model,
            state: latest.current,
            from: cooling ? HOT : temperature,
            to: cooling ? 0 : temperature,
            sweeps: cooling ? COOLING : CHUNK,
            seed: (seed + number) >>> 0,
          }
        : undefined,
    [size, patterns, model, seed, cue, temperature, number, visible],
  );

  useEffect(() => {
    if (!value || value.states[0].length !== cue.length) return;
    const sweeps = value.states.map((one, k) => ({
      state: one,
      overlaps: value.overlaps[k],
      temperature: value.temperatures[k],
    }));
    const add = (more: readonly Sweep[]) => setPast((old) => [...old, ...more].slice(-SHOWN));
    let next = 1;
    if (!moving) return add(sweeps.slice(1));
    const timer = setInterval(() => {
      if (next < sweeps.length) return add([sweeps[next++]]);
      clearInterval(timer);
      if (cooling) set({ temperature: 0 });
      setChunk(({ number }) => ({ number: number + 1, cooling: false }));
    }, 1000 / PACE);
    return () => clearInterval(timer);
  }, [value, moving]);

  const shown = now?.state.length === cue.length ? now.state : cue;
  const best = now && patterns.length > 0 ? largest(now.overlaps) : undefined;
  const labels = patterns.map(({ label }, k) => label || TEXTS.unnamed(k));
  return (
    <div class="pair" ref={ref}>
      <figure>
        <figcaption>{TEXT.state}</figcaption>
        <Grid values={shown} size={size} label={TEXT.state} />
        <GridText values={shown} size={size} label={TEXT.state} />
      </figure>
      <div class="stack">
        <p class="result">
          {error
            ? TEXT.cannot(error)
            : patterns.length === 0
              ? TEXT.empty
              : now && best !== undefined
                ? TEXT.says(labels[best], now.overlaps[best], now.temperature)
                : ' '}
        </p>
        <p class="caption">{TEXT.overlaps}</p>
        <svg
          class="strip"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={TEXT.overlaps}
          preserveAspectRatio="none"
        >
          <line class="zero" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
          {patterns.map((_, k) => (
            <path key={k} class={k === best ? 'best' : ''} d={line(past, k)} />
          ))}
        </svg>
        <Table
          label={TEXT.overlaps}
          head={TEXT.head}
          rows={() =>
            past
              .slice(-20)
              .map(({ temperature, overlaps }) => [
                temperature,
                labels[largest(overlaps)] ?? '',
                overlaps[largest(overlaps)] ?? '',
              ])
          }
        />
        <div class="row">
          <Button
            main
            onClick={() =>
              still()
                ? setChunk({ number: number + 1, cooling: false })
                : set({ running: !running })
            }
          >
            {running && !still() ? TEXT.stop : TEXT.go}
          </Button>
          <Slider
            label={TEXT.temperature}
            value={temperature}
            least={0}
            most={HOT}
            step={0.01}
            text={TEXTS.fixed(cooling && now ? now.temperature : temperature)}
            onInput={(next) => set({ temperature: next })}
          />
          <Button onClick={() => setChunk({ number: number + 1, cooling: true })}>
            {TEXT.cool}
          </Button>
        </div>
      </div>
    </div>
  );
}

function line(past: readonly Sweep[], k: number): string {
  return past
    .map(({ overlaps }, x) => {
      const y = HEIGHT * (0.5 - 0.46 * (overlaps[k] ?? 0));
      return `${x ? 'L' : 'M'}${((WIDTH * x) / (SHOWN - 1)).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

function largest(overlaps: Float64Array): number {
  return overlaps.reduce((best, m, k) => (Math.abs(m) > Math.abs(overlaps[best]) ? k : best), 0);
}
