/** Results of parts of a list, made into what the whole would have given: arrays one after the other, field by field. */

type TypedArray = Float64Array;

/** @param counts - how many entries each part is about: where a field is missing in one, so many are undefined */
export function join(parts: readonly unknown[], counts: readonly number[]): unknown {
  const sample = parts.find((part) => part !== undefined);
  if (ArrayBuffer.isView(sample)) return joinTyped(parts as TypedArray[]);
  if (Array.isArray(sample)) {
    return (parts as (unknown[] | undefined)[]).flatMap(
      (part, k) => part ?? Array.from({ length: counts[k] }, () => undefined),
    );
  }
  if (typeof sample !== 'object' || sample === null) return sample;
  const records = parts as (Record<string, unknown> | undefined)[];
  const keys = new Set(records.flatMap((part) => Object.keys(part ?? {})));
  const joined: Record<string, unknown> = {};
  for (const key of keys) {
    joined[key] = join(
      records.map((part) => part?.[key]),
      counts,
    );
  }
  return joined;
}

export function joinTyped<T extends Pick<TypedArray, 'length' | 'set'>>(parts: readonly T[]): T {
  const Kind = parts[0].constructor as new (length: number) => T;
  const whole = new Kind(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part as unknown as TypedArray, at);
    at += part.length;
  }
  return whole;
}
