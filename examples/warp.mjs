// A digit written a little differently: turned, slanted, stretched and moved, as another hand might have done.
import { PIXELS, SIDE } from './mnist.mjs';

const MIDDLE = (SIDE - 1) / 2;

/**
 * A random affine map about the middle says where each pixel of the result comes from; of the four pixels around that
 * place it takes each in proportion (bilinear interpolation). Outside is paper.
 *
 * @param pixels - the digit
 * @param random - a generator
 */
export function warp(pixels, random) {
  const within = (range) => range * (2 * random.real() - 1);
  const [stretchY, stretchX] = [1 + within(0.15), 1 + within(0.15)];
  const [slantY, slantX] = [within(0.22), within(0.22)];
  const [top, left] = [MIDDLE + within(1), MIDDLE + within(1)];
  const warped = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) {
    const down = Math.floor(i / SIDE) - MIDDLE;
    const right = (i % SIDE) - MIDDLE;
    const y = top + stretchY * down + slantY * right;
    const x = left + slantX * down + stretchX * right;
    if (y < 0 || x < 0 || y >= SIDE - 1 || x >= SIDE - 1) continue;
    const at = Math.floor(y) * SIDE + Math.floor(x);
    const below = y % 1;
    const beside = x % 1;
    const upper = pixels[at] + beside * (pixels[at + 1] - pixels[at]);
    const lower = pixels[at + SIDE] + beside * (pixels[at + SIDE + 1] - pixels[at + SIDE]);
    warped[i] = upper + below * (lower - upper);
  }
  return warped;
}
