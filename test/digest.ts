/** A short digest of many results, for runs that must be the same everywhere. */

/** FNV-1a over bytes, 32 bits. */
export class Digest {
  #hash = 0x811c9dc5;

  bytes(values: ArrayLike<number>): void {
    for (let k = 0; k < values.length; k++) {
      this.#hash = Math.imul(this.#hash ^ (values[k] & 255), 0x01000193);
    }
  }

  /** Doubles by their bits, little-endian. */
  doubles(values: ArrayLike<number>): void {
    const view = new DataView(new ArrayBuffer(8));
    for (let k = 0; k < values.length; k++) {
      view.setFloat64(0, values[k], true);
      this.bytes(new Uint8Array(view.buffer));
    }
  }

  get hex(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }
}
