/** A sudoku: what one fills in, and what the rules and a network add. */
import './puzzle.css';
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { Button } from '../ui/controls.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.puzzle;

/** Of 17 givens; the second needs a search. */
const PUZZLES = [
  '000000010400000000020000000000050407008000300001090000300400200050100000000806000',
  '800000000003600000070090200050007000000045700000100030001000068008500010090000400',
];

const initial = { grid: PUZZLES[1], asked: true };
type PuzzleOwn = typeof initial;

export const puzzle = panel<PuzzleOwn>({
  id: 'puzzle',
  own: initial,
  reads: ['seed'],
  half: true,
  View,
});

function View({ state: { seed }, own, set }: PanelProps<PuzzleOwn>) {
  const { grid, asked } = own;
  const { ref, seen } = useWatched();
  const given = Array.from(grid, Number);
  const { value, busy, error } = useTask(
    'puzzle',
    () => (seen && asked ? { grid: given, seed } : undefined),
    [grid, seed, asked, seen],
    { alone: true },
  );
  const shown = asked && !busy && !error ? value : undefined;
  const change = (cell: number, text: string) => {
    const digit = text.replace(/[^1-9]/g, '').slice(-1) || '0';
    set({ grid: grid.slice(0, cell) + digit + grid.slice(cell + 1), asked: false });
  };
  return (
    <div class="stack" ref={ref}>
      <div class="sudoku" role="group" aria-label={TEXT.title}>
        {given.map((digit, cell) => (
          <input
            key={cell}
            inputMode="numeric"
            aria-label={TEXT.cell(Math.floor(cell / 9) + 1, (cell % 9) + 1)}
            class={digit > 0 ? 'given' : ''}
            value={digit || shown?.grid[cell] || ''}
            onInput={(event) => change(cell, event.currentTarget.value)}
          />
        ))}
      </div>
      <p class="result" role="status">
        {error
          ? TEXT.cannot(error)
          : busy
            ? TEXT.busy
            : shown
              ? TEXT.found(shown.violations.length, shown.sweeps, shown.milliseconds)
              : TEXT.own}
      </p>
      <div class="row">
        <Button main onClick={() => set({ asked: true })}>
          {TEXT.solve}
        </Button>
        {PUZZLES.map((one, k) => (
          <Button key={k} onClick={() => set({ grid: one, asked: false })}>
            {TEXT.ready(k + 1)}
          </Button>
        ))}
        <Button onClick={() => set({ grid: '0'.repeat(81), asked: false })}>{TEXT.empty}</Button>
      </div>
    </div>
  );
}
