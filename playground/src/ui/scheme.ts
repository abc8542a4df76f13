/** Light or dark: what the address says, else the system. What is drawn on a canvas is drawn anew when that changes. */
import { useEffect, useState } from 'preact/hooks';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const SYSTEM = '(prefers-color-scheme: dark)';
const watching = new Set<() => void>();
let chosen: Theme = 'system';

/** For all of the page. */
export function setTheme(theme: Theme): void {
  if (theme === chosen) return;
  chosen = theme;
  document.documentElement.dataset.theme = theme;
  for (const turn of watching) turn();
}

function scheme(): 'light' | 'dark' {
  if (chosen !== 'system') return chosen;
  return matchMedia(SYSTEM).matches ? 'dark' : 'light';
}

export function useScheme(): 'light' | 'dark' {
  const [now, setNow] = useState(scheme);
  useEffect(() => {
    const system = matchMedia(SYSTEM);
    const turn = () => setNow(scheme);
    turn();
    watching.add(turn);
    system.addEventListener('change', turn);
    return () => {
      watching.delete(turn);
      system.removeEventListener('change', turn);
    };
  }, []);
  return now;
}
