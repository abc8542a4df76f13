/** The page of `hopfield experiment published`, as HTML with figures inside, and as Markdown. */

import { agrees, type Finding } from '../../experiments/published/index.ts';
import type { Figure } from '../../experiments/index.ts';
import { figureToSvg } from '../../plot/index.ts';
import { version } from '../../../package.json';

/** One publication. */
export interface Chapter {
  title: string;
  paper: string;
  findings: Finding[];
  remark?: string;
  figure?: Figure;
}

const TITLE = 'Published figures, measured';
const ABOUT =
  `Written by \`hopfield experiment published\`, version ${version}, with fixed seeds. Errors are standard errors between ` +
  'networks. A value agrees when it is in the 95 % interval, widened by the tolerance: what finite networks are away from the ' +
  'theory of infinite ones, or what a paper rounds.';
const HEADINGS = ['what', 'published', 'measured', 'tolerance', ''];

function rowsOf({ findings }: Chapter): string[][] {
  return findings.map((finding) => {
    const { published, measured, agree } = cellsOf(finding);
    return [finding.what, published, measured, String(finding.tolerance), agree];
  });
}

export function markdownPage(chapters: readonly Chapter[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const parts = chapters.map((chapter) =>
    [
      `## ${chapter.title}`,
      '',
      `${chapter.paper}.`,
      '',
      row(HEADINGS),
      row(HEADINGS.map(() => '---')),
      ...rowsOf(chapter).map(row),
      ...(chapter.remark ? ['', chapter.remark] : []),
    ].join('\n'),
  );
  return `# ${TITLE}\n\n${ABOUT}\n\n${parts.join('\n\n')}\n`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #8886; }
td:nth-child(n + 2) { white-space: nowrap; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; margin-top: 1rem; }
.paper { color: #888; }`;

export function htmlPage(chapters: readonly Chapter[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const parts = chapters.map((chapter) => {
    const figure = chapter.figure ? `\n${figureToSvg(chapter.figure)}` : '';
    const remark = chapter.remark ? `\n<p>${escaped(chapter.remark)}</p>` : '';
    return `<h2>${escaped(chapter.title)}</h2>
<p class="paper">${escaped(chapter.paper)}</p>
<table>
${[cells('th', HEADINGS), ...rowsOf(chapter).map((row) => cells('td', row))].join('\n')}
</table>${remark}${figure}`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${TITLE}</title>
<style>${STYLE}
</style>
<h1>${TITLE}</h1>
<p>${escaped(ABOUT).replaceAll(/`([^`]*)`/g, '<code>$1</code>')}</p>
${parts.join('\n')}
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Numbers as they are shown. */
export function cellsOf(finding: Finding): { published: string; measured: string; agree: string } {
  const { published, measured } = finding;
  const error = measured.error === undefined ? '' : ` ± ${measured.error.toFixed(4)}`;
  return {
    published: String(Number(published.toFixed(4))),
    measured: `${measured.value.toFixed(4)}${error}`,
    agree: agrees(finding) ? 'agrees' : 'does not agree',
  };
}
