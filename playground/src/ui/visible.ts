/** Whether an element is on the screen: what nobody sees need not move. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function useVisible(element: RefObject<Element | null>): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => setVisible(entries.at(-1)!.isIntersecting));
    watch.observe(element.current!);
    return () => watch.disconnect();
  }, []);
  return visible;
}
