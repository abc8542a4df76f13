/** Pictures of ±1: letters, faces, random ones, files of the reader's; and other sizes of them. */
import { Random } from 'hopfield-wasm';
import { binarise, otsuThreshold, readPicture, resize } from 'hopfield-wasm/io';
import { digitBits } from './digits.ts';
import type { Pattern } from './state.ts';

export const SETS = ['digits', 'letters', 'faces', 'random'] as const;
export type SetName = (typeof SETS)[number];

/** A ready set: so many patterns for a grid. */
export function patternSet(name: SetName, count: number, size: number): Pattern[] {
  return Array.from({ length: count }, (_, k): Pattern => {
    switch (name) {
      case 'digits':
        return { label: `${k % 10}`, bits: resized(digitBits(k), size) };
      case 'letters': {
        const letter = String.fromCodePoint(65 + (k % 26));
        return { label: letter, bits: letterBits(letter, size) };
      }
      case 'faces':
        return { label: `face ${k + 1}`, bits: faceBits(k, size) };
      case 'random':
        return { label: `random ${k + 1}`, bits: new Random(k + 1).signs(size ** 2) };
    }
  });
}

export const SET_SIZES: Record<SetName, number> = {
  digits: 100,
  letters: 26,
  faces: 16,
  random: 300,
};

/** The same picture on another grid. */
export function resized(bits: ArrayLike<number>, size: number): Int8Array {
  const side = Math.sqrt(bits.length);
  if (side === size) return Int8Array.from(bits);
  const data = Float32Array.from(bits, (s) => (s > 0 ? 1 : 0));
  return binarise(resize({ data, shape: [side, side] }, [size, size]).data, 0.5);
}

/** Draws on a canvas of the grid's size, and reads it back: 0 for black to 1 for white. */
function drawn(size: number, draw: (context: CanvasRenderingContext2D) => void): Float32Array {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size, size);
  context.fillStyle = context.strokeStyle = '#000';
  draw(context);
  return readPicture(context.getImageData(0, 0, size, size)).data;
}

const inked = (light: Float32Array) => light.map((v) => 1 - v);

/** A letter, or whatever else is one character. */
export function letterBits(letter: string, size: number): Int8Array {
  const light = drawn(size, (context) => {
    context.font = `bold ${size * 0.92}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } =
      context.measureText(letter);
    context.fillText(letter, size / 2, size / 2 + (up - down) / 2);
  });
  return binarise(inked(light), 0.5);
}

/** Face k of sixteen: eyes, mouth, hair and hat by its binary digits. */
function faceBits(k: number, size: number): Int8Array {
  const light = drawn(size, (context) => {
    context.scale(size / 28, size / 28);
    context.lineWidth = 2;
    const stroke = (...path: [number, number][]) => {
      context.beginPath();
      for (const [x, y] of path) context.lineTo(x, y);
      context.stroke();
    };
    context.beginPath();
    context.ellipse(14, 15, k & 4 ? 11 : 8.5, 11, 0, 0, 7);
    context.stroke();
    for (const x of [10, 18]) {
      if (k & 1) stroke([x - 2, 12], [x + 2, 12]);
      else context.fillRect(x - 1.5, 10.5, 3, 4);
    }
    const bend = k & 2 ? -3.5 : 3.5;
    context.beginPath();
    context.moveTo(9.5, 20 - bend / 2);
    context.quadraticCurveTo(14, 20 + bend, 18.5, 20 - bend / 2);
    context.stroke();
    if (k & 8) context.fillRect(4, 2, 20, 5);
    else for (const x of [9, 12, 15, 18]) stroke([x, 5], [x + 1, 1]);
  });
  return binarise(inked(light), 0.5);
}

/** A picture of the reader's, cut to a square: how dark it is, 0 to 1. @throws when it is none */
export async function readFile(file: Blob, size: number): Promise<Float32Array> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const side = Math.min(width, height);
  // A large picture by the browser's own averages first: a canvas would take single pixels.
  const fine = Math.min(side, 512);
  const light = drawn(fine, (context) =>
    context.drawImage(
      bitmap,
      (width - side) / 2,
      (height - side) / 2,
      side,
      side,
      0,
      0,
      fine,
      fine,
    ),
  );
  bitmap.close();
  return inked(resize({ data: light, shape: [fine, fine] }, [size, size]).data);
}

export type Turning = 'threshold' | 'dither';

/** Greys that are told apart where ranks are asked for. */
const LEVELS = 65536;

/** Where each grey stands among all, −1 to 1; equal ones stand together. */
function ranks(dark: Float32Array): Float32Array {
  const levels = Uint16Array.from(dark, (v) => Math.max(0, Math.min(LEVELS - 1, v * LEVELS)));
  const counts = new Uint32Array(LEVELS);
  for (const level of levels) counts[level]++;
  const middles = new Float32Array(LEVELS);
  let below = 0;
  for (let level = 0; level < LEVELS; level++) {
    middles[level] = (2 * below + counts[level]) / dark.length - 1;
    below += counts[level];
  }
  return Float32Array.from(levels, (level) => middles[level]);
}

/**
 * Greys to ±1: by a threshold; or dithered so that half of all neurons are on, which keeps pictures from overlapping: greys
 * by their ranks, and what is lost at a neuron (Floyd & Steinberg 1976) goes to those beside and below.
 */
export function signsOf(dark: Float32Array, how: Turning, threshold: number): Int8Array {
  if (how === 'threshold') return binarise(dark, threshold);
  const size = Math.sqrt(dark.length);
  const values = ranks(dark);
  const signs = new Int8Array(dark.length);
  for (let i = 0, x = 0; i < dark.length; i++, x = (x + 1) % size) {
    signs[i] = values[i] >= 0 ? 1 : -1;
    const lost = (values[i] - signs[i]) / 16;
    if (x + 1 < size) values[i + 1] += 7 * lost;
    if (x > 0) values[i + size - 1] += 3 * lost;
    values[i + size] += 5 * lost;
    if (x + 1 < size) values[i + size + 1] += lost;
  }
  return signs;
}

/** Otsu's threshold; the middle where all is one grey. */
export function usualThreshold(dark: Float32Array): number {
  return dark.every((v) => v === dark[0]) ? 0.5 : otsuThreshold(dark);
}
