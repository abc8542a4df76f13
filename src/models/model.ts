/**
 * What every model is as an object of JavaScript: read-only, shown by what it holds, and never copied into a dead one.
 *
 * `structuredClone` and `postMessage` copy own properties and no private ones: what arrives would look like a network
 * and be none. They refuse whatever has an internal slot that they do not know, such as a WeakSet's, so a model has one.
 */
import type { Machine } from '../kernels/open.ts';
import { makeDisposable } from '../disposable.ts';

/** Node's name of what `console.log` calls. */
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

export abstract class Model {
  /** `dispose()`, on engines that know `using`. */
  declare readonly [Symbol.dispose]: () => void;

  constructor() {
    // No WeakSet in anything but its slot: the prototype is the model's.
    const model = Reflect.construct(WeakSet, [], new.target) as this;
    makeDisposable(model);
    Object.defineProperty(model, INSPECT, { value: show });
    return model;
  }

  /** @throws Error when the memory has been disposed of */
  protected abstract hold(): {
    readonly machine: Machine<unknown>;
    /** Changes whenever what is stored changes. */
    readonly version: number;
  };

  /** Gives the memory back at once. Optional: dropping the object is enough. Every method throws afterwards. */
  abstract dispose(): void;

  /** Which kernels run: `'wasm'`, or `'reference'` (TypeScript); the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.hold().machine.backend;
  }

  /** Why the reference stands in for WebAssembly; undefined when it does not, or was asked for. */
  get backendReason(): string | undefined {
    return this.hold().machine.reason;
  }

  /** Counts up with every change of what is stored or learnt: what was made of an earlier revision is out of date. */
  get revision(): number {
    return this.hold().version;
  }

  /** Bytes of linear memory held. */
  get bytes(): number {
    return this.hold().machine.memory.bytes;
  }
}

/** `this` of a method. @throws TypeError when the method was taken off its model */
export function called<T extends Model>(model: T): T {
  if (model instanceof Model) return model;
  throw new TypeError(
    'a method was called without its network, expected a call such as network.recall(cue)',
  );
}

/** Makes own properties, and the objects in them, read-only: at the end of a constructor. */
export function fix(model: Model): void {
  for (const [key, value] of Object.entries(model)) {
    Object.freeze(value);
    Object.defineProperty(model, key, { writable: false, configurable: false });
  }
}

/** What `console.log` shows: own properties, how much is stored, the backend. */
function show(this: Model): object {
  const shown: Record<string, unknown> = { ...this };
  try {
    for (const key of ['patternCount', 'pairCount', 'backend']) {
      if (key in this) shown[key] = this[key as keyof Model];
    }
  } catch {
    shown.disposed = true;
  }
  // With the prototype for its name.
  return Object.create(
    Object.getPrototypeOf(this) as object,
    Object.getOwnPropertyDescriptors(shown),
  ) as object;
}
