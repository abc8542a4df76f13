/** The kernels on their own, with memory handed out from the bottom and never taken back. */
import { readFileSync } from 'node:fs';

const PAGE = 65536;
const module = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernels.wasm', import.meta.url)),
);

export function openKernels() {
  const kernels = new WebAssembly.Instance(module).exports;
  const { memory } = kernels;
  let top = 1024;

  /** The address of `bytes` zero bytes, aligned to 64. @param {number} bytes */
  const take = (bytes) => {
    const address = top;
    top = Math.ceil((top + bytes) / 64) * 64;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return address;
  };

  /** Signs at an address, padded with zeros to a multiple of 64. @param {Int8Array} signs */
  const putSigns = (signs) => {
    const address = take(Math.ceil(signs.length / 64) * 64);
    new Int8Array(memory.buffer).set(signs, address);
    return address;
  };

  /**
   * Patterns as rows of bits and as blocks.
   *
   * @param {Int8Array} patterns P×N
   * @param {number} neurons
   */
  const putPatterns = (patterns, neurons) => {
    const count = patterns.length / neurons;
    const rowBytes = 16 * Math.ceil(neurons / 128);
    const stride = Math.ceil(count / 8);
    const signs = take(neurons);
    const rows = take(count * rowBytes);
    const blocks = take(Math.ceil(neurons / 16) * 16 * stride);
    const bytes = new Int8Array(memory.buffer);
    for (let k = 0; k < count; k++) {
      bytes.set(patterns.subarray(k * neurons, (k + 1) * neurons), signs);
      kernels.packSigns(rows + k * rowBytes, signs, neurons);
    }
    kernels.blocksFromRows(blocks, rows, 0, stride, count, neurons);
    return { rows, blocks, stride, count };
  };

  return { kernels, memory, take, putSigns, putPatterns };
}
