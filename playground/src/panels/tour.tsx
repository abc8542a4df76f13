/** Cities that one taps, a network that decides, and what local search makes of them. */
import './tour.css';
import { Random } from 'hopfield-wasm';
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { Button, Slider } from '../ui/controls.tsx';
import { Table } from '../ui/table.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.tour;
const SIDE = 400;
/** A network has n² neurons: what a page can wait for. */
const MOST = 40;

type City = [number, number];
/** In percent of the square. */
const drawn = (count: number, seed: number): City[] => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => [4 + random.below(93), 4 + random.below(93)]);
};

const initial = { cities: drawn(16, 3), sweeps: 100, draw: 3 };
type TourOwn = typeof initial;

export const tour = panel<TourOwn>({ id: 'tour', own: initial, reads: ['seed'], View });

function View({ state: { seed }, own, set }: PanelProps<TourOwn>) {
  const { cities, sweeps, draw } = own;
  const { ref, seen } = useWatched();
  const { value, busy, error } = useTask(
    'tour',
    () => (seen && cities.length > 3 ? { cities, sweeps, seed } : undefined),
    [cities, sweeps, seed, seen],
    { alone: true },
  );
  const add = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const at = (v: number) => Math.round(Math.max(0, Math.min(100, 100 * v)));
    const city: City = [
      at((event.clientX - box.left) / box.width),
      at((event.clientY - box.top) / box.height),
    ];
    if (cities.length < MOST) set({ cities: [...cities, city] });
  };
  const shown = value && value.search.tour.length === cities.length ? value : undefined;
  const found = ['network', 'mended', 'search'] as const;
  return (
    <div class="stack" ref={ref}>
      <p class="note">{TEXT.tap}</p>
      <div class={busy ? 'columns three waiting' : 'columns three'} style={{ '--columns': 3 }}>
        {found.map((name) => (
          <figure key={name}>
            <figcaption>{TEXT.names[name]}</figcaption>
            <Map
              cities={cities}
              tour={shown?.[name].tour}
              label={TEXT.map(TEXT.names[name], cities.length)}
              onTap={add}
            />
            <p class="note">
              {shown
                ? TEXT.found(shown[name].length, shown.search.length, shown[name].milliseconds)
                : ' '}
              {shown && name === 'network' ? ` ${TEXT.collisions(shown.network.collisions)}` : ''}
            </p>
            {shown && (
              <Table
                label={TEXT.names[name]}
                head={TEXT.head}
                rows={() => shown[name].tour.map((city, k) => [k + 1, TEXT.city(...cities[city])])}
              />
            )}
          </figure>
        ))}
      </div>
      <p class="note" role="status">
        {error ? TEXT.cannot(error) : cities.length < 4 ? TEXT.few : busy ? TEXT.busy : ' '}
      </p>
      <div class="row">
        <Button
          main
          onClick={() =>
            set({ draw: draw + 1, cities: drawn(Math.max(4, cities.length), draw + 1) })
          }
        >
          {TEXT.others}
        </Button>
        <Button
          disabled={cities.length >= MOST}
          onClick={() => set({ cities: [...cities, ...drawn(1, draw + 7919 * cities.length)] })}
        >
          {TEXT.more}
        </Button>
        <Button disabled={cities.length === 0} onClick={() => set({ cities: cities.slice(0, -1) })}>
          {TEXT.less}
        </Button>
        <Button disabled={cities.length === 0} onClick={() => set({ cities: [] })}>
          {TEXT.clear}
        </Button>
        <Slider
          label={TEXT.sweeps}
          value={sweeps}
          least={1}
          most={500}
          step={1}
          onInput={(next) => set({ sweeps: next })}
        />
      </div>
    </div>
  );
}

interface MapProps {
  cities: readonly City[];
  tour: readonly number[] | undefined;
  label: string;
  onTap: (event: MouseEvent) => void;
}

function Map({ cities, tour, label, onTap }: MapProps) {
  const at = (v: number) => (v * SIDE) / 100;
  const path = tour?.map((city) => cities[city].map(at).join(' ')).join(' L');
  return (
    <svg class="map" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={label} onClick={onTap}>
      {path && <path d={`M${path}Z`} />}
      {cities.map(([x, y], k) => (
        <circle key={k} cx={at(x)} cy={at(y)} r="5" />
      ))}
    </svg>
  );
}
