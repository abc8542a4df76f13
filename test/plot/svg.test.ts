/** SVG: well-formed whatever the labels say, and with everything where the numbers are. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { anyFigure, plain, plane } from './figures.ts';
import { figureToSvg, figureToText } from '../../src/plot/index.ts';

/** Elements closed in order, attributes quoted, no bare markup in text; the names of elements met. */
function wellFormed(svg: string): Set<string> {
  const open: string[] = [];
  const names = new Set<string>();
  const pieces =
    /<\/([a-z]+)>|<([a-z]+)((?: [a-zA-Z0-9-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (let match = pieces.exec(svg); match !== null; match = pieces.exec(svg)) {
    const [all, closed, opened, , empty, content] = match;
    if (closed !== undefined) expect(open.pop()).toBe(closed);
    if (opened !== undefined) {
      names.add(opened);
      if (empty === '') open.push(opened);
    }
    if (content !== undefined) expect(content).toMatch(/^(?:[^&]|&(?:amp|lt|gt|quot|#39);)*$/);
    end += all.length;
  }
  expect(end).toBe(svg.length);
  expect(open).toEqual([]);
  return names;
}

test('any figure is well-formed, of drawing elements only, and free of NaN', () => {
  const DRAWING = ['svg', 'desc', 'style', 'rect', 'text', 'g', 'path', 'line', 'title'];
  fc.assert(
    fc.property(anyFigure, (figure) => {
      const svg = figureToSvg(figure);
      for (const name of wellFormed(svg)) expect(DRAWING).toContain(name);
      expect(svg).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/);
      expect(svg).not.toMatch(/ id=/);
      // oxlint-disable-next-line no-control-regex
      expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
      if (typeof DOMParser !== 'undefined') {
        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
        expect(parsed.querySelector('parsererror')).toBeNull();
      }
    }),
    {
      numRuns: 100,
      seed: 5,
      // What is beyond the range that figures show is far from the frame, and still drawn in numbers.
      examples: [
        [
          {
            title: '',
            x: { label: '' },
            y: { label: '' },
            series: [
              {
                name: '',
                kind: 'theory',
                points: [
                  { x: -2.666667e-6, y: 0 },
                  { x: 1e300, y: 0 },
                ],
              },
            ],
          },
        ],
      ],
    },
  );
});

/** Where the marks are that say these values when pointed at. */
function marksOf(svg: string): Array<{ said: string; x: number; y: number }> {
  const marks =
    /<(?:path|g)[^>]*transform="translate\(([\d.-]+) ([\d.-]+)\)"[^>]*>(?:<path[^>]*>)?<title>([^<]*)/g;
  return [...svg.matchAll(marks)].map(([, x, y, said]) => ({ said, x: Number(x), y: Number(y) }));
}

test('marks stand where their numbers are', () => {
  const svg = figureToSvg(plain, { theme: 'light' });
  const [, width, height] = /<svg x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/.exec(
    svg,
  )!;
  // The frame has a margin of 2 around it.
  const marks = marksOf(svg);
  expect(marks.map(({ said }) => said)).toEqual([
    'N = 500: 0.05, 1 (0.9 to 1)',
    'N = 500: 0.15, 0.5 (0.4 to 0.6)',
    'N = 1000: 0.05, 0.8',
    'N = 1000: 0.1, 0.6',
    'N = 1000: 0.2, 0.2',
  ]);
  const points = plain.series.flatMap(({ kind, points: all }) => (kind === 'theory' ? [] : all));
  for (const [k, { x, y }] of points.entries()) {
    expect(marks[k].x).toBeCloseTo((x / 0.2) * (Number(width) - 4), 0);
    expect(marks[k].y).toBeCloseTo((1 - y) * (Number(height) - 4), 0);
  }
});

test('a theory takes the colour of what it predicts and is dashed; series differ in shape', () => {
  const svg = figureToSvg(plain, { theme: 'light' });
  expect(svg).toMatch(/<g class="hf-0"><path [^>]*stroke-dasharray/);
  const shapes = [...svg.matchAll(/<path d="([^"]*)" transform="translate[^>]*><title>/g)];
  expect(new Set(shapes.map(([, d]) => d)).size).toBe(2);
});

test('theories of one name are one entry of the legend, dashed alike', () => {
  const [first, second, theory] = plain.series;
  const both = [theory, { ...theory, of: second.name }];
  const figure = { ...plain, series: [first, second, ...both] };
  const svg = figureToSvg(figure);
  expect(svg.match(/>theory<\/text>/g)).toHaveLength(1);
  expect(svg.match(/<title>theory, N = (500|1000)<\/title>/g)).toHaveLength(2);
  expect(figureToText(figure).match(/theory/g)).toHaveLength(1);
  expect(new Set([...svg.matchAll(/stroke-dasharray="([^"]*)/g)].map(([, d]) => d)).size).toBe(1);
});

test('a name and a description for who does not see it', () => {
  const svg = figureToSvg(plain);
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Overlap against load"/);
  expect(/<desc>([^<]*)/.exec(svg)![1]).toBe(
    'Across: load, from 0 to 0.2. Up: overlap, from 0 to 1. N = 500 (points): 1 at 0.05, … 0.5 at 0.15. ' +
      'N = 1000 (line): 0.8 at 0.05, … 0.2 at 0.2. theory (theory): 1 at 0, … 0.862 at 0.138. Seed 1.',
  );
});

test('themes: one style sheet each, `auto` with both; rules hold inside their figure only', () => {
  const [auto, light, dark] = (['auto', 'light', 'dark'] as const).map((theme) =>
    figureToSvg(plain, { theme }),
  );
  expect(auto).toContain('@media(prefers-color-scheme:dark)');
  expect(light + dark).not.toContain('@media');
  for (const rule of /<style>(.*)<\/style>/.exec(dark)![1].matchAll(/([^{}]+)\{/g)) {
    expect(rule[1]).toMatch(/^\.hf-dark/);
  }
});

test('cells of a plane fill it, dark where the value is low', () => {
  const svg = figureToSvg(plane);
  const cells = [...svg.matchAll(/<rect [^>]*fill="(#\w+)"[^>]*><title>measured: ([\d.]+)/g)];
  expect(cells).toHaveLength(12);
  for (const [, fill, x] of cells) expect(fill).toBe(Number(x) < 0.03 ? '#fde725' : '#440154');
});

test('what is no figure is refused', () => {
  const draw = (figure: unknown, options?: object) => () =>
    figureToSvg(figure as typeof plain, options);
  expect(draw(null)).toThrow(new TypeError('figure is null, expected one with x, y and series'));
  const [series] = plain.series;
  expect(draw({ ...plain, series: [{ ...series, kind: 'pie' }] })).toThrow(
    /kind of series 'N = 500' is 'pie'/,
  );
  expect(draw({ ...plain, series: [{ ...series, of: 'no' }] })).toThrow(/belongs to 'no'/);
  expect(draw(plain, { theme: 'blue' })).toThrow(TypeError);
  expect(draw(plain, { width: 10 })).toThrow(RangeError);
  expect(draw(plain, { colour: true })).toThrow(/have no colour/);
});

test('a theory that goes straight up stands under the mark of its series', () => {
  const [first, second] = plain.series;
  const upwards = (x: number, of: string) => ({
    name: 'law',
    kind: 'theory' as const,
    of,
    points: [0, 1].map((y) => ({ x, y })),
  });
  const series = [first, second, upwards(0.05, first.name), upwards(0.15, second.name)];
  const svg = figureToSvg({ ...plain, series });
  const above = svg.matchAll(/<path d="([^"]*)" transform="translate\(([\d.]+) -[\d.]+\)"/g);
  const [left, right] = [...above];
  expect(left[1]).not.toBe(right[1]);
  expect(Number(left[2])).toBeLessThan(Number(right[2]));
  for (const [, shape] of [left, right])
    expect(svg.split(`d="${shape}"`).length).toBeGreaterThan(3);
});

test('the label of shades is within the picture, whatever its length', () => {
  const heat = { label: 'overlap of the final state and of the pattern that the cue came from' };
  for (const width of [320, 720]) {
    const svg = figureToSvg({ ...plane, heat }, { width });
    const words = [...svg.matchAll(/x="([\d.]+)" y="([\d.]+)" transform="rotate[^>]*>([^<]*)/g)];
    const label = words.filter(([, x]) => Number(x) > width / 2);
    expect(label.map(([, , , text]) => text).join(' ')).toBe(heat.label);
    for (const [, x, y, text] of label) {
      expect(Number(x)).toBeLessThan(width - 4);
      // At 13 pixels no letter of these is wider than 8 on average.
      if (text.includes(' ')) expect(text.length * 4).toBeLessThan(Number(y));
    }
  }
});
