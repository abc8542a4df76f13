/** A worker at work: keeps models, does one item at a time, and says what came of it. */
import { version } from '../../package.json';
import type { Cargo, FromWorker, Port, ToWorker } from './protocol.ts';
import { GIVEN_AWAY, runTask, type Bench } from './tasks.ts';
import { unpack } from './unpack.ts';

type Item = Extract<ToWorker, { say: 'item' }>;

/** What all items of a call share. */
interface Shared {
  readonly made: unknown;
  readonly dispose: ((made: never) => void) | undefined;
}

export function serve(port: Port): void {
  const worker = new Server(port);
  port.listen((message) => worker.hear(message));
}

class Server {
  readonly #port: Port;
  /** Models, and those that nobody has asked for yet. */
  readonly #models = new Map<number, { cargo: Cargo } | { model: { dispose(): void } }>();
  readonly #shared = new Map<number, Shared>();
  #stop: { item: number; controller: AbortController } | undefined;

  constructor(port: Port) {
    this.#port = port;
  }

  hear(message: ToWorker): void {
    switch (message.say) {
      case 'hello':
        void this.#greet(message.lock);
        break;
      case 'keep':
        this.#drop(message.key);
        this.#models.set(message.key, { cargo: message.cargo });
        break;
      case 'drop':
        this.#drop(message.key);
        break;
      case 'item':
        void this.#work(message);
        break;
      case 'stop':
        if (this.#stop?.item === message.item) this.#stop.controller.abort();
        break;
      case 'over':
        this.#finish(message.deal);
        break;
    }
  }

  async #greet(lock: string | undefined): Promise<void> {
    const locked = lock !== undefined && (await held(lock));
    this.#port.post({ say: 'ready', version, locked }, []);
  }

  async #work({ item, deal, task, data }: Item): Promise<void> {
    const controller = new AbortController();
    this.#stop = { item, controller };
    const bench: Bench = {
      model: (key) => this.#model(key),
      once: (make, dispose) => this.#once(deal, make, dispose),
      signal: controller.signal,
      report: (progress) => this.#port.post({ say: 'progress', item, progress }, []),
    };
    try {
      const result = await runTask(task, data, bench);
      const transfer = GIVEN_AWAY.has(task) ? [...buffersIn(result)] : [];
      this.#port.post({ say: 'result', item, result }, transfer);
    } catch (error) {
      this.#complain({ say: 'error', item, error });
    }
  }

  /** What was thrown may be something that does not travel. */
  #complain(message: Extract<FromWorker, { say: 'error' }>): void {
    try {
      this.#port.post(message, []);
    } catch {
      this.#port.post({ ...message, error: new Error(String(message.error)) }, []);
    }
  }

  #model(key: number): unknown {
    const held = this.#models.get(key);
    if (held === undefined) throw new Error(`model ${key} is not here`);
    if ('model' in held) return held.model;
    const model = unpack(held.cargo);
    this.#models.set(key, { model });
    return model;
  }

  #once<T>(deal: number, make: () => T, dispose?: (made: T) => void): T {
    const shared = this.#shared.get(deal) ?? { made: make(), dispose };
    this.#shared.set(deal, shared);
    return shared.made as T;
  }

  #finish(deal: number): void {
    const shared = this.#shared.get(deal);
    this.#shared.delete(deal);
    shared?.dispose?.(shared.made as never);
  }

  #drop(key: number): void {
    const held = this.#models.get(key);
    if (held && 'model' in held) held.model.dispose();
    this.#models.delete(key);
  }
}

/** The buffers of all typed arrays in a result. */
function buffersIn(result: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(result)) found.add(result.buffer as ArrayBuffer);
  else if (typeof result === 'object' && result !== null) {
    for (const value of Object.values(result)) buffersIn(value, found);
  }
  return found;
}

/** Takes a lock for as long as this worker lives: whoever asks for it too learns when that is over. */
async function held(lock: string): Promise<boolean> {
  return new Promise((resolve) => {
    const forever = () => {
      resolve(true);
      return new Promise(() => {});
    };
    try {
      navigator.locks.request(lock, forever).catch(() => resolve(false));
    } catch {
      resolve(false);
    }
  });
}
