/**
 * Text from outside (a file, a file's name, an argument, a label) as people are shown it: what would act on the terminal or
 * turn the line around is shown as its code. These are the control characters (C0, DEL, C1), those of bidirectional
 * text (Unicode TR 9), and the line and paragraph separators. The codes are those of JSON, so that a JSON document is
 * still the same one.
 */

const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

export function visible(text: string): string {
  return text.replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
