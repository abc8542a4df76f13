/** Inside a state: the fields that pull at neurons, what one neuron does to the others, overlaps with what is stored. */
import { panel, type PanelProps } from '../panel.ts';
import { stateAt, stepOf } from '../tasks/trace.ts';
import { TEXTS } from '../texts.ts';
import { Bars } from '../ui/bars.tsx';
import { Slider } from '../ui/controls.tsx';
import { Grid, GridText } from '../ui/grid.tsx';
import { useTrace } from '../ui/trace.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.watch;
const MOST_BARS = 24;

const initial = { neuron: 0.45 };
type WatchOwn = typeof initial;

export const watch = panel<WatchOwn>({
  id: 'watch',
  own: initial,
  reads: ['size', 'patterns', 'cue', 'model', 'seed', 'update', 'step'],
  View,
});

function View({ state, own, set }: PanelProps<WatchOwn>) {
  const { size, patterns, cue, model } = state;
  const { value: trace } = useTrace(state);
  const fits = trace?.neurons === size ** 2;
  const step = fits ? stepOf(trace, state.step) : 0;
  const neuron = Math.min(size ** 2 - 1, Math.floor(own.neuron * size ** 2));
  const { value: seen } = useTask(
    'look',
    () => ({ size, patterns, model, neuron, state: fits ? stateAt(trace, step) : cue }),
    [size, patterns, model, neuron, trace, step, cue],
  );
  const scaled = (values: Float32Array) => {
    const most = values.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    return { values: most > 0 ? values.map((v) => v / most) : values, most };
  };
  if (!seen || seen.fields.length !== size ** 2 || seen.overlaps.length !== patterns.length)
    return null;
  const fields = scaled(seen.fields);
  const pulls = seen.pulls && scaled(seen.pulls);
  const [row, column] = [Math.floor(neuron / size), neuron % size];
  const modern = !pulls;
  const all = Array.from(seen.overlaps.keys());
  const best = [...all].sort((a, b) => Math.abs(seen.overlaps[b]) - Math.abs(seen.overlaps[a]));
  const shown = patterns.length > MOST_BARS ? best.slice(0, MOST_BARS) : all;
  return (
    <div class="inside">
      <figure>
        <figcaption>{modern ? TEXT.next : TEXT.fields}</figcaption>
        <Grid values={fields.values} size={size} signed label={modern ? TEXT.next : TEXT.fields} />
        <p class="note">{TEXT.scale(fields.most)}</p>
        <GridText values={fields.values} size={size} label={modern ? TEXT.next : TEXT.fields} />
      </figure>
      {pulls && (
        <figure>
          <figcaption>{TEXT.pull}</figcaption>
          <Grid
            values={pulls.values}
            size={size}
            signed
            label={TEXT.pulls(row + 1, column + 1)}
            cursor={neuron}
          />
          <p class="note">{TEXT.scale(pulls.most)}</p>
          <GridText values={pulls.values} size={size} label={TEXT.pulls(row + 1, column + 1)} />
          <Slider
            label={TEXT.neuron}
            value={neuron}
            least={0}
            most={size ** 2 - 1}
            step={1}
            text={TEXT.at(row + 1, column + 1)}
            onInput={(i) => set({ neuron: (i + 0.5) / size ** 2 })}
          />
        </figure>
      )}
      <div>
        <Bars
          caption={modern ? TEXT.weights : TEXT.overlaps}
          signed={!modern}
          bars={shown.map((k) => ({
            name: patterns[k].label || TEXTS.unnamed(k),
            text: TEXTS.fixed(seen.overlaps[k]),
            share: seen.overlaps[k],
            best: k === best[0],
          }))}
        />
        {patterns.length === 0 && <p class="note">{TEXT.empty}</p>}
        {shown.length < patterns.length && (
          <p class="note">{TEXT.some(shown.length, patterns.length)}</p>
        )}
      </div>
    </div>
  );
}
