/** What every memory of ±1 patterns needs: signs, bits, blocks, overlaps, random orders. */
export { countUp, shuffle } from "../random";
export { countDifferent, packSigns, readSigns, signedSum, unpackSigns } from "../signs";
export { blocksFromRows, overlaps, widenBlocks } from "../patterns";
