/** The kernels on their own, with memory handed out from the bottom and never taken back. */
import { readFileSync, readdirSync } from 'node:fs';

const PAGE = 65536;

/** Parameters of the kernels that are called from here, so that none is called in an old way. */
const PARAMETERS = {
  addHebbianI16: 10,
  addHebbianI8: 10,
  addOuterI32: 6,
  addProductF64: 8,
  addRowF32: 4,
  applyI32: 4,
  attendF32: 16,
  blocksFromRows: 6,
  combineF32: 6,
  countMovable: 5,
  fieldsBlocks: 7,
  fieldsI16: 4,
  fieldsI32: 4,
  fieldsI8: 4,
  finishFields: 6,
  glauberI8: 11,
  gradedEnergy: 8,
  gradedFields: 5,
  gradedOutputs: 5,
  layerNormBackwardF32: 7,
  layerNormF32: 8,
  layerNormGainF32: 6,
  largestF32: 2,
  overlaps: 5,
  packSigns: 3,
  productF32: 13,
  readSigns: 3,
  scoresF32: 9,
  selectF32: 4,
  shuffle: 3,
  signedSum: 3,
  signsToF64: 3,
  softmaxBackwardF32: 6,
  softmaxF32: 7,
  squaredDistanceF32: 3,
  squaresF32: 4,
  storkeyF64: 4,
  sumRowsF32: 4,
  sweepBlocks: 13,
  sweepI16: 11,
  sweepI8: 12,
};

const FOLDER = new URL('../build/', import.meta.url);
const modules = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.wasm'))
  .map((file) => new WebAssembly.Module(readFileSync(new URL(file, FOLDER))));

export function openKernels() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const kernels = {};
  for (const module of modules) {
    Object.assign(kernels, new WebAssembly.Instance(module, { env: { memory } }).exports);
  }
  for (const [name, count] of Object.entries(PARAMETERS)) {
    if (kernels[name]?.length !== count) {
      throw new Error(
        `${name} takes ${kernels[name]?.length} parameters, the bench gives ${count}`,
      );
    }
  }
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
