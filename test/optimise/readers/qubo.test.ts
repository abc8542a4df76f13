/** QUBO files of qbsolv: what is written is read back, and every way to be wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readQubo } from '../../../src/optimise/index.ts';
import smallest from '../../instances/smallest.qubo?raw';
import { acceptsDresses, complaint, rejects } from './cases.ts';

const qubos = fc.integer({ min: 1, max: 7 }).chain((variables) => {
  const pairs = [...Array(variables).keys()].flatMap((j) =>
    [...Array(j + 1).keys()].map((i) => [i, j] as const),
  );
  return fc.record({
    variables: fc.constant(variables),
    entries: fc
      .shuffledSubarray(pairs)
      .chain((chosen) =>
        fc.tuple(
          ...chosen.map(([i, j]) =>
            fc
              .tuple(fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-9 }))
              .map(([back, q]) => (back ? [j, i, q] : [i, j, -q])),
          ),
        ),
      ),
  });
});

describe('a file of BiqMac', () => {
  test('is xᵀQx of a symmetric matrix of which one half is written', () => {
    fc.assert(
      fc.property(qubos, fc.nat(127), ({ variables, entries }, set) => {
        const whole = entries.map(([i, j, q]) => [i, j, Math.round(q % 1000)]);
        const lines = whole.map(([i, j, q]) => `${i + 1} ${j + 1} ${q}`);
        const read = readQubo([`${variables} ${whole.length}`, ...lines].join('\n'));
        const bits = Array.from({ length: variables }, (_, k) => (set >> k) & 1);
        const matrix = bits.map(() => bits.map(() => 0));
        for (const [i, j, q] of whole) matrix[i][j] = matrix[j][i] = q;
        const value = bits.reduce(
          (sum, x, i) => sum + bits.reduce((row, y, j) => row + x * y * matrix[i][j], 0),
          0,
        );
        const found = read.entries.reduce((sum, [i, j, q]) => sum + q * bits[i] * bits[j], 0);
        expect(read.variables).toBe(variables);
        expect(found + 0).toBe(value + 0);
      }),
    );
  });

  test.each([
    ['3 1\n0 1 5', /^line 2: 0, .* 1 to 3/],
    ['3 1\n1 2', /^line 2: "1 2", expected "I J VALUE"/],
    ['3 2\n1 1 5', /^line 2: .* after 1 entries, expected 2 as in line 1/],
    ['3 1\n1 1 5\n1 2 5', /^line 3: .*, expected the end of the text after 1 entries/],
    ['3 2\n1 2 5\n2 1 5', /^line 3: .*one entry of 2 and 1, which is in line 2/],
    ['3 1\n1 2 1e308', /1e\+308, expected one whose double is a number/],
  ])('%j is refused', (text, message) => {
    expect(complaint(readQubo, text)).toMatch(message);
  });
});

describe('a QUBO', () => {
  test('of a published file has its entries', () => {
    const { variables, entries } = readQubo(smallest);
    expect(variables).toBe(4);
    expect(entries).toHaveLength(10);
    expect(entries[3]).toEqual([3, 3, -2.4]);
    expect(entries[8]).toEqual([1, 3, 4.5678]);
  });

  test('written then read is identity', () => {
    fc.assert(
      fc.property(qubos, fc.constantFrom('0', 'unconstrained'), ({ variables, entries }, word) => {
        const nodes = entries.filter(([i, j]) => i === j).length;
        const lines = entries.map((entry) => `${entry.join(' ')}\n`);
        const head = `p qubo ${word} ${variables} ${nodes} ${entries.length - nodes}`;
        expect(readQubo(`c made up\n${head}\n${lines.join('')}`)).toEqual({ variables, entries });
      }),
    );
  });

  acceptsDresses(readQubo, smallest);
});

describe('is rejected:', () => {
  const head = 'p qubo 0 3 1 1\n';
  rejects(readQubo, [
    ['an empty text', '', /^line 1: the end of the text, .*p qubo/],
    ['comments only', 'c\n\nc', /^line 3: the end of the text/],
    ['entries before the head', '0 0 1\n', /^line 1: "0 0 1", .*before the entries/],
    ['two heads', `${head}${head}`, /^line 2: .*one p line only, which is line 1/],
    ['another problem', 'p edge 3 2', /^line 1: "p edge 3 2"/],
    ['a head with too little', 'p qubo 0 3 1', /^line 1: "p qubo 0 3 1"/],
    ['a head with too much', 'p qubo 0 3 1 1 1', /^line 1: "p qubo 0 3 1 1 1"/],
    ['a topology', 'p qubo chimera128 3 1 1', /^line 1: "chimera128", .*unconstrained/],
    ['no variables', 'p qubo 0 0 0 0', /^line 1: 0, .*variables/],
    ['a huge number of variables', 'p qubo 0 9999999999 1 1', /^line 1: 9999999999/],
    ['a variable that is not there', `${head}0 3 1`, /^line 2: 3, .* 0 to 2/],
    ['a negative variable', `${head}-1 2 1`, /^line 2: -1,/],
    ['a variable that is none', `${head}x 2 1`, /^line 2: "x"/],
    ['a value that is none', `${head}0 2 two`, /^line 2: "two", expected a number/],
    ['an infinite value', `${head}0 2 -1e999`, /^line 2: -1e999/],
    ['too little', `${head}0 2`, /^line 2: "0 2"/],
    ['too much', `${head}0 2 1 1`, /^line 2: "0 2 1 1"/],
    ['a pair twice', `${head}0 2 1\n2 0 1`, /^line 3: .*one entry of 2 and 0, which is in line 2/],
    ['fewer', `${head}0 2 1`, /^line 2: .* after 0 lines "i i v" and 1 lines .*, expected 1 and 1/],
    ['more', `${head}0 0 1\n1 1 1\n0 2 1`, /^line 4: .* after 2 lines "i i v"/],
  ]);

  test('a file with any entry cut off', () => {
    const lines = smallest.trimEnd().split('\n');
    for (let cut = 2; cut < lines.length; cut++) {
      const fewer = lines.filter((_, k) => k !== cut).join('\n');
      expect(complaint(readQubo, fewer)).toMatch(/^line 11: .* expected 4 and 6 as in line 2/);
    }
  });
});
