/** Counts changes between light and dark, so that canvases are drawn anew. */
import { useEffect, useState } from 'preact/hooks';

export function useScheme(): number {
  const [scheme, setScheme] = useState(0);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const turn = () => setScheme((n) => n + 1);
    dark.addEventListener('change', turn);
    return () => dark.removeEventListener('change', turn);
  }, []);
  return scheme;
}
