/** What an experiment shows: a figure in the terminal, or one JSON document. */

import type { Figure, Figures } from '../../experiments/index.ts';
import { figureToText } from '../../plot/index.ts';
import { version } from '../../../package.json';
import { Failure } from '../failure.ts';
import { pageOf, type Terminal } from '../terminal.ts';
import { jsonText } from '../visible.ts';
import { either } from '../words.ts';

/** @throws Failure when it has no such figure */
export function checkFigure(figures: object, name: string | undefined): void {
  if (name === undefined || Object.hasOwn(figures, name)) return;
  throw new Failure(`--figure ${name}: expected ${either(Object.keys(figures))}`);
}

/** The figure of that name, or the first; undefined where there is nothing to draw. */
export function figureNamed(
  // oxlint-disable-next-line typescript/no-explicit-any
  { figures }: { readonly figures: Figures<any, any> },
  name: string | undefined,
  // oxlint-disable-next-line typescript/no-explicit-any
  results: readonly any[],
): Figure | undefined {
  checkFigure(figures, name);
  const [first] = Object.keys(figures);
  if (results.length === 0 || first === undefined) return undefined;
  return figures[name ?? first](results);
}

const WIDEST = 120;
const NARROWEST = 40;

/** The figure and a last line. */
export function drawing(figure: Figure | undefined, closing: string, terminal: Terminal): string {
  if (!figure) return `${closing}\n`;
  const { colours, width } = pageOf(terminal);
  const columns = Math.max(NARROWEST, Math.min(width, WIDEST));
  const text = figureToText(figure, { columns, colour: colours.isColorSupported });
  return `${text}\n${closing}\n`;
}

/** Every point with its estimates. */
export function experimentDocument(
  experiment: string,
  seed: number,
  results: readonly object[],
): string {
  return jsonText({ experiment, version, seed, points: results });
}
