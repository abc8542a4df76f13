/** Colours of figures, and the style sheet that lets one follow the page's theme. */

export type Theme = 'auto' | 'light' | 'dark';

interface Colours {
  paper: string;
  ink: string;
  muted: string;
  grid: string;
  series: string[];
}

/** Each at least 3:1 against the paper, and told apart by readers who do not see red or green. */
const LIGHT: Colours = {
  paper: '#ffffff',
  ink: '#1d2329',
  muted: '#57606a',
  grid: '#e4e7eb',
  series: ['#0067a8', '#c84a00', '#007d5a', '#9b3a8f', '#8a6400', '#b3123f', '#00808a', '#5b4fc4'],
};

const DARK: Colours = {
  paper: '#14181d',
  ink: '#e6e9ed',
  muted: '#9ba5b0',
  grid: '#2b323a',
  series: ['#56b4e9', '#ff8a4c', '#3cd6a4', '#e08fd2', '#e6b93c', '#ff7a94', '#4fd0d8', '#a9a0ff'],
};

export const COLOURS = LIGHT.series.length;

function rules(theme: Theme, { paper, ink, muted, grid, series }: Colours): string {
  const named = { paper, muted, grid, ...series };
  const inside = Object.entries(named).map(([name, c]) => `.hf-${theme} .hf-${name}{color:${c}}`);
  return `.hf-${theme}{color:${ink}}${inside.join('')}`;
}

/** The rules hold within the element of class `hf-THEME` only, so that figures of several themes stand on one page. */
export function styleSheet(theme: Theme): string {
  if (theme !== 'auto') return rules(theme, theme === 'light' ? LIGHT : DARK);
  const dark = `@media(prefers-color-scheme:dark){${rules(theme, DARK)}}`;
  return rules(theme, LIGHT) + dark;
}

/** Viridis at equal steps: its lightness rises evenly, so it reads without colour. */
const VIRIDIS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** The colour of a shade from 0 to 1. */
export function shadeColour(shade: number): string {
  const at = shade * (VIRIDIS.length - 1);
  const k = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const parts = VIRIDIS[k].map((low, c) => Math.round(low + (at - k) * (VIRIDIS[k + 1][c] - low)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
