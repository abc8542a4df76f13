/** Files for the reader. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const SVG = 'http://www.w3.org/2000/svg';
/** What a picture by itself has not from the page's style sheet. */
const LOOK = ['fill', 'stroke', 'stroke-width', 'stroke-linejoin', 'font', 'opacity'] as const;
/** Pixels for each of the page's, where a figure is drawn anew. */
const SCALE = 2;

/** The first canvas or drawing inside, as a PNG on the page's paper. */
export async function savePng(within: Element, name: string): Promise<void> {
  const picture = within.querySelector<HTMLCanvasElement | SVGSVGElement>('canvas, svg');
  if (!picture) return;
  const drawn = picture instanceof HTMLCanvasElement ? picture : await imageOf(picture);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [drawn.width, drawn.height];
  const context = canvas.getContext('2d')!;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && download(`${name}.png`, blob));
}

async function imageOf(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const { width, height } = svg.getBoundingClientRect();
  const alone = svg.cloneNode(true) as SVGSVGElement;
  const copies = [alone, ...alone.querySelectorAll('*')];
  for (const [k, original] of [svg, ...svg.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(original);
    for (const property of LOOK) {
      (copies[k] as SVGElement).style?.setProperty(property, style.getPropertyValue(property));
    }
  }
  alone.setAttribute('xmlns', SVG);
  alone.setAttribute('width', `${SCALE * width}`);
  alone.setAttribute('height', `${SCALE * height}`);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(alone))}`;
  await image.decode();
  return image;
}
