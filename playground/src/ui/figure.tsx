/** A figure of the package's own, as wide as there is room, which takes the colours of the page's scheme. */
import './figure.css';
import { type Figure as FigureData, figureToSvg } from 'hopfield-wasm/experiments';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useScheme } from './scheme.ts';

const [LEAST, MOST] = [320, 900];

export function Figure({ figure }: { figure: FigureData }) {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(MOST);
  useEffect(() => {
    const watch = new ResizeObserver(([{ contentRect }]) =>
      setWidth(Math.max(LEAST, Math.min(MOST, Math.round(contentRect.width)))),
    );
    watch.observe(element.current!);
    return () => watch.disconnect();
  }, []);
  const theme = useScheme();
  const html = useMemo(() => figureToSvg(figure, { theme, width }), [figure, theme, width]);
  return <div ref={element} class="figure" dangerouslySetInnerHTML={{ __html: html }} />;
}
