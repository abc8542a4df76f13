/** The same recall three ways, on the reader's own machine. */
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { Bars } from '../ui/bars.tsx';
import { Button, Choice } from '../ui/controls.tsx';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.speed;

const initial = { neurons: '784', asked: 0 };
type SpeedOwn = typeof initial;

export const speed = panel<SpeedOwn>({
  id: 'speed',
  own: initial,
  reads: ['seed'],
  half: true,
  View,
});

function View({ state: { seed }, own, set }: PanelProps<SpeedOwn>) {
  const { neurons, asked } = own;
  const n = Number(neurons);
  const { value, busy, error } = useTask(
    'speed',
    () => (asked > 0 ? { neurons: n, patterns: Math.round(0.08 * n), seed } : undefined),
    [neurons, seed, asked],
    { alone: true },
  );
  const ways = ['wasm', 'reference', 'textbook'] as const;
  const slowest = value ? Math.max(...ways.map((way) => value[way])) : 1;
  return (
    <div class="stack">
      <div class="row">
        <Button main disabled={busy && asked > 0} onClick={() => set({ asked: asked + 1 })}>
          {TEXT.measure}
        </Button>
        <Choice
          label={TEXT.neurons}
          value={neurons}
          options={{ 256: '256', 784: '784', 2048: '2,048' }}
          onChange={(next) => set({ neurons: next })}
        />
      </div>
      <p class="result" role="status">
        {error
          ? TEXT.cannot(error)
          : asked === 0
            ? TEXT.before
            : busy || !value
              ? TEXT.busy
              : TEXT.says(value)}
      </p>
      {value && (
        <Bars
          caption={TEXT.bars}
          bars={ways.map((way) => ({
            name: TEXT.ways[way],
            text: TEXT.time(value[way]),
            share: value[way] / slowest,
            best: way === 'wasm',
          }))}
        />
      )}
    </div>
  );
}
