/** Modern memories: half a digit completed out of a thousand grey ones. */
import type { ModernSeparation } from 'hopfield-wasm';
import { digitInk, digits } from '../digits.ts';
import { panel, type PanelProps } from '../panel.ts';
import { TEXTS } from '../texts.ts';
import { type Bar, Bars } from '../ui/bars.tsx';
import { Button, Choice, Select, Slider } from '../ui/controls.tsx';
import { Grid, GridText } from '../ui/grid.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.attend;
const SIDE = 28;
type Separation = keyof typeof TEXT.separations;

const initial = {
  digit: 4,
  covered: 'bottom' as keyof typeof TEXT.covers,
  /** log10 β. */
  logBeta: -0.9,
  separation: 'softmax' as Separation,
  /** Score of nothing, as a share of the pixels that are known; above 1 it takes no part. */
  nothing: 1.01,
};
type AttendOwn = typeof initial;

export const attend = panel<AttendOwn>({ id: 'attend', own: initial, reads: [], View });

const NAMED: Record<Separation, (beta: number) => ModernSeparation> = {
  softmax: () => 'softmax',
  sparsemax: () => 'sparsemax',
  entmax: () => 'entmax',
  'top-k': () => ({ name: 'top-k', k: 5 }),
  // β is 2/r².
  'log-sum-relu': (beta) => ({ name: 'log-sum-relu', radius: Math.sqrt(2 / beta) }),
};
const knowsNothing = (name: Separation) => name !== 'top-k' && name !== 'log-sum-relu';

const NOTHING_KNOWN = new Float32Array(SIDE * SIDE);
let grey: Uint8Array | undefined;

function View({ own, set }: PanelProps<AttendOwn>) {
  const { digit, covered, logBeta, separation, nothing } = own;
  const { ref, seen } = useWatched();
  const query = seen ? queryOf(own) : NOTHING_KNOWN;
  const known = query.filter((v) => v !== 0).length;
  const absent = nothing > 1 || !knowsNothing(separation);
  const beta = 10 ** logBeta;
  const { value, error } = useTask(
    'attend',
    () => {
      if (!seen) return undefined;
      grey ??= Uint8Array.from(digits(), (ink) => Math.round(15 * ink));
      return {
        digits: grey,
        pixels: SIDE * SIDE,
        query,
        beta,
        separation: NAMED[separation](beta),
        nothing: absent ? null : nothing * known,
      };
    },
    [digit, covered, logBeta, separation, nothing, seen],
  );
  return (
    <div class="inside" ref={ref}>
      <figure>
        <figcaption>{TEXT.query}</figcaption>
        <Grid values={query} size={SIDE} label={TEXT.query} />
        <GridText values={query} size={SIDE} label={TEXT.query} />
      </figure>
      <figure>
        <figcaption>{TEXT.answer}</figcaption>
        {value && (
          <>
            <Grid values={value.state} size={SIDE} label={TEXT.answer} />
            <GridText values={value.state} size={SIDE} label={TEXT.answer} />
          </>
        )}
        <p class="result" role="status">
          {error ? TEXT.cannot(error) : value ? TEXT.says(value) : ' '}
        </p>
      </figure>
      <div class="stack">
        <div class="row">
          <Choice
            label={TEXT.covered}
            value={covered}
            options={TEXT.covers}
            onChange={(next) => set({ covered: next })}
          />
          <Button onClick={() => set({ digit: (digit + 1) % (digits().length / SIDE ** 2) })}>
            {TEXT.another}
          </Button>
        </div>
        <Slider
          label={TEXT.beta}
          value={logBeta}
          least={-3}
          most={1}
          step={0.05}
          text={beta.toPrecision(2)}
          onInput={(next) => set({ logBeta: next })}
        />
        <Select
          label={TEXT.separation}
          value={separation}
          options={TEXT.separations}
          onChange={(next) => set({ separation: next })}
        />
        {knowsNothing(separation) && (
          <Slider
            label={TEXT.nothing}
            value={nothing}
            least={0}
            most={1.01}
            step={0.01}
            text={absent ? TEXT.noNothing : TEXTS.fixed(nothing)}
            onInput={(next) => set({ nothing: next })}
          />
        )}
        <Bars
          caption={TEXT.weights}
          bars={[
            ...(value?.top ?? []).map(({ index, weight }, k) =>
              bar(TEXT.stored(index % 10, index), weight, k === 0 && weight > value!.nothing),
            ),
            ...(value && !absent
              ? [bar(TEXT.nothingName, value.nothing, value.nothing > 0.5)]
              : []),
          ]}
        />
      </div>
    </div>
  );
}

const bar = (name: string, weight: number, best: boolean): Bar => ({
  name,
  text: TEXTS.fixed(weight),
  share: weight,
  best,
});

/** A digit that is stored, in −1 to 1, with 0 where it is covered. */
function queryOf({ digit, covered }: AttendOwn): Float32Array {
  const ink = digitInk(digit);
  return Float32Array.from(ink, (v, i) => {
    const [row, column] = [Math.floor(i / SIDE), i % SIDE];
    const hidden =
      (covered === 'bottom' && row >= SIDE / 2) ||
      (covered === 'top' && row < SIDE / 2) ||
      (covered === 'right' && column >= SIDE / 2) ||
      covered === 'all';
    return hidden ? 0 : 2 * v - 1;
  });
}
