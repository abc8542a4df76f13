/** The bar beside a plane that says what its shades are. */
import type { Frame } from './frame.ts';
import { type Box, element, coordinate, SIZE, textElement } from './markup.ts';
import { numberText } from './scale.ts';
import { shadeColour } from './style.ts';
import { emsOf, wrapText } from './words.ts';

type Shades = NonNullable<Frame['shades']>;

/** What stands beside the bar of shades: the least value, the middle, and the largest. */
function shadeLabels({ min, max }: Shades): string[] {
  return [0, 0.5, 1].map((part) => numberText(Number((min + part * (max - min)).toPrecision(3))));
}

function shadeWidth(shades: Shades): number {
  return Math.max(...shadeLabels(shades).map(emsOf)) * SIZE;
}

/** What is to the right of the frame: the room it takes, and the lines of the label of the bar of shades. */
export function besideOf({ shades }: Frame, room: number): { right: number; label: string[] } {
  if (shades === undefined) return { right: 24, label: [] };
  const right = 68 + shadeWidth(shades);
  const label = wrapText(shades.label, ((room - right) * 0.6) / SIZE, emsOf);
  return { right: right + 15 * (label.length - 1), label };
}

export function shadeBar(
  shades: Shades,
  label: string[],
  { left, top, width, height }: Box,
): string {
  const STEPS = 32;
  const x = left + width + 16;
  let markup = '';
  for (let k = 0; k < STEPS; k++) {
    const y = coordinate(top + height * (1 - (k + 1) / STEPS));
    const box = { x, y, width: 14, height: coordinate(height / STEPS + 0.4) };
    markup += element('rect', {
      ...box,
      fill: shadeColour((k + 0.5) / STEPS),
      'shape-rendering': 'crispEdges',
    });
  }
  for (const [k, label] of shadeLabels(shades).entries()) {
    markup += textElement(label, { x: x + 18, y: coordinate(top + height * (1 - k / 2) + 4.5) });
  }
  const middle = coordinate(top + height / 2);
  label.forEach((line, k) => {
    const beside = coordinate(x + 34 + shadeWidth(shades) + k * 15);
    const at = { x: beside, y: middle, transform: `rotate(-90 ${beside} ${middle})` };
    markup += textElement(line, { ...at, 'text-anchor': 'middle' });
  });
  return markup;
}
