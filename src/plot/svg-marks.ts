/** The marks of series, in the order of SHAPES: filled with the colour or with paper, with an edge of the other. */
import { SHAPES } from './frame.ts';
import { element, coordinate } from './markup.ts';

/** Paths around (0, 0), of about equal area. */
const CIRCLE = 'M-4.4 0a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0-8.8 0Z';
const SQUARE = 'M-3.9-3.9h7.8v7.8h-7.8Z';
const UP = 'M0-5.4L5.1 3.8H-5.1Z';
const DIAMOND = 'M0-5.6L5.1 0L0 5.6L-5.1 0Z';
const DOWN = 'M0 5.4L5.1-3.8H-5.1Z';
const PATHS = [CIRCLE, SQUARE, UP, DIAMOND, DOWN, CIRCLE, SQUARE, UP];
const FILLED = 5;

/** Mark number `shape` at (x, y); `title` is markup inside it. */
export function mark(shape: number, x: number, y: number, title = ''): string {
  const k = shape % SHAPES.length;
  const d = PATHS[k];
  const transform = `translate(${coordinate(x)} ${coordinate(y)})`;
  if (k < FILLED) return element('path', { d, transform }, title);
  const hollow = element('path', { d, class: 'hf-paper' }, title);
  const edge = element('path', { d, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8 });
  return element('g', { transform }, hollow + edge);
}
