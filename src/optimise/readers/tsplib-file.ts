/** What all TSPLIB files have in common: `KEYWORD : value` lines, and sections of data (Reinelt 1995, TSPLIB 95). */
import { Lines, type Line } from '../../lines.ts';
import { amiss, integerIn, unexpected } from './lines.ts';

/** A value or a section, and where it is. */
interface Field {
  readonly value: string;
  readonly line: number;
}

interface Section {
  readonly line: number;
  readonly data: readonly Line[];
  /** The line with which it ends: that of the next keyword, or the last of the text. */
  readonly end: number;
}

/** The section whose data end with −1. */
export const TOUR = 'TOUR_SECTION';

/** The keywords and sections of a file, in capitals or not. */
export class TsplibFile {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #sections: ReadonlyMap<string, Section>;
  /** Number of the last line. */
  readonly end: number;

  /** @param known - the sections that can be read; others would change the meaning, so they are rejected */
  constructor(text: string, known: readonly string[]) {
    const fields = new Map<string, Field>();
    const sections = new Map<string, Section>();
    const lines = new Lines(text);
    let data: Line[] | undefined;
    let open: { name: string; line: number } | undefined;
    const close = (end: number) => {
      // Some files end every section as tours end.
      if (open && open.name !== TOUR && data!.at(-1)?.text === '-1') data!.pop();
      if (open) sections.set(open.name, { line: open.line, data: data!, end });
      open = undefined;
    };
    for (const line of lines) {
      const at = line.number;
      if (open && !/^[a-z]/i.test(line.text)) {
        data!.push(line);
        continue;
      }
      close(at);
      const [, word, value] = /^([A-Z][A-Z0-9_]*)\s*(?:[:=]\s*(.*))?$/is.exec(line.text) ?? [];
      const name = word?.toUpperCase();
      if (name === 'EOF') {
        break;
      }
      const before = fields.get(name) ?? sections.get(name);
      if (before && name !== 'COMMENT') {
        throw unexpected(at, line.text, `${name} once; it is in line ${before.line}`);
      }
      if (name?.endsWith('_SECTION') && !value) {
        if (!known.includes(name)) throw unexpected(at, name, known.join(' or '));
        open = { name, line: at };
        data = [];
      } else if (value !== undefined) {
        const joined = before && fields.get(name) ? `${fields.get(name)!.value}\n${value}` : value;
        fields.set(name, { value: joined, line: before?.line ?? at });
      } else {
        throw unexpected(at, line.text, '"KEYWORD : value", a section or EOF');
      }
    }
    this.end = lines.last;
    close(this.end);
    this.#fields = fields;
    this.#sections = sections;
  }

  /** The value of a keyword, '' when it is not there. */
  value(keyword: string): string {
    return this.#fields.get(keyword)?.value ?? '';
  }

  /** The line of a keyword, or the last one when it is not there. */
  lineOf(keyword: string): number {
    return this.#fields.get(keyword)?.line ?? this.end;
  }

  /** The first word of a keyword's value, one of those expected. */
  choice<T extends string>(keyword: string, expected: readonly T[]): T {
    const field = this.#fields.get(keyword);
    if (!field) throw amiss(this.end, `no ${keyword} in the text`, expected.join(', '));
    const word = field.value.split(/\s+/)[0];
    const found = expected.find((name) => name === word);
    if (!found) throw unexpected(field.line, field.value, `${keyword} ${expected.join(', ')}`);
    return found;
  }

  /** DIMENSION, if it is there. */
  dimension(most: number): number | undefined {
    const field = this.#fields.get('DIMENSION');
    return field && integerIn(field.value, field.line, 'DIMENSION', 1, most);
  }

  section(name: string): Section | undefined {
    return this.#sections.get(name);
  }

  /** A section that must be there. */
  needed(name: string, why: string): Section {
    const section = this.#sections.get(name);
    if (!section) throw amiss(this.end, `no ${name} in the text`, `one, because of ${why}`);
    return section;
  }
}
