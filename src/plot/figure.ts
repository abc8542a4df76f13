/** A figure as plain data: what `figureToSvg` and `figureToText` draw. It survives JSON and structuredClone. */

export interface Axis {
  /** What is measured, with its unit if it has one. */
  label: string;
  /** Default `linear`. On a logarithmic axis points at or below 0 are left out. */
  scale?: 'linear' | 'log';
  /** Where the axis begins and ends. Default: round numbers around the points. */
  min?: number;
  max?: number;
  /** Names at given places instead of numbers, for kinds of things rather than amounts. */
  ticks?: Array<{ at: number; label: string }>;
}

export interface FigurePoint {
  x: number;
  y: number;
  /** Ends of the error bar. */
  low?: number;
  high?: number;
  /** In a `heat` series: what the shade of the cell around (x, y) says. */
  value?: number;
}

export interface Series {
  /** As the legend has it. */
  name: string;
  /**
   * `points`: marks with error bars. `line`: marks with error bars, joined in the order given. `theory`: a dashed line without
   * marks; a point whose y is NaN interrupts it. `heat`: shaded cells around points of a grid.
   */
  kind: 'points' | 'line' | 'theory' | 'heat';
  points: FigurePoint[];
  /** Name of the series that this one belongs to, as a theory to what it predicts: it is drawn in that series' colour. */
  of?: string;
}

export interface Figure {
  title: string;
  x: Axis;
  y: Axis;
  /** Later ones are drawn over earlier ones. */
  series: Series[];
  /** What the shades of `heat` series say, and the values of the lightest and the darkest. Default: those of the points. */
  heat?: { label: string; min?: number; max?: number };
  /** Sentences below the figure: sizes, seeds, what the error bars are, sources. */
  notes?: string[];
}
