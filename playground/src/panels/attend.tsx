/** Modern memories: half a digit, or a picture of the reader's, completed out of thousands of grey ones. */
import './attend.css';
import type { ModernSeparation } from 'hopfield-wasm';
import { useMemo, useState } from 'preact/hooks';
import { packedGreys, unpackedGreys } from '../bits.ts';
import { digitInk, digits } from '../digits.ts';
import { panel, type PanelProps } from '../panel.ts';
import { readFile } from '../pictures.ts';
import { TEXTS } from '../texts.ts';
import { type Bar, Bars } from '../ui/bars.tsx';
import { Button, Choice, FileButton, Select, Slider } from '../ui/controls.tsx';
import { Grid, GridText } from '../ui/grid.tsx';
import { useWatched } from '../ui/visible.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.attend;
const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** Of ink. */
const DARKEST = 15;
type Separation = keyof typeof TEXT.separations;

const initial = {
  digit: 4,
  /** A picture that is asked for instead, and stored with the digits: its greys, packed. */
  picture: '',
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

const NOTHING_KNOWN = new Float32Array(PIXELS);
let grey: Uint8Array | undefined;

function View({ own, set }: PanelProps<AttendOwn>) {
  const { digit, picture, covered, logBeta, separation, nothing } = own;
  const { ref, seen } = useWatched();
  const [trouble, setTrouble] = useState('');
  const given = useMemo(() => pictureOf(picture), [picture]);
  const query = seen ? queryOf(given ?? inkOf(digit), covered) : NOTHING_KNOWN;
  const known = query.filter((v) => v !== 0).length;
  const absent = nothing > 1 || !knowsNothing(separation);
  const beta = 10 ** logBeta;
  const { value, error } = useTask(
    'attend',
    () => {
      if (!seen) return undefined;
      grey ??= greysOf(digits());
      return {
        digits: grey,
        picture: given,
        pixels: PIXELS,
        query,
        beta,
        separation: NAMED[separation](beta),
        nothing: absent ? null : nothing * known,
      };
    },
    [digit, picture, covered, logBeta, separation, nothing, seen],
  );
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      set({ picture: packedGreys(greysOf(await readFile(file, SIDE))) });
      setTrouble('');
    } catch {
      setTrouble(TEXTS.cue.noPicture);
    }
  };
  // Elsewhere on the page a picture becomes the cue.
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'drop') void take(event.dataTransfer.files[0]);
  };
  const isOwn = (index: number) => index * PIXELS >= digits().length;
  const nameOf = (index: number) => (isOwn(index) ? TEXT.own : TEXT.stored(index % 10, index));
  return (
    <div class="inside" ref={ref} onDragOver={drop} onDrop={drop}>
      <figure>
        <figcaption>{TEXT.query}</figcaption>
        <Grid values={query} size={SIDE} label={TEXT.query} />
        <p class="note">{TEXT.middling}</p>
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
          {trouble ||
            (error
              ? TEXT.cannot(error)
              : value
                ? TEXT.says({
                    ...value,
                    own: value.top.slice(0, 1).some(({ index }) => isOwn(index)),
                  })
                : ' ')}
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
          <Button
            onClick={() => set({ digit: (digit + 1) % (digits().length / PIXELS), picture: '' })}
          >
            {TEXT.another}
          </Button>
          <FileButton accept="image/*" onFile={(file) => void take(file)}>
            {TEXT.picture}
          </FileButton>
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
              bar(nameOf(index), weight, k === 0 && weight > value!.nothing),
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

const greysOf = (inks: Float32Array) => Uint8Array.from(inks, (ink) => Math.round(DARKEST * ink));
const inkOf = (digit: number) => greysOf(digitInk(digit));

/** The picture of an address; undefined where there is none, or something else. */
function pictureOf(text: string): Uint8Array | undefined {
  try {
    return unpackedGreys(text, PIXELS);
  } catch {
    return undefined;
  }
}

/** What is stored, in −1 to 1, with 0 where it is covered. */
function queryOf(inks: Uint8Array, covered: AttendOwn['covered']): Float32Array {
  return Float32Array.from(inks, (ink, i) => {
    const [row, column] = [Math.floor(i / SIDE), i % SIDE];
    const hidden =
      (covered === 'bottom' && row >= SIDE / 2) ||
      (covered === 'top' && row < SIDE / 2) ||
      (covered === 'right' && column >= SIDE / 2) ||
      covered === 'all';
    return hidden ? 0 : (2 * ink) / DARKEST - 1;
  });
}
