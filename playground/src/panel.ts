/** What a panel is: one idea, one file of `panels/`, which knows no other panel. */
import type { ComponentChildren } from 'preact';
import type { Own, State } from './state.ts';

export interface PanelProps<O extends Own> {
  state: State;
  /** What the panel has of its own; part of the state, and so of the address. */
  own: O;
  /** Changes the state that all share. */
  update: (change: Partial<State>) => void;
  /** Changes its own. */
  set: (change: Partial<O>) => void;
  /** The state as text, as addresses and files have it; and the page as such a text says, or an error. */
  text: () => string;
  restore: (text: string) => void;
}

export interface Panel<O extends Own = Own> {
  /** Its place on the page, its section of `texts.ts`, and the key of its own in the address. */
  id: string;
  /** What it has of its own to begin with: values that survive JSON. */
  own: O;
  /** What of the state it shows: it is drawn again when one of these changes, or its own. */
  reads: readonly (keyof State)[];
  /** Half the width where there is room; default all of it. */
  half?: boolean;
  View: (props: PanelProps<O>) => ComponentChildren;
}

/** A panel for the list in `panels/index.ts`, where all have own of some kind. */
export function panel<O extends Own>(it: Panel<O>): Panel {
  return it as unknown as Panel;
}
