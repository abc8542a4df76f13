/** The handwritten digits that the page carries: digit k is a k mod 10. */
import { binarise, readPicture } from 'hopfield-wasm/io';

const PIXELS = 28 * 28;
/** Read when they are wanted: the first ten, and all. */
const read: Float32Array[] = [];

function part(which: 0 | 1): Float32Array {
  const text = document.getElementById('digits')!.textContent!.trim().split(' ')[which];
  return (read[which] ??= readPicture(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))).data);
}

/** All of them, one after the other: 0 for paper to 1 for ink, 28 × 28 each. */
export const digits = (): Float32Array => part(1);

export function digitInk(k: number): Float32Array {
  return part(k < 10 ? 0 : 1).subarray(k * PIXELS, (k + 1) * PIXELS);
}

/** ±1. */
export const digitBits = (k: number): Int8Array => binarise(digitInk(k), 0.5);
