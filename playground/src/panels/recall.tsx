/** A cue falls into what the memory knows, neuron by neuron, its energy beside it. */
import './recall.css';
import { useEffect, useRef } from 'preact/hooks';
import { modelOf } from '../models.ts';
import { panel, type PanelProps } from '../panel.ts';
import type { Own, State } from '../state.ts';
import { lastStep, stateAt, stepOf, type Trace } from '../tasks/trace.ts';
import { TEXTS } from '../texts.ts';
import { Button, Choice, Select } from '../ui/controls.tsx';
import { EnergyLine } from '../ui/energy-line.tsx';
import { Grid, GridText, Pad } from '../ui/grid.tsx';
import { ModelChoice } from '../ui/model-choice.tsx';
import { useTrace } from '../ui/trace.ts';

const TEXT = TEXTS.recall;
/** How long the whole recall takes at a steady pace, and a sweep, in milliseconds; and flips a second. */
const WHOLE = 4000;
const SWEEP = 700;
const FLIPS = 25;
/** Steps whose neurons are still marked. */
const TRAIL = 14;

export const recall = panel<Own>({
  id: 'recall',
  own: {},
  reads: ['size', 'patterns', 'cue', 'model', 'seed', 'update', 'step', 'playing', 'pace'],
  View,
});

function View({ state, update }: PanelProps<Own>) {
  const { size, patterns, cue, model, seed, update: order, playing, pace } = state;
  const { value: trace, busy, error } = useTrace(state);
  const shown = trace && trace.neurons === size ** 2 ? trace : undefined;
  usePlayback(busy ? undefined : shown, state, update);

  const step = shown && !(busy && state.step === 0) ? stepOf(shown, state.step) : 0;
  const now = shown && step > 0 ? stateAt(shown, step) : cue;
  const ended = shown !== undefined && !busy && step === lastStep(shown);
  const verdict =
    shown &&
    TEXTS.verdict(
      shown.verdict,
      patterns.map(({ label }) => label),
    );
  const to = (next: number) => update({ step: next, playing: false });
  return (
    <div class="stage">
      <figure class="cue">
        <figcaption>{TEXT.cue}</figcaption>
        <Pad
          values={cue}
          size={size}
          label={TEXT.cue}
          help={TEXT.cueHelp}
          onChange={(next) => update({ cue: next })}
        />
        <GridText values={cue} size={size} label={TEXT.cue} />
      </figure>
      <figure class="answer">
        <figcaption>{TEXT.answer}</figcaption>
        <Grid
          values={now}
          size={size}
          label={`${TEXT.answer}. ${ended ? verdict : ''}`}
          marked={shown?.turned && trail(shown.turned, step)}
        />
        <GridText values={now} size={size} label={TEXT.answer} />
      </figure>
      <div class="side">
        <div class="verdict">
          <p role="status">{error ? TEXT.cannot(error) : ended ? verdict : ''}</p>
          {!error && !ended && <p class="muted">{busy ? TEXT.thinking : TEXT.falling}</p>}
        </div>
        {shown && <EnergyLine trace={shown} step={step} old={busy} onScrub={to} />}
      </div>
      <div class="controls">
        <div class="row">
          <Button
            main
            onClick={() =>
              update(playing ? { playing: false, step } : { playing: true, step: ended ? 0 : step })
            }
          >
            {playing ? TEXT.pause : TEXT.play}
          </Button>
          <span class="together">
            <Button label={TEXT.back} disabled={step === 0} onClick={() => to(step - 1)}>
              ←
            </Button>
            <Button label={TEXT.on} disabled={ended} onClick={() => to(step + 1)}>
              →
            </Button>
          </span>
          <Choice
            label={TEXT.pace}
            value={pace}
            options={TEXT.paces}
            onChange={(next) => update({ pace: next, playing: true, step: ended ? 0 : step })}
          />
        </div>
        <div class="row">
          <ModelChoice model={model} size={size} onChange={(next) => update({ model: next })} />
          {modelOf(model).name !== 'modern' && (
            <Select
              label={TEXT.order}
              value={order}
              options={TEXT.orders}
              onChange={(next) => update({ update: next })}
            />
          )}
          <label class="field short">
            <span>{TEXT.seed}</span>
            <input
              type="number"
              min="0"
              max={2 ** 32 - 1}
              value={seed}
              onChange={({ currentTarget: { valueAsNumber: next } }) => {
                if (Number.isInteger(next) && next >= 0 && next < 2 ** 32) update({ seed: next });
              }}
            />
          </label>
        </div>
      </div>
    </div>
  );
}

/** Moves on while the page plays, by the pace. */
function usePlayback(
  trace: Trace | undefined,
  { playing, pace, step }: State,
  update: (change: Partial<State>) => void,
) {
  const now = useRef(step);
  now.current = step;
  useEffect(() => {
    if (!playing || !trace) return;
    const last = lastStep(trace);
    const from = stepOf(trace, now.current);
    const start = performance.now();
    let frame = requestAnimationFrame(function move(time) {
      const next = Math.min(last, stepAfter(trace, pace, from, Math.max(0, time - start)));
      if (next === last) return update({ step: Infinity, playing: false });
      if (next !== now.current) update({ step: next });
      frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, trace, pace]);
}

function stepAfter(
  { sweeps, ...trace }: Trace,
  pace: State['pace'],
  from: number,
  passed: number,
): number {
  const last = sweeps.length - 1;
  if (pace === 'full') return last;
  // Few steps are whole sweeps or updates: each stays for a moment.
  if (!trace.turned) return from + Math.floor(passed / SWEEP);
  if (pace === 'flips') return from + Math.floor((passed * FLIPS) / 1000);
  if (pace === 'steady') return from + Math.floor((passed * last) / WHOLE);
  const sweep = sweeps[from] + Math.floor(passed / SWEEP);
  const beyond = sweeps.findIndex((one) => one > sweep);
  return beyond < 0 ? last : Math.max(from, beyond - 1);
}

function trail(turned: Int32Array, step: number): Int32Array {
  return step === turned.length - 1
    ? new Int32Array(0)
    : turned.subarray(Math.max(1, step - TRAIL + 1), step + 1);
}
