/** Elements of SVG as text. */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from outside as XML may hold it: markup escaped, what XML has no place for (controls, half characters) replaced, and line ends as spaces. */
export function escape(value: string): string {
  return String(value)
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITIES[c]);
}

export type Attributes = Record<string, string | number>;

/** `content` is markup; attributes are text. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escape(String(value))}"`,
  );
  return content === ''
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${content}</${name}>`;
}

export function textElement(content: string, attributes: Attributes): string {
  return element('text', attributes, escape(content));
}

/** A coordinate, to a tenth of a pixel. */
export function coordinate(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Of text, in pixels. */
export const SIZE = 13;

/** Where things are, in the units of the picture. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
