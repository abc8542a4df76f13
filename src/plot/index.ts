export type { Axis, Figure, FigurePoint, Series } from './figure.ts';
export type { Theme } from './style.ts';
export { figureToSvg } from './svg.ts';
export { figureToText } from './text.ts';
