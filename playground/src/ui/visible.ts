/** Whether an element is on the screen, or has been: what nobody sees need not move, and what nobody saw need not be asked. */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Watched {
  ref: RefObject<HTMLDivElement | null>;
  visible: boolean;
  seen: boolean;
}

export function useWatched(): Watched {
  const ref = useRef<HTMLDivElement>(null);
  const [visible, setVisible] = useState(false);
  const seen = useRef(false);
  seen.current ||= visible;
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => setVisible(entries.at(-1)!.isIntersecting));
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, []);
  return { ref, visible, seen: seen.current };
}
