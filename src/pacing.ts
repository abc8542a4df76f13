/** Long work lets the event loop have a turn now and then, and stops when it is told to. */
import { describe } from './checks.ts';

/** What is needed of an AbortSignal, so that the types need no library of the platform. */
export interface StopSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

/**
 * Gives way to what else the event loop has to do. Browsers have no setImmediate, and edge runtimes one that throws:
 * there it is a timer, which takes a little longer.
 */
function breathe(resume: () => void): unknown {
  try {
    return setImmediate(resume);
  } catch {
    return setTimeout(resume, 0);
  }
}

/** How long to work before letting the event loop have a turn, in milliseconds. */
const TURN = 20;

/** Tells when a turn is over, and lets the event loop have the next. */
export class Pauses {
  #turn = performance.now();

  /** Whether it is time for a pause. */
  get due(): boolean {
    return performance.now() - this.#turn > TURN;
  }

  async pause(): Promise<void> {
    await new Promise<void>((resume) => breathe(resume));
    this.#turn = performance.now();
  }
}

/** Long work in steps of a few milliseconds: at each `yield` something else may be done, or the rest left undone. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** All steps at once. */
export function allSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Something that is made once, in steps: whoever asks while it is being made goes on with it. */
export class InSteps<T> {
  readonly #make: () => Steps<T>;
  #making: Steps<T> | undefined;
  #made: { readonly value: T } | undefined;

  constructor(make: () => Steps<T>) {
    this.#make = make;
  }

  /** What was made; undefined before it was. */
  get made(): T | undefined {
    return this.#made?.value;
  }

  *steps(): Steps<T> {
    while (!this.#made) {
      this.#making ??= this.#make();
      const step = this.#next(this.#making);
      if (step.done) this.#made = { value: step.value };
      else yield;
    }
    return this.#made.value;
  }

  now(): T {
    return allSteps(this.steps());
  }

  #next(making: Steps<T>): IteratorResult<undefined, T> {
    let step: IteratorResult<undefined, T> | undefined;
    try {
      step = making.next();
      return step;
    } finally {
      // What has thrown, or is through, gives nothing more.
      if (step?.done !== false) this.#making = undefined;
    }
  }
}

/** @throws TypeError unless both are left out or what they should be */
export function checkWatchers(signal: unknown, onProgress: unknown): void {
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError(`onProgress is ${describe(onProgress)}, expected a function`);
  }
  if (signal !== undefined && typeof (signal as StopSignal)?.throwIfAborted !== 'function') {
    throw new TypeError(`signal is ${describe(signal)}, expected an AbortSignal`);
  }
}
