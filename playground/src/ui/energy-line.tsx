/** The energy of a recall, step by step, as the slider that one scrubs it with. */
import './energy-line.css';
import { lastStep, type Trace } from '../tasks/trace.ts';
import { TEXTS } from '../texts.ts';
import { Table } from './table.tsx';

const WIDTH = 600;
const HEIGHT = 260;
const EDGE = 12;
/** Steps of the table behind the line, at most. */
const ROWS = 40;

interface Props {
  trace: Trace;
  step: number;
  /** Of an earlier recall, while the next is made. */
  old: boolean;
  onScrub: (step: number) => void;
}

export function EnergyLine({ trace, step, old, onScrub }: Props) {
  const { energies, sweeps } = trace;
  const last = lastStep(trace);
  const known = energies.filter((e) => !Number.isNaN(e));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  // What is less is rounding, not a fall.
  const range = Math.max(high - low, 1e-3 * Math.max(Math.abs(low), Math.abs(high)));
  const x = (k: number) => EDGE + ((WIDTH - 2 * EDGE) * k) / Math.max(1, last);
  const y = (e: number) => EDGE + ((HEIGHT - 2 * EDGE) * (high - e)) / (range || 1);
  // More points than the line is wide would only take time.
  const every = Math.max(1, Math.ceil(last / WIDTH));
  const point = (k: number) => `${x(k).toFixed(1)} ${y(energies[k]).toFixed(1)}`;
  const path = (to: number) => {
    const points = Array.from({ length: Math.floor(to / every) + 1 }, (_, k) => point(k * every));
    return `M${points.join('L')}L${point(to)}`;
  };
  const starts = Array.from(sweeps.keys()).filter(
    (k) => k > 0 && k < last && sweeps[k] !== sweeps[k - 1],
  );
  const now = TEXTS.recall.progress(step, last, sweeps[step], trace.turned !== undefined);
  if (known.length === 0) return null;
  return (
    <div class={old ? 'energy old' : 'energy'}>
      <p class="axis">
        <span>{TEXTS.recall.energy}</span>
        <output>{TEXTS.number(energies[step])}</output>
      </p>
      <div class="plot">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {starts.slice(0, 60).map((k) => (
            <line key={k} class="sweep" x1={x(k)} x2={x(k)} y1="0" y2={HEIGHT} />
          ))}
          <path class="all" d={path(last)} />
          <path class="done" d={path(step)} />
        </svg>
        <i
          class="dot"
          style={{
            left: `${(100 * x(step)) / WIDTH}%`,
            top: `${(100 * y(energies[step])) / HEIGHT}%`,
          }}
        />
        <input
          type="range"
          min="0"
          max={last}
          step="1"
          value={step}
          aria-label={TEXTS.recall.scrub}
          aria-valuetext={`${now}, ${TEXTS.recall.energy} ${TEXTS.number(energies[step])}`}
          onInput={(event) => onScrub(event.currentTarget.valueAsNumber)}
        />
      </div>
      <p class="axis">
        <span>{now}</span>
        <span>{TEXTS.recall.backend(trace.backend)}</span>
      </p>
      <Table
        label={TEXTS.recall.energy}
        head={TEXTS.recall.energyTable}
        rows={() => rowsOf(trace)}
      />
    </div>
  );
}

function rowsOf({ energies, sweeps }: Trace): number[][] {
  const count = Math.min(ROWS, energies.length);
  return Array.from({ length: count }, (_, row) => {
    const k = Math.round((row * (energies.length - 1)) / Math.max(1, count - 1));
    return [k, sweeps[k], energies[k]];
  });
}
