/** What is behind a picture: the same as text, and as a file. */
import './behind.css';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { TEXTS } from '../texts.ts';
import { Button } from './controls.tsx';
import { savePng } from './download.ts';

interface Props {
  /** What the picture shows. */
  label: string;
  /** Made when it is opened. */
  text: () => ComponentChildren;
}

export function Behind({ label, text }: Props) {
  const element = useRef<HTMLDetailsElement>(null);
  const [shown, setShown] = useState(false);
  // The picture is in the nearest of these.
  const save = () => savePng(element.current!.closest('figure, .energy, .stack')!, label);
  return (
    <details ref={element} class="text" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        {TEXTS.ui.behind}
        <span class="hidden">: {label}</span>
      </summary>
      {shown && (
        <>
          {text()}
          <Button onClick={() => void save()}>{TEXTS.ui.savePng}</Button>
        </>
      )}
    </details>
  );
}
