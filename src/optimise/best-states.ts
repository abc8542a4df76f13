/** The best of the states that searches come to, each solution once. */

/** A state, and what it is compared by: lower is better. */
export interface Met<State> {
  readonly state: State;
  readonly value: number;
}

export class BestStates<State> {
  /** The best first; of equal ones the one that was met first. */
  readonly list: Met<State>[] = [];
  readonly #most: number;
  readonly #canonical: (state: State) => State;
  /** What the states are told apart by. */
  readonly #keys = new Map<string, Met<State>>();

  /** @param canonical - one of all states that stand for the same solution */
  constructor(most: number, canonical: (state: State) => State) {
    this.#most = most;
    this.#canonical = canonical;
  }

  /** Whether there are as many as were asked for, and all as good as this. */
  reach(target: number): boolean {
    return this.list.length === this.#most && this.list.at(-1)!.value <= target;
  }

  offer(state: State, value: number): void {
    const { list } = this;
    if (list.length === this.#most && value >= list.at(-1)!.value) return;
    const key = String(this.#canonical(state));
    const before = this.#keys.get(key);
    if (before) {
      // Ranks may tell states of one solution apart.
      if (value >= before.value) return;
      list.splice(list.indexOf(before), 1);
    }
    const met = { state, value };
    const at = list.findIndex((other) => value < other.value);
    list.splice(at < 0 ? list.length : at, 0, met);
    this.#keys.set(key, met);
    if (list.length > this.#most) this.#keys.delete(String(this.#canonical(list.pop()!.state)));
  }
}
