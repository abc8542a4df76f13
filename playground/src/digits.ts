/** The handwritten digits that the page carries: digit k is a k mod 10. */
import { binarise, readPicture } from 'hopfield-wasm/io';

export const SIDE = 28;
const PIXELS = SIDE * SIDE;
let ink: Float32Array | undefined;

/** All of them, one after the other: 0 for paper to 1 for ink. */
export function digits(): Float32Array {
  if (!ink) {
    const text = document.getElementById('digits')!.textContent!;
    ink = readPicture(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))).data;
  }
  return ink;
}

export const digitCount = () => digits().length / PIXELS;

export const digitInk = (k: number) => digits().subarray(k * PIXELS, (k + 1) * PIXELS);

/** ±1. */
export const digitBits = (k: number) => binarise(digitInk(k), 0.5);
