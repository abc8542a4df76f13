/** What one can take away: a link, code, files, a picture; and bring back. */
import './take.css';
import { useState } from 'preact/hooks';
import { LONGEST } from '../address.ts';
import { codeOf } from '../code.ts';
import { panel, type PanelProps } from '../panel.ts';
import type { Own } from '../state.ts';
import { stateAt, stepOf } from '../tasks/trace.ts';
import { TEXTS } from '../texts.ts';
import { Button, FileButton } from '../ui/controls.tsx';
import { download } from '../ui/download.ts';
import { useTrace } from '../ui/trace.ts';
import { perform } from '../worker.ts';

const TEXT = TEXTS.take;
/** Pixels along a neuron of a saved picture. */
const SCALE = 16;
/** How a file of the page begins, before its state as text. */
const MARK = 'hopfield-wasm playground\n';

export const take = panel<Own>({
  id: 'take',
  own: {},
  reads: [
    'size',
    'patterns',
    'cue',
    'model',
    'seed',
    'update',
    'step',
    'playing',
    'pace',
    'theme',
    'own',
  ],
  View,
});

function View({ state, update, text, restore }: PanelProps<Own>) {
  const { size, patterns, cue, model } = state;
  const [said, say] = useState('');
  const { value: trace, busy } = useTrace(state);
  const link = text();
  const code = codeOf(state);
  const asked = { model, size, patterns };

  const copy = async (what: string, from: string) => {
    try {
      await navigator.clipboard.writeText(what);
      say(TEXT.copied);
    } catch {
      getSelection()?.selectAllChildren(document.getElementById(from)!);
      say(TEXT.noCopy);
    }
  };
  const saveMemory = async () => {
    const bytes = await perform('save', asked);
    download('memory.hopfield', new Blob([bytes as BlobPart]));
  };
  const savePicture = () => {
    const step = trace ? stepOf(trace, state.step) : 0;
    pictureOf(trace ? stateAt(trace, step) : cue, size).toBlob(
      (blob) => blob && download('answer.png', blob),
    );
  };
  const openFile = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      const head = new TextDecoder().decode(bytes.subarray(0, MARK.length));
      if (head === MARK) restore(new TextDecoder().decode(bytes.subarray(MARK.length)));
      else {
        const memory = await perform('open', { bytes });
        update({ ...memory, cue: memory.patterns[0].bits.slice() });
      }
      say('');
    } catch (error) {
      say(TEXT.cannotOpen((error as Error).message));
    }
  };
  return (
    <div class="take">
      <div class="stack">
        <p class="caption">{TEXT.link}</p>
        <p class="link" id="take-link">{`${location.href.split('#')[0]}#${link}`}</p>
        <p class="note">
          {link.length > LONGEST
            ? TEXT.tooLong(link.length, LONGEST)
            : TEXT.length(link.length, LONGEST)}
        </p>
        <div class="row">
          <Button
            main
            disabled={link.length > LONGEST}
            onClick={() =>
              void copy(document.getElementById('take-link')!.textContent!, 'take-link')
            }
          >
            {TEXT.copyLink}
          </Button>
          <Button onClick={() => download('playground.txt', new Blob([MARK, link]))}>
            {TEXT.savePage}
          </Button>
          <Button onClick={() => void saveMemory()}>{TEXT.saveMemory}</Button>
          <Button onClick={savePicture}>{TEXT.savePicture}</Button>
          <FileButton accept="" onFile={(file) => void openFile(file)}>
            {TEXT.openPage}
          </FileButton>
        </div>
        <p class="note">{TEXT.fileHelp}</p>
        <p role="status">{said}</p>
      </div>
      <div class="stack">
        <p class="caption">{TEXT.code}</p>
        <pre class="code" id="take-code" tabIndex={0}>
          {code}
        </pre>
        <div class="row">
          <Button onClick={() => void copy(code, 'take-code')}>{TEXT.copyCode}</Button>
        </div>
        <p class="caption">{TEXT.prints}</p>
        <pre class="code prints" tabIndex={0}>
          {trace && !busy ? JSON.stringify(trace.result) : '…'}
        </pre>
      </div>
    </div>
  );
}

/** Black on white; greys of modern memories between. */
function pictureOf(values: ArrayLike<number>, size: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * SCALE;
  const context = canvas.getContext('2d')!;
  for (let i = 0; i < values.length; i++) {
    const light = Math.round(255 * (1 - (Math.max(-1, Math.min(1, values[i])) + 1) / 2));
    context.fillStyle = `rgb(${light} ${light} ${light})`;
    context.fillRect((i % size) * SCALE, Math.floor(i / size) * SCALE, SCALE, SCALE);
  }
  return canvas;
}
