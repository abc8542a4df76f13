/** A figure of the package's own, which takes the colours of the page's scheme. */
import { type Figure as FigureData, figureToSvg } from 'hopfield-wasm/experiments';
import { useMemo } from 'preact/hooks';

export function Figure({ figure, width }: { figure: FigureData; width: number }) {
  const html = useMemo(() => figureToSvg(figure, { width }), [figure, width]);
  return <div class="figure" dangerouslySetInnerHTML={{ __html: html }} />;
}
