import { visible } from '../visible.ts';

export { visible };

/** A JSON document to print, indented unless `lines` says how. */
export function jsonText(document: unknown): string {
  const lines = JSON.stringify(document, null, 2).split('\n');
  return `${lines.map(visible).join('\n')}\n`;
}
