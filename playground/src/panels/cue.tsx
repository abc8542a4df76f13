/** The cue: what to begin with, and how to damage it. */
import { corrupt } from 'hopfield-wasm';
import { useEffect, useState } from 'preact/hooks';
import { packed, unpacked } from '../bits.ts';
import { modelOf } from '../models.ts';
import { panel, type PanelProps } from '../panel.ts';
import {
  letterBits,
  readFile,
  resized,
  signsOf,
  usualThreshold,
  type Turning,
} from '../pictures.ts';
import { SIZES } from '../state.ts';
import { TEXTS } from '../texts.ts';
import { Button, Choice, FileButton, Select, Slider } from '../ui/controls.tsx';

const TEXT = TEXTS.cue;

const initial = {
  /** The pattern that is damaged; −1 for a picture of its own. */
  from: 3,
  /** That picture, packed. */
  base: '',
  /** Neurons turned over, in percent. */
  noise: 25,
  cover: 'none' as keyof typeof TEXT.covers,
  seed: 7,
};
type CueOwn = typeof initial;

export const cue = panel<CueOwn>({
  id: 'cue',
  own: initial,
  reads: ['size', 'patterns', 'cue', 'model'],
  half: true,
  View,
});

/** A cover takes neurons away: what was there is unknown, so that half of it is wrong by chance. */
function damaged(bits: Int8Array, { noise, cover, seed }: CueOwn): Int8Array {
  const hidden = cover === 'none' ? undefined : { side: cover };
  return corrupt(bits, { noise: noise / 100, occlude: hidden, seed });
}

function View({ state, own, update, set }: PanelProps<CueOwn>) {
  const { size, patterns, cue } = state;
  const known = baseOf();
  const base = known ?? cue;
  const [grey, setGrey] = useState<Float32Array>();
  const [turning, setTurning] = useState<Turning>('threshold');
  const [threshold, setThreshold] = useState(0.5);
  const [trouble, setTrouble] = useState('');

  function baseOf(): Int8Array | undefined {
    if (own.from >= 0 && own.from < patterns.length) return patterns[own.from].bits;
    try {
      return unpacked(own.base, size ** 2);
    } catch {
      return undefined;
    }
  }
  /** Damages what there is in another way. */
  const damage = (change: Partial<CueOwn>) => {
    set({ ...change, ...(own.from < 0 && own.base === '' ? { base: packed(base) } : {}) });
    update({ cue: damaged(base, { ...own, ...change }) });
  };
  /** Begins with another picture, undamaged. */
  const begin = (bits: Int8Array, from = -1) => {
    set({ from, base: from < 0 ? packed(bits) : '', noise: 0, cover: 'none' });
    update({ cue: bits.slice() });
  };
  const turn = (dark: Float32Array, how: Turning, at: number) => {
    setTurning(how);
    setThreshold(at);
    begin(signsOf(dark, how, at));
  };
  const take = async (file: Blob | undefined) => {
    if (!file) return;
    try {
      const dark = await readFile(file, size);
      setTrouble('');
      setGrey(dark);
      turn(dark, turning, usualThreshold(dark));
    } catch {
      setTrouble(TEXT.noPicture);
    }
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = Array.from(event.clipboardData?.files ?? []).find(({ type }) =>
        type.startsWith('image/'),
      );
      if (file) void take(file);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      if (event.type === 'drop') void take(event.dataTransfer.files[0]);
    };
    addEventListener('paste', paste);
    addEventListener('dragover', drop);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('paste', paste);
      removeEventListener('dragover', drop);
      removeEventListener('drop', drop);
    };
  });
  const resizeTo = (next: number) => {
    setGrey(undefined);
    set({ base: own.from < 0 ? packed(resized(base, next)) : '' });
    update({
      size: next,
      cue: resized(cue, next),
      patterns: patterns.map(({ label, bits }) => ({ label, bits: resized(bits, next) })),
      ...(modelOf(state.model).largest < next ? { model: 'exponential' } : {}),
    });
  };
  const names = Object.fromEntries(
    patterns.map(({ label }, k) => [String(k), label || TEXTS.unnamed(k)]),
  );
  const chosen = own.from < patterns.length ? own.from : -1;
  const expected = known && damaged(known, own);
  const byHand = expected !== undefined && cue.some((s, i) => s !== expected[i]);
  return (
    <div class="stack">
      <div class="row">
        <Select
          label={TEXT.from}
          value={String(chosen)}
          options={{ ...(chosen < 0 ? { '-1': TEXT.drawing } : {}), ...names }}
          onChange={(k) => {
            set({ from: Number(k), base: '' });
            update({ cue: damaged(patterns[Number(k)].bits, own) });
          }}
        />
        <Slider
          label={TEXT.noise}
          value={own.noise}
          least={0}
          most={100}
          step={1}
          text={`${own.noise} %`}
          onInput={(noise) => damage({ noise })}
        />
      </div>
      <Choice
        label={TEXT.cover}
        value={own.cover}
        options={TEXT.covers}
        onChange={(cover) => damage({ cover })}
      />
      <div class="row">
        <Button onClick={() => damage({ seed: (own.seed + 1) % 2 ** 32 })}>{TEXT.again}</Button>
        <Button onClick={() => update({ cue: cue.map((s) => -s) })}>{TEXT.invert}</Button>
        <Button onClick={() => begin(new Int8Array(size ** 2).fill(-1))}>{TEXT.clear}</Button>
      </div>
      <div class="row">
        <label class="field short">
          <span>{TEXT.letter}</span>
          <input
            type="text"
            value=""
            autocomplete="off"
            onInput={(event) => {
              const letter = Array.from(event.currentTarget.value).at(-1);
              event.currentTarget.value = '';
              if (letter?.trim()) begin(letterBits(letter, size));
            }}
          />
        </label>
        <FileButton accept="image/*" onFile={take}>
          {TEXT.picture}
        </FileButton>
        <Select
          label={TEXT.size}
          value={String(size)}
          options={Object.fromEntries(SIZES.map((n) => [String(n), `${n} × ${n}`]))}
          onChange={(next) => resizeTo(Number(next))}
        />
      </div>
      <p class="note">
        {trouble || TEXT.drop} {byHand && TEXT.byHand}
      </p>
      {grey?.length === size ** 2 && (
        <div class="row">
          <Choice
            label={TEXT.turning}
            value={turning}
            options={TEXT.turnings}
            onChange={(how) => turn(grey, how, threshold)}
          />
          {turning === 'threshold' && (
            <Slider
              label={TEXT.threshold}
              value={threshold}
              least={0}
              most={1}
              step={0.01}
              text={threshold.toFixed(2)}
              onInput={(at) => turn(grey, 'threshold', at)}
            />
          )}
        </div>
      )}
    </div>
  );
}
