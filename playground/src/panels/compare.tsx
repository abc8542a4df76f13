/** The same cue and seed through two to four memories. */
import { useEffect, useRef } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { lastStep, stateAt } from '../tasks/trace.ts';
import { still, type State } from '../state.ts';
import { TEXTS } from '../texts.ts';
import { Button, Slider } from '../ui/controls.tsx';
import { Grid, GridText } from '../ui/grid.tsx';
import { ModelChoice } from '../ui/model-choice.tsx';
import { useTrace } from '../ui/trace.ts';

const TEXT = TEXTS.compare;
/** How long a run through all of them takes, in milliseconds. */
const WHOLE = 3000;

const initial = {
  models: ['hebbian', 'dreams', 'exponential', 'modern:0.05'],
  /** How far along all of them are, 0 to 1. */
  at: 1,
};
type CompareOwn = typeof initial;

export const compare = panel<CompareOwn>({
  id: 'compare',
  own: initial,
  reads: ['size', 'patterns', 'cue', 'seed', 'update'],
  View,
});

function View({ state, own, set }: PanelProps<CompareOwn>) {
  const { models, at } = own;
  const run = useRunner((next) => set({ at: next }));
  const change = (k: number, model: string) =>
    set({ models: models.map((one, i) => (i === k ? model : one)) });
  return (
    <div class="stack">
      <div class="columns" style={{ '--columns': models.length }}>
        {models.map((model, k) => (
          <One
            key={k}
            number={k + 1}
            model={model}
            at={at}
            state={state}
            onChange={(next) => change(k, next)}
          />
        ))}
      </div>
      <div class="row">
        <Button main onClick={run}>
          {TEXT.run}
        </Button>
        <Slider
          label={TEXT.at}
          value={at}
          least={0}
          most={1}
          step={0.01}
          text={`${Math.round(100 * at)} %`}
          onInput={(next) => set({ at: next })}
        />
        <Button
          disabled={models.length === 4}
          onClick={() => set({ models: [...models, 'dense:3'] })}
        >
          {TEXT.more}
        </Button>
        <Button disabled={models.length === 2} onClick={() => set({ models: models.slice(0, -1) })}>
          {TEXT.less}
        </Button>
      </div>
    </div>
  );
}

interface OneProps {
  number: number;
  model: string;
  at: number;
  state: State;
  onChange: (model: string) => void;
}

function One({ number, model, at, state, onChange }: OneProps) {
  const { size, patterns, cue } = state;
  const { value: trace, busy, error } = useTrace({ ...state, model });
  const shown = trace?.neurons === size ** 2 ? trace : undefined;
  const last = shown ? lastStep(shown) : 0;
  const step = Math.round(at * last);
  const values = shown ? stateAt(shown, step) : cue;
  const labels = patterns.map(({ label }) => label);
  const verdict = error
    ? TEXT.cannot(error)
    : shown && !busy
      ? TEXTS.verdict(shown.verdict, labels)
      : ' ';
  return (
    <div class="column">
      <div class="row">
        <ModelChoice label={TEXT.memory(number)} model={model} size={size} onChange={onChange} />
      </div>
      <figure>
        <Grid values={values} size={size} label={TEXT.answer(number)} />
        <GridText values={values} size={size} label={TEXT.answer(number)} />
      </figure>
      <p class="result">{verdict}</p>
      {shown && !error && patterns.length > 0 && (
        <p class="note">
          {TEXT.numbers(shown.energies[0], shown.energies[last], shown.flips, shown.made)}
        </p>
      )}
    </div>
  );
}

/** Runs from 0 to 1, one frame after the other. */
function useRunner(show: (at: number) => void): () => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return () => {
    cancelAnimationFrame(frame.current);
    if (still()) return show(1);
    const start = performance.now();
    frame.current = requestAnimationFrame(function move(time) {
      const at = Math.max(0, Math.min(1, (time - start) / WHOLE));
      show(at);
      if (at < 1) frame.current = requestAnimationFrame(move);
    });
  };
}
