/**
 * Tasks (`tasks/index.ts`), done in a worker: the page's own script, started a second time. Where there can be no worker,
 * they are done on the page's thread.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { TASKS, type Argument, type Result, type TaskName } from './tasks/index.ts';

interface Order {
  id: number;
  name: TaskName;
  argument: unknown;
}
interface Answer {
  id: number;
  /** So far, or in the end. */
  value?: unknown;
  error?: string;
  done: boolean;
}

async function carryOut({ id, name, argument }: Order, tell: (answer: Answer) => void) {
  try {
    const work = TASKS[name] as (argument: unknown, report: (value: unknown) => void) => unknown;
    const value = await work(argument, (part) => tell({ id, value: part, done: false }));
    tell({ id, value, done: true });
  } catch (error) {
    tell({ id, error: (error as Error).message, done: true });
  }
}

/** What the script does in a worker. */
export function answerOrders(): void {
  onmessage = ({ data }: MessageEvent<Order>) =>
    void carryOut(data, (answer) => postMessage(answer));
}

/** This script, for workers to run. Read while it is loaded. */
const script = typeof document === 'undefined' ? null : document.currentScript;
/** A copy of it, from which workers start without a request. */
let copy: string | undefined;

const copyOf = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

/** Keeps what workers that start later will need. */
async function keepScript({ src }: HTMLScriptElement): Promise<void> {
  try {
    copy = copyOf(await (await fetch(src)).text());
  } catch {
    // They will ask for it again.
  }
}

function startWorker(): Worker | undefined {
  if (!(script instanceof HTMLScriptElement)) return undefined;
  try {
    if (!script.src) copy ??= copyOf(script.textContent!);
    return new Worker(copy ?? script.src);
  } catch {
    return undefined;
  }
}

/** One thread that does tasks in the order in which they come. */
class Desk {
  readonly #listeners = new Map<number, (answer: Answer) => void>();
  #worker: Worker | undefined;
  #count = 0;

  readonly #orders = new Map<number, Order>();

  constructor() {
    this.#start();
  }

  #start(): void {
    this.#worker = startWorker();
    if (!this.#worker) return;
    const copied = copy !== undefined;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) =>
      this.#listeners.get(data.id)?.(data),
    );
    this.#worker.addEventListener('error', () => {
      // Refused by a policy, and nothing has been answered: it may allow the script itself, if not its copy.
      this.#worker?.terminate();
      this.#worker = undefined;
      if (copied && script instanceof HTMLScriptElement && script.src) {
        copy = undefined;
        this.#start();
      }
      for (const order of this.#orders.values()) this.#send(order);
    });
  }

  #send(order: Order): void {
    if (this.#worker) this.#worker.postMessage(order, []);
    else this.#here(order);
  }

  ask(name: TaskName, argument: unknown, tell: (answer: Answer) => void): void {
    const id = this.#count++;
    const order = { id, name, argument };
    this.#orders.set(id, order);
    this.#listeners.set(id, (answer) => {
      if (answer.done) {
        this.#listeners.delete(id);
        this.#orders.delete(id);
      }
      tell(answer);
    });
    this.#send(order);
  }

  #here(order: Order): void {
    setTimeout(() => void carryOut(order, (answer) => this.#listeners.get(order.id)?.(answer)));
  }

  end(): void {
    this.#worker?.terminate();
    this.#listeners.clear();
  }
}

let quick: Desk | undefined;

/** The worker that quick tasks share. */
function openDesk(): Desk {
  return (quick ??= new Desk());
}

/** Starts it before anybody asks, and sees to it that later ones start without a request. */
export function openDesks(): void {
  openDesk();
  if (script instanceof HTMLScriptElement && script.src) void keepScript(script);
}

/** The result of a quick task, asked once. */
export function perform<N extends TaskName>(name: N, argument: Argument<N>): Promise<Result<N>> {
  return new Promise((resolve, reject) => {
    openDesk().ask(name, argument, ({ value, error, done }) => {
      if (error !== undefined) reject(new Error(error));
      else if (done) resolve(value as Result<N>);
    });
  });
}

export interface Found<R> {
  /** The last result, of an earlier argument while `busy`; reports on the way there count. */
  value: R | undefined;
  busy: boolean;
  error: string | undefined;
}

interface Question {
  name: TaskName;
  deps: readonly unknown[];
  argument: unknown;
  alone: boolean;
  /** Where it is worked on; undefined before. */
  desk?: Desk;
  value?: unknown;
  error?: string;
  done: boolean;
  listeners: Set<() => void>;
}

/** The latest questions: panels that ask the same share one. */
const questions: Question[] = [];
const MOST_QUESTIONS = 24;

const same = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((value, k) => Object.is(value, b[k]));

function known(name: TaskName, deps: readonly unknown[]): Question | undefined {
  return questions.find((one) => one.name === name && same(one.deps, deps));
}

function remember(question: Omit<Question, 'done' | 'listeners'>): Question {
  const remembered: Question = { ...question, done: false, listeners: new Set() };
  questions.unshift(remembered);
  questions.length = Math.min(questions.length, MOST_QUESTIONS);
  return remembered;
}

/**
 * Does a task on the page's thread, for who asks it first with these `deps`: what the first look shows does not wait for a
 * worker to start.
 */
export async function answerHere<N extends TaskName>(
  name: N,
  argument: Argument<N>,
  deps: readonly unknown[],
): Promise<void> {
  const question = remember({ name, deps, argument, alone: false });
  await carryOut({ id: 0, name, argument }, ({ value, error, done }) =>
    Object.assign(question, { value, error, done }),
  );
}

function begin(question: Question): void {
  if (question.desk || question.done) return;
  question.desk = question.alone ? new Desk() : openDesk();
  question.desk.ask(question.name, question.argument, ({ value, error, done }) => {
    Object.assign(question, { error, done }, error === undefined ? { value } : {});
    if (done && question.alone) question.desk!.end();
    for (const listener of question.listeners) listener();
  });
}

/** Ends the work on what nobody waits for any more, where it has a worker of its own. */
function leave(question: Question): void {
  if (!question.alone || question.done || question.listeners.size > 0) return;
  question.desk?.end();
  questions.splice(questions.indexOf(question), 1);
}

/**
 * The result of a task. While one is being done the latest argument waits, and those between are left out.
 *
 * @param argument - makes the argument; undefined for none now
 * @param deps - what the argument is made of: another is made when one of these changes
 * @param options.alone - for tasks that take long: in a worker of its own, which ends when the argument changes
 */
export function useTask<N extends TaskName>(
  name: N,
  argument: () => Argument<N> | undefined,
  deps: readonly unknown[],
  { alone = false }: { alone?: boolean } = {},
): Found<Result<N>> {
  const [, redraw] = useState(0);
  /** null: nothing is asked; undefined: not yet. */
  const asked = useRef<Question | null | undefined>(known(name, deps));
  const worked = useRef<Question>(undefined);
  const last = useRef<unknown>(undefined);

  useEffect(() => {
    let question = known(name, deps);
    const given = question ? undefined : argument();
    if (given !== undefined) question = remember({ name, deps, argument: given, alone });
    asked.current = question ?? null;
    redraw((n) => n + 1);
    if (!question) return;
    const mine = question;
    const listener = () => redraw((n) => n + 1);
    mine.listeners.add(listener);
    const start = () => {
      worked.current = mine;
      begin(mine);
    };
    const before = worked.current;
    if (alone || !before?.desk || before.done) start();
    else {
      // A late answer to an earlier question is worth a look while there is no newer one.
      before.listeners.add(function then() {
        if (!before.done) return;
        before.listeners.delete(then);
        if (asked.current !== mine) return;
        last.current = before.value ?? last.current;
        start();
        listener();
      });
    }
    return () => {
      mine.listeners.delete(listener);
      leave(mine);
    };
  }, deps);

  const question = asked.current;
  const current = question && same(question.deps, deps);
  if (current && question.value !== undefined) last.current = question.value;
  return {
    value: last.current as Result<N> | undefined,
    busy: question === undefined || (question !== null && !(current && question.done)),
    error: current ? question.error : undefined,
  };
}
