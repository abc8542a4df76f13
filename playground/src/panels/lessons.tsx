/** Ten states of the page, one idea each, with a question. */
import './lessons.css';
import { corrupt, Random } from 'hopfield-wasm';
import { panel, type PanelProps } from '../panel.ts';
import { patternSet } from '../pictures.ts';
import type { Own, State } from '../state.ts';
import { TEXTS } from '../texts.ts';

const TEXT = TEXTS.lessons;

export const lessons = panel<Own>({ id: 'lessons', own: {}, reads: [], View });

type Name = keyof typeof TEXT.all;
type Lesson = Partial<State> & Pick<State, 'size' | 'patterns' | 'cue' | 'model'>;

/** One of ten digits in a memory of all, damaged. */
function digit(k: number, model: string, damage: Parameters<typeof corrupt>[1]): Lesson {
  const patterns = patternSet('digits', 10, 28);
  return { size: 28, patterns, model, cue: corrupt(patterns[k].bits, { seed: 7, ...damage }) };
}

/** Random patterns on a small grid, and a cue made of them. */
function random(
  count: number,
  model: string,
  cue: (bits: Int8Array[]) => Int8Array,
  size = 16,
): Lesson {
  const patterns = patternSet('random', count, size);
  return { size, patterns, model, cue: cue(patterns.map(({ bits }) => bits)) };
}

const MAKE: Record<Name, () => Lesson> = {
  completes: () => digit(7, 'projection', { occlude: { side: 'bottom' } }),
  wrong: () => digit(3, 'projection', { occlude: { side: 'bottom' } }),
  alike: () => digit(3, 'hebbian', { noise: 0.25 }),
  dreams: () => digit(3, 'dreams', { noise: 0.25 }),
  reversed: () =>
    random(3, 'hebbian', ([a]) =>
      corrupt(
        a.map((s) => -s),
        { noise: 0.2, seed: 7 },
      ),
    ),
  mixture: () =>
    random(3, 'hebbian', ([a, b, c]) => a.map((_, i) => Math.sign(a[i] + b[i] + c[i]))),
  full: () => random(45, 'hebbian', (all) => corrupt(all[3], { noise: 0.1, seed: 7 })),
  powers: () => random(60, 'dense:3', (all) => corrupt(all[3], { noise: 0.2, seed: 7 })),
  cycle: () => ({
    ...random(2, 'hebbian', () => new Random(8, 9).signs(64), 8),
    update: 'synchronous',
  }),
  average: () => digit(3, 'modern:0.005', { noise: 0.25 }),
};

function View({ update }: PanelProps<Own>) {
  const begin = (name: Name) => {
    update({ seed: 7, update: 'asynchronous', ...MAKE[name]() });
    document.querySelector('main')!.scrollIntoView();
  };
  return (
    <ol class="lessons">
      {(Object.keys(MAKE) as Name[]).map((name) => (
        <li key={name}>
          <button type="button" onClick={() => begin(name)}>
            <strong>{TEXT.all[name].title}</strong>
            <span>{TEXT.all[name].question}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
