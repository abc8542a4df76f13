/** Vectors as texts: nine digits, which make the same single again. */
export function vectorText(vector: Float32Array): string {
  let text = '';
  for (const x of vector) text += `,${Number.isInteger(x) ? x : x.toPrecision(9)}`;
  return `[${text.slice(1)}]`;
}
