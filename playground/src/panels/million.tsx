/** A million neurons: one picture among others, recalled in a worker while the page stays free. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { panel, type PanelProps } from '../panel.ts';
import { digitInk } from '../digits.ts';
import { readFile } from '../pictures.ts';
import { TEXTS } from '../texts.ts';
import { Behind } from '../ui/behind.tsx';
import { Button, FileButton, Slider } from '../ui/controls.tsx';
import { gridRows } from '../ui/grid.tsx';
import { useScheme } from '../ui/scheme.ts';
import { useTask } from '../worker.ts';

const TEXT = TEXTS.million;
const SIDE = 1024;
/** Digits that are stored beside a picture of the reader's. */
const DIGITS = [3, 8, 2, 5, 1, 6, 7, 4];
const OWN_SIDE = 512;
/** Means along a side of the text behind a picture. */
const COARSE = 32;

const initial = { noise: 25, which: 0, asked: 0 };
type MillionOwn = typeof initial;

export const million = panel<MillionOwn>({ id: 'million', own: initial, reads: ['seed'], View });

function View({ state: { seed }, own, set }: PanelProps<MillionOwn>) {
  const { noise, which, asked } = own;
  const [picture, setPicture] = useState<Float32Array<ArrayBuffer>>();
  const [trouble, setTrouble] = useState('');
  const { value, busy, error } = useTask(
    'million',
    () => {
      if (asked === 0) return undefined;
      const greys = DIGITS.map((k) => Float32Array.from(digitInk(k)));
      if (picture) greys.unshift(picture);
      return { side: SIDE, greys, which: which % greys.length, noise: noise / 100, seed };
    },
    [noise, which, asked, seed, picture],
    { alone: true },
  );
  const open = async (file: File) => {
    try {
      setPicture(Float32Array.from(await readFile(file, OWN_SIDE)));
      setTrouble('');
      set({ which: 0, asked: asked + 1 });
    } catch {
      setTrouble(TEXTS.cue.noPicture);
    }
  };
  return (
    <div class="stack">
      <div class="row">
        <Button main disabled={busy} onClick={() => set({ asked: asked + 1, which: which + 1 })}>
          {TEXT.recall}
        </Button>
        <FileButton accept="image/*" onFile={(file) => void open(file)}>
          {TEXT.picture}
        </FileButton>
        <Slider
          label={TEXT.noise}
          value={noise}
          least={0}
          most={48}
          step={1}
          text={`${noise} %`}
          onInput={(next) => set({ noise: next })}
        />
      </div>
      <p class="result" role="status">
        {trouble ||
          (error ? TEXT.cannot(error) : value ? TEXT.says(value, SIDE * SIDE) : TEXT.before)}
      </p>
      {value && (
        <div class="pair even">
          <figure>
            <figcaption>{TEXT.cue}</figcaption>
            <Large state={value.cue} label={TEXT.cue} />
          </figure>
          <figure>
            <figcaption>{TEXT.answer}</figcaption>
            <Large state={value.state} label={TEXT.answer} />
          </figure>
        </div>
      )}
    </div>
  );
}

/** A pixel a neuron. */
function Large({ state, label }: { state: Int8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current) return;
    const [red, green, blue] = colourOf(getComputedStyle(current).color);
    const image = new ImageData(SIDE, SIDE);
    const words = new Uint32Array(image.data.buffer);
    // Bytes in the order red, green, blue, alpha, on machines that have the low one first.
    const ink = (255 << 24) | (blue << 16) | (green << 8) | red;
    for (let i = 0; i < state.length; i++) words[i] = state[i] > 0 ? ink : 0;
    current.getContext('2d')!.putImageData(image, 0, 0);
  }, [state, scheme]);
  return (
    <>
      <canvas ref={canvas} class="grid" width={SIDE} height={SIDE} role="img" aria-label={label} />
      <Behind
        label={TEXT.coarse(label, COARSE)}
        text={() => <pre tabIndex={0}>{gridRows(meansOf(state), COARSE)}</pre>}
      />
    </>
  );
}

/** Of squares of neurons, less the mean of all. */
function meansOf(state: Int8Array): Float32Array {
  const cell = SIDE / COARSE;
  const sums = new Float32Array(COARSE * COARSE);
  for (let i = 0; i < state.length; i++) {
    sums[Math.floor(i / SIDE / cell) * COARSE + Math.floor((i % SIDE) / cell)] += state[i];
  }
  const all = sums.reduce((sum, s) => sum + s, 0) / sums.length;
  return sums.map((sum) => (sum - all) / cell ** 2);
}

function colourOf(colour: string): number[] {
  return (colour.match(/\d+/g) ?? []).map(Number);
}
