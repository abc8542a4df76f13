/** The page: a state, its view, and its address. */
import { Component, render } from 'preact';
import { fromText, LONGEST, toText } from './address.ts';
import type { Panel, PanelProps } from './panel.ts';
import { PANELS } from './panels/index.ts';
import { changed, initialState, RUN, still, type Own, type State } from './state.ts';
import { TEXTS } from './texts.ts';
import { setTheme, THEMES } from './ui/scheme.ts';
import { traceHere } from './ui/trace.ts';
import { openDesks } from './worker.ts';

const [first, ...others] = PANELS;

let state: State;
let initial: State;
let trouble: string | undefined;
/** How many panels are drawn; what waits has its heading. */
let drawn = 1;
let drawing = 0;
let saving = 0;

export async function startPage(): Promise<void> {
  initial = initialState(Object.fromEntries(PANELS.map(({ id, own }) => [id, own])));
  open(location.hash.slice(1));
  addEventListener('hashchange', () => {
    if (location.hash.slice(1) !== toText(state, initial)) open(location.hash.slice(1));
  });
  addEventListener('message', follow);
  // The usual recall is a small one, and made before there is a worker; others wait for one.
  if (RUN.every((key) => state[key] === initial[key])) await traceHere(state);
  draw();
  soon(() => {
    openDesks();
    drawNext();
  });
}

/** Draws the panels below the first one after the other, once the first is on the screen. */
function drawNext(): void {
  drawn++;
  later();
  if (drawn < PANELS.length) soon(drawNext);
}

/** When there is time; Safari does not say when. */
function soon(then: () => void): void {
  requestAnimationFrame(() => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(then, { timeout: 100 });
    else setTimeout(then);
  });
}

/** Takes the state that a text says; a text that says none leaves the initial one, and a word about it. */
function open(text: string): void {
  trouble = undefined;
  try {
    state = fromText(text, initial);
  } catch (error) {
    state = initial;
    trouble = (error as Error).message;
  }
  settle();
}

/** Takes the state that the text of a file says. @throws RangeError, SyntaxError when it says none */
function restore(text: string): void {
  state = fromText(text, initial);
  trouble = undefined;
  settle();
}

function settle(): void {
  if (state.playing && still()) state = { ...state, playing: false, step: Infinity };
  later();
}

function update(change: Partial<State>): void {
  state = changed(state, change);
  later();
}

/** A page around this one says which theme it has. */
function follow({ data }: MessageEvent): void {
  if (THEMES.includes(data?.theme) && data.theme !== state.theme) update({ theme: data.theme });
}

/** Draws with the next frame, and lets the address follow when it has been quiet for a moment. */
function later(): void {
  setTheme(state.theme);
  drawing ||= requestAnimationFrame(draw);
  clearTimeout(saving);
  saving = window.setTimeout(() => {
    const text = toText(state, initial);
    const short = text.length <= LONGEST ? text : '';
    if (short !== location.hash.slice(1)) history.replaceState(null, '', `#${short}`);
  }, 300);
}

function draw(): void {
  drawing = 0;
  render(<Page state={state} />, document.getElementById('page')!);
}

function Page({ state }: { state: State }) {
  const { name, title, lead, skip, footer } = TEXTS.page;
  return (
    <>
      <a class="skip" href="#recall" onClick={(event) => goTo(event, 'main')}>
        {skip}
      </a>
      <header class="head">
        <p class="name">{name}</p>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </header>
      {trouble && (
        <p class="trouble" role="alert">
          {TEXTS.page.trouble(trouble)}
        </p>
      )}
      <main tabIndex={-1}>
        <Section panel={first} state={state} waits={false} />
        <nav aria-label={TEXTS.page.contents}>
          {others.map(({ id }) => (
            <a key={id} href={`#${id}`} onClick={(event) => goTo(event, `#${id}`)}>
              {textsOf(id).title}
            </a>
          ))}
        </nav>
        {others.map((panel, k) => (
          <Section key={panel.id} panel={panel} state={state} waits={k + 1 >= drawn} />
        ))}
      </main>
      <footer>{footer}</footer>
    </>
  );
}

/** The address is the state's: a link inside the page moves the focus instead. */
function goTo(event: Event, where: string): void {
  event.preventDefault();
  document.querySelector<HTMLElement>(where)!.focus();
}

const textsOf = (id: string) => TEXTS[id as keyof typeof TEXTS] as { title: string; lead?: string };

interface SectionProps {
  panel: Panel;
  state: State;
  /** Its turn to be drawn has not come. */
  waits: boolean;
}

/** A panel with its heading, drawn again when something that it reads has changed. */
class Section extends Component<SectionProps> {
  override shouldComponentUpdate({ state: next, waits }: SectionProps): boolean {
    const { panel, state } = this.props;
    return (
      waits !== this.props.waits ||
      next.own[panel.id] !== state.own[panel.id] ||
      panel.reads.some((key) => next[key] !== state[key])
    );
  }

  override render() {
    const { panel, state, waits } = this.props;
    const { id, half, View } = panel;
    const { title, lead } = textsOf(id);
    const props: PanelProps<Own> = {
      state,
      own: state.own[id],
      update,
      set: (change) => setOwn(id, change),
      text: () => toText(state, initial),
      restore,
    };
    return (
      <section
        id={id}
        tabIndex={-1}
        class={half ? 'panel half' : 'panel'}
        aria-labelledby={`${id}-title`}
        aria-busy={waits}
      >
        <div class="heading">
          <h2 id={`${id}-title`}>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {!waits && <View {...props} />}
      </section>
    );
  }
}

function setOwn(id: string, change: Partial<Own>): void {
  update({ own: { ...state.own, [id]: { ...state.own[id], ...change } as Own } });
}
