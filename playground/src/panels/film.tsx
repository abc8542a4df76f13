/** A sequence as a film: each pattern calls for the next. */
import { useEffect, useState } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { still } from '../state.ts';
import { TEXTS } from '../texts.ts';
import { Button, Select, Slider } from '../ui/controls.tsx';
import { Grid, GridText } from '../ui/grid.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.film;
const FRAMES_A_SECOND = 3;

const initial = { first: 0, noise: 20, frame: 0 };
type FilmOwn = typeof initial;

export const film = panel<FilmOwn>({
  id: 'film',
  own: initial,
  reads: ['size', 'patterns', 'seed'],
  half: true,
  View,
});

function View({ state: { size, patterns, seed }, own, set }: PanelProps<FilmOwn>) {
  const { noise, frame } = own;
  const { ref, seen } = useWatched();
  const first = Math.min(own.first, patterns.length - 1);
  const steps = 2 * patterns.length;
  const [playing, setPlaying] = useState(false);
  const { value, error } = useTask(
    'film',
    () =>
      seen && patterns.length > 1
        ? {
            patterns: patterns.map(({ bits }) => bits),
            first,
            noise: noise / 100,
            steps,
            seed,
          }
        : undefined,
    [size, patterns, first, noise, seed, seen],
  );
  const at = Math.min(frame, steps);
  useEffect(() => {
    if (!playing) return;
    if (at >= steps) return setPlaying(false);
    const timer = setTimeout(() => set({ frame: at + 1 }), 1000 / FRAMES_A_SECOND);
    return () => clearTimeout(timer);
  }, [playing, at, steps]);
  const shown = patterns.length > 1 ? value?.frames[at] : undefined;
  const match = patterns.length > 1 ? value?.matches[at] : undefined;
  const label = (k: number) => patterns[k]?.label || TEXTS.unnamed(k);
  const options = Object.fromEntries(patterns.map((_, k) => [`${k}`, label(k)]));
  const play = () => {
    if (still()) return set({ frame: steps });
    if (at >= steps) set({ frame: 0 });
    setPlaying(!playing);
  };
  return (
    <div class="stack" ref={ref}>
      {shown && shown.length === size ** 2 && (
        <figure>
          <Grid values={shown} size={size} label={TEXT.frame(at)} />
          <GridText values={shown} size={size} label={TEXT.frame(at)} />
        </figure>
      )}
      <p class="result" role="status">
        {error
          ? TEXT.cannot(error)
          : patterns.length < 2
            ? TEXT.needsTwo
            : match
              ? TEXT.says(at, label(match.index), match.overlap)
              : ' '}
      </p>
      {patterns.length > 1 && (
        <>
          <div class="row">
            <Button main onClick={play}>
              {playing ? TEXT.pause : TEXT.play}
            </Button>
            <Slider
              label={TEXT.step}
              value={at}
              least={0}
              most={steps}
              step={1}
              onInput={(next) => set({ frame: next })}
            />
          </div>
          <div class="row">
            <Select
              label={TEXT.first}
              value={`${first}`}
              options={options}
              onChange={(k) => set({ first: Number(k), frame: 0 })}
            />
            <Slider
              label={TEXT.noise}
              value={noise}
              least={0}
              most={45}
              step={1}
              text={`${noise} %`}
              onInput={(next) => set({ noise: next, frame: 0 })}
            />
          </div>
        </>
      )}
    </div>
  );
}
