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

/** Where this script is, for workers to run. Read while it is loaded. */
const script = typeof document === 'undefined' ? null : document.currentScript;
let address: string | undefined;

function startWorker(): Worker | undefined {
  if (!(script instanceof HTMLScriptElement)) return undefined;
  try {
    address ??=
      script.src ||
      URL.createObjectURL(new Blob([script.textContent!], { type: 'text/javascript' }));
    return new Worker(address);
  } catch {
    return undefined;
  }
}

/** One thread that does tasks in the order in which they come. */
class Desk {
  readonly #listeners = new Map<number, (answer: Answer) => void>();
  #worker: Worker | undefined;
  #count = 0;

  constructor() {
    this.#worker = startWorker();
    if (!this.#worker) return;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) =>
      this.#listeners.get(data.id)?.(data),
    );
    this.#worker.addEventListener('error', () => {
      // Refused (by a policy, say): nothing has been answered, and what waits is done here.
      const waiting = Array.from(this.#orders.values());
      this.#worker?.terminate();
      this.#worker = undefined;
      for (const order of waiting) this.#here(order);
    });
  }

  readonly #orders = new Map<number, Order>();

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
    if (this.#worker) this.#worker.postMessage(order, []);
    else this.#here(order);
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

/** Starts the worker that quick tasks share, before anybody asks. */
export function openDesk(): Desk {
  return (quick ??= new Desk());
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

/** Answers to the latest questions: panels that ask the same get the same. */
const known: { name: TaskName; deps: readonly unknown[]; value: unknown }[] = [];
const same = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((value, k) => Object.is(value, b[k]));

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
  options: { alone?: boolean } = {},
): Found<Result<N>> {
  const [found, setFound] = useState<Found<Result<N>>>({
    value: undefined,
    busy: true,
    error: undefined,
  });
  const waiting = useRef<{ next?: () => void; working: boolean; latest: number }>({
    working: false,
    latest: 0,
  });
  const { alone } = options;

  useEffect(() => {
    const desk = alone ? undefined : openDesk();
    const given = argument();
    const mine = ++waiting.current.latest;
    waiting.current.next = undefined;
    const hit = known.find((one) => one.name === name && same(one.deps, deps));
    if (given === undefined) return setFound((old) => ({ ...old, busy: false }));
    if (hit) return setFound({ value: hit.value as Result<N>, busy: false, error: undefined });
    let own: Desk | undefined;
    const go = () => {
      waiting.current.working = true;
      own = alone ? new Desk() : undefined;
      (own ?? desk!).ask(name, given, ({ value, error, done }) => {
        const { next, latest } = waiting.current;
        // A late answer to an earlier question is worth a look while there is no newer one.
        if (mine === latest || next)
          setFound((old) => ({
            value: error === undefined ? (value as Result<N>) : old.value,
            busy: !done || mine !== latest,
            error,
          }));
        if (!done) return;
        if (error === undefined) known.unshift({ name, deps, value });
        known.length = Math.min(known.length, 24);
        waiting.current.working = false;
        own?.end();
        waiting.current.next = undefined;
        next?.();
      });
    };
    setFound((old) => ({ ...old, busy: true, error: undefined }));
    if (alone) {
      go();
      return () => own?.end();
    }
    if (waiting.current.working) waiting.current.next = go;
    else go();
  }, deps);
  return found;
}
