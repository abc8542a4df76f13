/** The cliff: how much a memory holds, measured while one looks. */
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { Button, Choice, Select } from '../ui/controls.tsx';
import { Figure } from '../ui/figure.tsx';
import { Table } from '../ui/table.tsx';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.cliff;
type Measured = keyof typeof TEXT.memories;

/** Around where each is known to fail, in P/N. */
const LOADS: Record<Measured, number[]> = {
  hebbian: [0.04, 0.07, 0.1, 0.12, 0.13, 0.14, 0.15, 0.16, 0.18, 0.22],
  storkey: [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5],
  projection: [0.1, 0.3, 0.5, 0.7, 0.9, 0.95],
};

const initial = { memory: 'hebbian' as Measured, neurons: '200', asked: 0 };
type CliffOwn = typeof initial;

export const cliff = panel<CliffOwn>({ id: 'cliff', own: initial, reads: ['seed'], View });

function View({ state: { seed }, own, set }: PanelProps<CliffOwn>) {
  const { memory, neurons, asked } = own;
  const question = { memory, neurons: Number(neurons), loads: LOADS[memory], networks: 8, seed };
  const { value, busy, error } = useTask(
    'cliff',
    () => (asked > 0 ? question : undefined),
    [memory, neurons, seed, asked],
    { alone: true },
  );
  return (
    <div class="stack">
      <div class="row">
        <Button main onClick={() => set({ asked: asked + 1 })}>
          {TEXT.measure}
        </Button>
        <Select
          label={TEXT.memory}
          value={memory}
          options={TEXT.memories}
          onChange={(next) => set({ memory: next })}
        />
        <Choice
          label={TEXT.neurons}
          value={neurons}
          options={{ 100: '100', 200: '200', 500: '500' }}
          onChange={(next) => set({ neurons: next })}
        />
      </div>
      <p class="note" role="status">
        {error
          ? TEXT.cannot(error)
          : asked === 0
            ? TEXT.before
            : TEXT.progress(value?.rows.length ?? 0, LOADS[memory].length, busy)}
      </p>
      {value && (
        <>
          <Figure figure={value.figure} />
          <Table
            label={value.figure.title}
            head={TEXT.head}
            rows={() => value.rows.map((row) => [row.load, row.overlap, row.error ?? ''])}
          />
        </>
      )}
    </div>
  );
}
