/** What is stored: shown, stored, forgotten, named, and how much of it the rule holds. */
import './memory.css';
import { useMemo } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { SET_SIZES, patternSet, type SetName } from '../pictures.ts';
import type { Pattern } from '../state.ts';
import { stateAt, stepOf } from '../tasks/trace.ts';
import { TEXTS } from '../texts.ts';
import { Button, Select, Slider } from '../ui/controls.tsx';
import { Grid } from '../ui/grid.tsx';
import { useTrace } from '../ui/trace.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.memory;

const initial = { chosen: 3, set: 'digits' as SetName, count: 10 };
type MemoryOwn = typeof initial;

export const memory = panel<MemoryOwn>({
  id: 'memory',
  own: initial,
  reads: ['size', 'patterns', 'cue', 'model', 'seed', 'update', 'step'],
  half: true,
  View,
});

function View({ state, own, update, set }: PanelProps<MemoryOwn>) {
  const { size, patterns, cue, model } = state;
  const { value: trace } = useTrace(state);
  const { value: found, error } = useTask('load', () => ({ model, size, patterns }), [
    model,
    size,
    patterns,
  ]);
  const load =
    found?.neurons === size ** 2 && found.patterns === patterns.length ? found : undefined;
  const chosen = Math.min(own.chosen, patterns.length - 1);
  /** Whether the choice of a set says what is stored. */
  const ready = patterns.length === own.count;
  const change = (next: readonly Pattern[]) => update({ patterns: next });
  const answer = trace?.neurons === size ** 2 ? stateAt(trace, stepOf(trace, state.step)) : cue;
  const store = (values: ArrayLike<number>) => {
    const bits = Int8Array.from(values, (v) => (v > 0 ? 1 : -1));
    set({ chosen: patterns.length });
    change([...patterns, { label: TEXT.newLabel(patterns.length), bits }]);
  };
  const move = (by: number) => {
    const next = [...patterns];
    [next[chosen], next[chosen + by]] = [next[chosen + by], next[chosen]];
    set({ chosen: chosen + by });
    change(next);
  };
  const fill = (name: SetName, count: number) => {
    const most = Math.min(count, SET_SIZES[name]);
    const next = patternSet(name, most, size);
    set({ set: name, count: most, chosen: 0 });
    update({ patterns: next, cue: next[0].bits.slice() });
  };
  // As it was, step by step: there may be hundreds.
  const shelf = useMemo(
    () => (
      <ul class="shelf">
        {patterns.map(({ label, bits }, k) => (
          <li key={k}>
            <button
              type="button"
              class="pattern"
              aria-pressed={k === chosen}
              aria-label={label || TEXTS.unnamed(k)}
              onClick={() => set({ chosen: k })}
            >
              <Grid values={bits} size={size} />
              <span>{label}</span>
            </button>
          </li>
        ))}
      </ul>
    ),
    [patterns, chosen, size],
  );
  return (
    <div class="stack">
      {shelf}
      {patterns.length === 0 && <p class="note">{TEXT.empty}</p>}
      <div class="row">
        <Button main onClick={() => store(cue)}>
          {TEXT.storeCue}
        </Button>
        <Button onClick={() => store(answer)}>{TEXT.storeAnswer}</Button>
        {chosen >= 0 && (
          <Button onClick={() => change(patterns.filter((_, k) => k !== chosen))}>
            {TEXT.forget}
          </Button>
        )}
      </div>
      {chosen >= 0 && (
        <div class="row">
          <label class="field short">
            <span>{TEXT.label}</span>
            <input
              type="text"
              value={patterns[chosen].label}
              maxLength={24}
              onChange={(event) => {
                const label = event.currentTarget.value;
                change(patterns.map((one, k) => (k === chosen ? { ...one, label } : one)));
              }}
            />
          </label>
          <Button onClick={() => update({ cue: patterns[chosen].bits.slice() })}>
            {TEXT.toCue}
          </Button>
          <span class="together">
            <Button label={TEXT.before} disabled={chosen === 0} onClick={() => move(-1)}>
              ←
            </Button>
            <Button
              label={TEXT.after}
              disabled={chosen === patterns.length - 1}
              onClick={() => move(1)}
            >
              →
            </Button>
          </span>
        </div>
      )}
      <div class="row">
        <Select<SetName | 'own'>
          label={TEXT.set}
          value={ready ? own.set : 'own'}
          options={ready ? TEXT.sets : { own: TEXT.noSet, ...TEXT.sets }}
          onChange={(name) => name !== 'own' && fill(name, Math.min(own.count, 10))}
        />
        <Slider
          label={TEXT.count}
          value={patterns.length}
          least={1}
          most={SET_SIZES[own.set]}
          step={1}
          onInput={(count) => fill(own.set, count)}
        />
      </div>
      <div class="load">
        {load && load.capacity !== null && (
          <>
            <meter
              min={0}
              max={1.5 * load.capacity}
              high={load.capacity}
              value={load.patterns}
              aria-label={TEXT.meter}
            />
            <p class="axis">
              <span>{TEXT.load(load.patterns, load.neurons)}</span>
              <span>{TEXT.holds(load.capacity)}</span>
            </p>
          </>
        )}
        <p class="note">{error ?? (load ? TEXT.diagnosis(load.sentence) : '')}</p>
      </div>
    </div>
  );
}
