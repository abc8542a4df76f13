// Embeddings that need no download, for recollect.mjs: what they know of a text is how it is spelt, of a picture where it is light.
import { readPicture, resize } from 'hopfield-wasm/io';

/** Texts by the parts of three to five letters of their longer words, each counted in one of so many places. */
export const texts = {
  dimension: 1024,
  /** @param {string} text */
  embed(text) {
    const vector = new Float32Array(this.dimension);
    const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
    for (const word of words.map((one) => ` ${one} `)) {
      for (let size = 3; size <= 5; size++) {
        for (let k = 0; k + size <= word.length; k++) {
          const code = hash(word.slice(k, k + size));
          // Parts that meet in one place add up or cancel, as their signs have it.
          vector[(code >>> 1) % this.dimension] += code & 1 ? 1 : -1;
        }
      }
    }
    return vector.map((count) => Math.sign(count) * Math.sqrt(Math.abs(count)));
  },
};

/** Pictures as 24 × 24 grey values about their mean. */
export const pictures = {
  dimension: 24 * 24,
  /** @param {Uint8Array} bytes */
  embed(bytes) {
    const { data } = resize(readPicture(bytes), [24, 24]);
    const mean = data.reduce((sum, light) => sum + light, 0) / data.length;
    return Float32Array.from(data, (light) => light - mean);
  },
};

/** FNV-1a, 32 bits, stirred once more: its lowest bits are weak. */
function hash(text) {
  let code = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) code = Math.imul(code ^ text.charCodeAt(k), 0x01000193);
  code = Math.imul(code ^ (code >>> 15), 0x2c1b3c6d);
  return (code ^ (code >>> 12)) >>> 0;
}
