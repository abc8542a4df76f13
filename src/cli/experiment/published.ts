/** `hopfield experiment published`: figures of the literature, measured again, on one page. */

import { agrees, PUBLISHED, type Ask } from '../../experiments/published/index.ts';
import { blame, EXIT, Failure, type Result } from '../failure.ts';
import { interruptible } from '../interrupt.ts';
import { checkOutput, writeOutput } from '../output-file.ts';
import { progressBars } from '../progress.ts';
import { pageOf, type Terminal } from '../terminal.ts';
import { wrap } from '../words.ts';
import { withWorkers } from './workers.ts';
import { cellsOf, htmlPage, markdownPage, type Chapter } from './published-page.ts';

const WRITERS: Record<string, (chapters: readonly Chapter[]) => string> = {
  html: htmlPage,
  md: markdownPage,
};

/** @throws Failure for a file that is written in no known way */
export function checkPage(path: string): string {
  if (writerOf(path)) return path;
  throw new Failure(`${path}: expected a name that ends in .html or .md`);
}

function writerOf(path: string) {
  const [, extension = ''] = /\.([a-z]+)$/.exec(path) ?? [];
  return Object.hasOwn(WRITERS, extension) ? WRITERS[extension] : undefined;
}

export interface PublishedFlags {
  all?: boolean;
  workers?: number;
  output?: string[];
}

export async function publishedCommand(
  { all = false, workers = 1, output = [] }: PublishedFlags,
  terminal: Terminal,
): Promise<Result> {
  for (const path of output) blame(path, () => checkOutput(path, {}));
  const chosen = PUBLISHED.filter(({ long }) => all || !long);
  const bar = progressBars(terminal)('Measuring', 'publications');
  const chapters: Chapter[] = [];
  try {
    await interruptible(
      (signal) =>
        withWorkers(workers, async (run) => {
          const ask: Ask = async (experiment) => {
            const results = [];
            for await (const result of run(experiment, { signal })) results.push(result);
            return results;
          };
          for (const { title, paper, measure } of chosen) {
            bar?.(Math.max(chapters.length, 0.001), chosen.length, `, ${title}`);
            chapters.push({ title, paper, ...(await measure(ask)) });
          }
        }),
      () => `interrupted after ${chapters.length} of ${chosen.length} publications`,
    );
  } finally {
    bar?.(chosen.length, chosen.length);
  }
  for (const path of output) blame(path, () => writeOutput(path, writerOf(path)!(chapters)));
  return agreement(chapters, output, pageOf(terminal).width);
}

/** All values, and how many of them agree: the exit code says whether all do. */
export function agreement(
  chapters: readonly Chapter[],
  output: readonly string[],
  width: number,
): Result {
  const findings = chapters.flatMap((chapter) => chapter.findings);
  const right = findings.filter(agrees).length;
  const written = output.length > 0 ? `; written: ${output.join(', ')}` : '';
  const closing = `${right} of ${findings.length} published values agree${written}`;
  return {
    output: `${textOf(chapters, width)}\n${closing}\n`,
    warnings: [],
    exitCode: right === findings.length ? EXIT.success : EXIT.unfinished,
  };
}

/** One line a value; what is measured goes below where it is too long. */
function textOf(chapters: readonly Chapter[], width: number): string {
  const lines = chapters.flatMap(({ title, paper, findings, remark = '' }) => [
    title,
    ...wrap(paper.split(' '), width),
    ...findings.flatMap((finding) => {
      const { published, measured, agree } = cellsOf(finding);
      const what = wrap(finding.what.split(' '), width - 4).map((line) => `  ${line}`);
      return [...what, `    published ${published}, measured ${measured}: ${agree}`];
    }),
    ...wrap(remark.split(' '), width),
    '',
  ]);
  return `${lines.join('\n')}`;
}
