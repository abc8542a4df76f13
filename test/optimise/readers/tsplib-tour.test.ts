/** TSPLIB tours: what is written is read back, and nothing else is a tour. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTsplibTour, writeTsplibTour } from '../../../src/optimise/index.ts';
import att48Tour from '../../instances/att48.opt.tour?raw';
import { acceptsDresses, rejects } from './cases.ts';

const tours = fc
  .integer({ min: 1, max: 40 })
  .chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n }));

describe('a tour', () => {
  test('looks as documented', () => {
    expect(writeTsplibTour([2, 0, 1], { name: 'three', comment: 'a\nb' })).toBe(
      'NAME : three\nCOMMENT : a b\nTYPE : TOUR\nDIMENSION : 3\nTOUR_SECTION\n3\n1\n2\n-1\nEOF\n',
    );
  });

  test('written then read is identity', () => {
    fc.assert(
      fc.property(tours, fc.string(), fc.string(), (tour, name, comment) => {
        expect(Array.from(readTsplibTour(writeTsplibTour(tour)))).toEqual(tour);
        const named = writeTsplibTour(Int32Array.from(tour), { name, comment });
        expect(Array.from(readTsplibTour(named))).toEqual(tour);
      }),
    );
  });

  test('may wrap anywhere, have no head, and end twice', () => {
    expect([...readTsplibTour('TOUR_SECTION\n2 1\n3 -1 -1')]).toEqual([1, 0, 2]);
  });

  acceptsDresses(readTsplibTour, att48Tour);
});

describe('is rejected:', () => {
  const head = 'TYPE : TOUR\nDIMENSION : 3\nTOUR_SECTION\n';
  rejects(readTsplibTour, [
    ['an empty text', '', /^line 1: no TOUR_SECTION/],
    ['a problem', 'TYPE : TSP\nTOUR_SECTION\n1 -1', /^line 1: "TSP", expected TYPE TOUR/],
    ['a tour without end', `${head}1\n2\n3\nEOF`, /^line 7: the section ends, expected -1/],
    ['a tour cut off', `${head}1\n2`, /^line 5: the section ends, expected -1/],
    ['a city less', `${head}1 2\n-1`, /^line 5: the tour ends after 2 cities, expected 3/],
    ['a city more', `${head}1 2 3 4 -1`, /^line 4: 4, .* 1 to 3/],
    ['a city twice', `${head}1 2\n2 -1`, /^line 5: "2", .*city 2 once; it is in line 4/],
    ['city 0', `${head}0 1 2 -1`, /^line 4: 0, .* 1 to 3/],
    ['a city that is none', `${head}1 2 3.0 -1`, /^line 4: "3.0", .*integer/],
    ['a second tour', `${head}1 2 3 -1\n1 3 2 -1`, /^line 5: "1", .*end of the section/],
  ]);

  test.each([
    [[], '0 cities'],
    [[0, 0], 'city 1 of the tour is 0, expected 0 to 1, each once'],
    [[1, 2], 'city 1 of the tour is 2'],
    [[0, 0.5], 'city 1 of the tour is 0.5'],
    [[0, NaN], 'city 1 of the tour is NaN'],
    [['0'], "city 0 of the tour is '0', expected a number"],
  ])('%j, when written', (tour, message) => {
    expect(() => writeTsplibTour(tour as number[])).toThrow(message);
  });
});
