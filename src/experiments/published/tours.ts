/** What is published of Hopfield & Tank's tours. */
import { hopfieldTank } from '../../optimise/index.ts';
import { shareOf } from '../statistics.ts';
import type { Finding, Publication } from './publication.ts';

const SEED = 1985;
const RUNS = 100;

/** The ten cities of Hopfield & Tank 1985, as Wilson & Pawley 1988 list them. */
const CITIES: [number, number][] = [
  [0.4, 0.4439],
  [0.2439, 0.1463],
  [0.1707, 0.2293],
  [0.2293, 0.761],
  [0.5171, 0.9414],
  [0.8732, 0.6536],
  [0.6878, 0.5219],
  [0.8488, 0.3609],
  [0.6683, 0.2536],
  [0.6195, 0.2634],
];

const tours: Publication = {
  title: 'Tours of ten cities',
  paper:
    'Hopfield & Tank 1985, Biological Cybernetics 52, 141; Wilson & Pawley 1988, Biological Cybernetics 58, 63',
  async measure() {
    const { costs, cost } = await hopfieldTank(CITIES, { runs: RUNS, seed: SEED });
    const valid = Array.from(costs, (length) => (Number.isNaN(length) ? 0 : 1));
    const findings: Finding[] = [
      {
        what: `share of ${RUNS} runs that end in a tour, as Wilson & Pawley found`,
        published: 0.15,
        measured: shareOf(valid, 1),
        tolerance: 0.05,
      },
      {
        what: `shortest tour of ${RUNS} runs, as Hopfield & Tank found`,
        published: 2.6907,
        measured: { value: cost ?? NaN },
        tolerance: 0.0001,
      },
    ];
    return { findings };
  },
};

export const TOURS = [tours];
