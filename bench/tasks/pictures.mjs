/** Pictures into patterns: 1920 × 1080 pixels, beside the time that a decoder alone takes. */
import { decode, encode } from 'fast-png';
import { readPng } from '../../dist/io.js';
import { checkEqual } from '../equal.mjs';
import { consume, time } from '../measure.mjs';
import { duration } from '../report.mjs';

const [WIDTH, HEIGHT] = [1920, 1080];
const TARGET = 60;

/** A slope of grey with `noise` levels on it, so that it neither packs to nothing nor not at all. */
function picture(noise) {
  const data = new Uint8Array(WIDTH * HEIGHT);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = ((i % WIDTH) + i / WIDTH) / 12 + (((state >>> 24) * noise) >> 8);
  }
  return data;
}

/** @param {import('../report.mjs').Report} report */
export async function pictures(report) {
  for (const noise of [0, 8]) {
    const name = `readPng, ${WIDTH} × ${HEIGHT} grey, ${noise} levels of noise`;
    report.progress(name);
    const data = picture(noise);
    const png = encode({ width: WIDTH, height: HEIGHT, data, depth: 8, channels: 1 });
    const expected = Int8Array.from(data, (grey) => (grey >= 128 ? 1 : -1));
    checkEqual(readPng(png).pattern, expected, 'the pattern');
    checkEqual(decode(png).data, data, 'the samples');
    const ours = await time({ run: () => consume(readPng(png).pattern[0]) });
    const decoder = await time({ run: () => consume(decode(png).data[0]) });
    report.figure({
      figure: name,
      measured: `${duration(ours.min)} (median ${duration(ours.median)}; fast-png's decode alone ${duration(decoder.min)})`,
      target: `${TARGET} ms`,
      reached: ours.min <= TARGET,
      timing: ours,
    });
  }
}
