/** The text in quotes, cut to 40 characters, with everything invisible or foreign as its code. */
export function quote(text: string): string {
  const shown = JSON.stringify(text.slice(0, 40)).replace(
    /[^ -~]/gu,
    (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
  return text.length > 40 ? `${shown}…` : shown;
}
