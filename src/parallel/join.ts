/** Results of parts of a list, made into what the whole would have given: arrays one after the other, field by field. */

type TypedArray = Float64Array;
type Fields = Record<string, unknown>;

/** What typed arrays of one field come into, made when the first of them comes. */
interface Place {
  whole?: TypedArray;
  readonly fields: Map<string, Place>;
}

/** Joins while other parts are still being worked on: what is left at the end is no work that somebody waits for. */
export class Joined {
  readonly #counts: readonly number[];
  readonly #firsts: readonly number[];
  readonly #total: number;
  readonly #place: Place = { fields: new Map() };

  /** @param counts - how many entries each part is about: where a field is missing in one, so many are undefined */
  constructor(counts: readonly number[]) {
    this.#counts = counts;
    this.#firsts = firstsOf(counts);
    this.#total = counts.reduce((sum, count) => sum + count, 0);
  }

  /** Puts the typed arrays of a part where they belong. */
  add(part: unknown, index: number): void {
    this.#put(part, index, this.#place);
  }

  /** All of it, once each part has been added. */
  of(parts: readonly unknown[]): unknown {
    return this.#join(parts, this.#place);
  }

  #put(part: unknown, index: number, place: Place): void {
    if (ArrayBuffer.isView(part)) {
      const values = part as TypedArray;
      const each = values.length / this.#counts[index];
      const Kind = values.constructor as new (length: number) => TypedArray;
      place.whole ??= new Kind(each * this.#total);
      place.whole.set(values, this.#firsts[index] * each);
    } else if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
      for (const [key, value] of Object.entries(part)) {
        if (!place.fields.has(key)) place.fields.set(key, { fields: new Map() });
        this.#put(value, index, place.fields.get(key)!);
      }
    }
  }

  #join(parts: readonly unknown[], place: Place): unknown {
    if (place.whole) return place.whole;
    const sample = parts.find((part) => part !== undefined);
    if (Array.isArray(sample)) {
      return (parts as (unknown[] | undefined)[]).flatMap(
        (part, k) => part ?? Array.from({ length: this.#counts[k] }, () => undefined),
      );
    }
    if (typeof sample !== 'object' || sample === null) return sample;
    return Object.fromEntries(
      Array.from(place.fields, ([key, field]) => [
        key,
        this.#join(
          parts.map((part) => (part as Fields | undefined)?.[key]),
          field,
        ),
      ]),
    );
  }
}

/** Where each part begins. */
export function firstsOf(counts: readonly number[]): number[] {
  let next = 0;
  return counts.map((count) => (next += count) - count);
}

/** Typed arrays of one kind, one after the other, in this buffer if it has the room. */
export function joinTyped<T extends Pick<TypedArray, 'length' | 'set' | 'BYTES_PER_ELEMENT'>>(
  parts: readonly T[],
  buffer?: ArrayBuffer,
): T {
  const Kind = parts[0].constructor as new (
    room: number | ArrayBuffer,
    at?: number,
    n?: number,
  ) => T;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const fits = buffer && buffer.byteLength >= length * parts[0].BYTES_PER_ELEMENT;
  const whole = fits ? new Kind(buffer, 0, length) : new Kind(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part as unknown as TypedArray, at);
    at += part.length;
  }
  return whole;
}
