import { expect, test } from 'vitest';
import { type PottsModel, solve, sudoku } from '../../../src/optimise/index.ts';
import published from '../../instances/sudokus.txt?raw';

const SUDOKUS = published.split('\n').filter((line) => /^[.\d]{81}/.test(line));

/** All 27 units hold each digit once, straight from the rules. */
function isComplete(cells: number[]): boolean {
  for (let i = 0; i < 9; i++) {
    const row = new Set<number>();
    const column = new Set<number>();
    const box = new Set<number>();
    for (let k = 0; k < 9; k++) {
      row.add(cells[9 * i + k]);
      column.add(cells[9 * k + i]);
      box.add(cells[27 * Math.floor(i / 3) + 3 * (i % 3) + 9 * Math.floor(k / 3) + (k % 3)]);
    }
    for (const unit of [row, column, box]) {
      for (let digit = 1; digit <= 9; digit++) if (!unit.has(digit)) return false;
    }
  }
  return true;
}

test('there are twenty', () => expect(SUDOKUS).toHaveLength(20));

/** The others take seconds each; `bench/tables/queens-and-sudoku.mjs` solves them all. */
const QUICK = SUDOKUS.filter((_, k) => ![1, 3, 7, 8, 15].includes(k));

test.each(QUICK.map((line) => [line.slice(81).replace(/^[ #]+/, '') || 'of the list', line]))(
  '%s',
  async (_, line) => {
    const { solution, cost, violations } = await solve(sudoku(line.slice(0, 81)), {
      seed: 1,
      time: 60,
    });
    expect({ cost, violations }).toEqual({ cost: 0, violations: [] });
    expect(isComplete(solution)).toBe(true);
    Array.from(line.slice(0, 81)).forEach((given, cell) => {
      if (given !== '.') expect(solution[cell]).toBe(Number(given));
    });
  },
);

const EASY = '53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79';
const SOLVED = '534678912672195348198342567859761423426853791713924856961537284287419635345286179';

test('an easy one is solved by its rules alone: nothing is left to search', async () => {
  const problem = sudoku(EASY);
  expect((problem.model as PottsModel).groups).toBe(0);
  const { solution, sweeps } = await solve(problem, { seed: 1 });
  expect(solution.join('')).toBe(SOLVED);
  expect(sweeps).toBe(0);
});

test('an empty grid has many solutions: one is found', async () => {
  const { solution, violations } = await solve(sudoku('.'.repeat(81)), { seed: 1, time: 20 });
  expect(isComplete(solution)).toBe(true);
  expect(violations).toEqual([]);
});

test('encode undoes decode; the energy counts equal pairs', async () => {
  const problem = sudoku(SUDOKUS[1].slice(0, 81));
  const { solution, state } = await solve(problem, { seed: 2, time: 60 });
  expect(problem.encode(solution)).toEqual(state);
  const other = problem.decode(new Int32Array((problem.model as PottsModel).groups));
  expect(problem.cost(other)).toBe(problem.model.energy(problem.encode(other)));
  expect(problem.cost(other)).toBeGreaterThan(0);
  expect(problem.check(other).length).toBeGreaterThan(0);
});

test('numbers and characters mean the same', () => {
  const numbers = [...EASY].map((c) => (c === '.' ? 0 : Number(c)));
  const zeros = EASY.replaceAll('.', '0');
  for (const grid of [numbers, Uint8Array.from(numbers) as never, zeros]) {
    expect(sudoku(grid).decode(new Int32Array(0)).join('')).toBe(SOLVED);
  }
});

test('check finds every kind of violation', () => {
  const { check, cost } = sudoku(EASY);
  const right = [...SOLVED].map(Number);
  expect(check(right)).toEqual([]);
  const changed = [9, ...right.slice(1)];
  expect(check(changed)[0]).toBe('row 1, column 1 is 9, given is 5');
  expect(check(changed)).toContain('9 stands 2 times in row 1');
  expect(cost(changed)).toBe(3);
  expect(check([0, ...right.slice(1)])).toEqual([
    'row 1, column 1 is 0, expected a digit from 1 to 9',
  ]);
  expect(check(right.slice(1))).toEqual(['80 cells, expected 81']);
  const start = `'${SOLVED.slice(0, 40)}'…`;
  expect(check(SOLVED as never)).toEqual([`a solution is a list, this is ${start}`]);
});

const at = (cells: Record<number, string>) =>
  Array.from({ length: 81 }, (_, cell) => cells[cell] ?? '.').join('');

test.each([
  ['twice in a row', at({ 0: '5', 8: '5' }), 'no solution: 5 stands 2 times in row 1'],
  ['twice in a box', at({ 0: '5', 10: '5' }), 'no solution: 5 stands 2 times in box 1'],
  ['a cell with nothing', '12345678.' + at({ 17: '9' }).slice(9), 'the sudoku has no solution'],
  [
    'a contradiction further on',
    '..9.287..8.6..4..5..3.....46.........2.71345.........23.....5..9..4..8.7..125.3..',
    'the sudoku has no solution',
  ],
  ['80 cells', EASY.slice(1), 'the sudoku has 80 cells, expected 81'],
  ['a letter', `x${EASY.slice(1)}`, "character 0 is 'x', expected a digit or '.'"],
])('%s is refused', (_, grid, message) => expect(() => sudoku(grid)).toThrow(message));

test('other things are refused', () => {
  expect(() => sudoku(7 as never)).toThrow('the sudoku is 7, expected 81 numbers or characters');
  expect(() => sudoku(Array.from({ length: 81 }, () => 10))).toThrow(
    'row 1, column 1 is 10, expected an integer',
  );
  expect(() => sudoku(Array.from({ length: 81 }, () => '1') as never)).toThrow(TypeError);
});
