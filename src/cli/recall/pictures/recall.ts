/** `hopfield recall --model modern`: store pictures, damage them, recall, write, report. */

import { writeNpy, writePicture, type Picture } from '../../../io/index.ts';
import { drawSeed } from '../../../random.ts';
import { coveredNeurons } from '../../disturb.ts';
import { EXIT, Failure, type Result } from '../../failure.ts';
import { isStandard, systemPath } from '../../input-file.ts';
import { depthFor, pageOf, type Terminal } from '../../terminal.ts';
import { noiseOf, type RecallFlags } from '../options.ts';
import { tasksFrom } from '../tasks.ts';
import { writerTo, type Formats } from '../write-patterns.ts';
import { pictureDocument } from './document.ts';
import { openGalleries } from './gallery.ts';
import { storePictures } from './network.ts';
import type { PictureOutcome } from './outcome.ts';
import { pictureReport, pictureSummary } from './report.ts';
import { runPictureTrials, spoils } from './trial.ts';

/** Of how many pictures `--verbose` tells the weights. */
const TOP = 5;

const FORMATS: Formats<Picture[]> = {
  files: {
    '.npy': (pictures) => {
      const [{ data, shape }] = pictures;
      const all = new Float32Array(pictures.length * data.length);
      pictures.forEach((picture, k) => all.set(picture.data, k * data.length));
      return writeNpy(all, [pictures.length, ...shape]);
    },
  },
  picture: (pictures, k) => writePicture(pictures[k]),
};

export function recallPictures(
  file: string | undefined,
  options: RecallFlags,
  terminal: Terminal,
): Result {
  const { seed = drawSeed(), repeat = 1, steps = Infinity, occlude, output, cue } = options;
  if (output !== undefined && isStandard(output)) {
    throw new Failure(
      '--output -: pictures in grey or colour are no grid text; name a file or folder',
    );
  }
  const { stored, cues } = openGalleries(file, options);
  const ready = cue !== undefined;
  const [rows, columns] = stored.patterns[0].shape;
  const mask = occlude && coveredNeurons(rows * columns, columns, occlude);
  const noise = noiseOf(options);
  const tasks = tasksFrom(cues, options.pattern, ready ? undefined : spoils(noise, mask));
  const inputs = { FILE: file && systemPath(file), '--cue': cue && systemPath(cue) };
  const write =
    output === undefined ? undefined : writerTo(output, tasks.length * repeat, inputs, FORMATS);

  const { network, warnings } = storePictures(stored.patterns, options);
  const trials = runPictureTrials(network, stored.patterns, tasks, repeat, {
    seed,
    steps,
    ...(options.verbose && { top: TOP }),
  });
  const mistaken = trials.some(({ task, exact, match }) => task.original && match && !exact);
  if (occlude && mistaken && network.similarity === 'euclidean') {
    warnings.push(
      'euclidean counts what is covered as black, and so prefers dark pictures; --similarity cosine minds it less',
    );
  }
  write?.(trials.map(({ state }) => state));

  const outcome: PictureOutcome = {
    network,
    stored,
    cues: { source: cues.source, ready },
    noise,
    cover: occlude,
    seed,
    repeat,
    trials,
    warnings,
  };
  const exitCode = trials.every(({ converged }) => converged) ? EXIT.success : EXIT.unfinished;
  const page = pageOf(terminal);
  const render = () => {
    if (options.json) return pictureDocument(outcome, options.verbose ?? false, exitCode);
    if (options.quiet) return `${pictureSummary(outcome, page.colours)}\n`;
    const depth = depthFor(page.colours, terminal.env);
    return pictureReport(outcome, { ...page, depth, all: options.pattern !== undefined });
  };
  return { output: render(), warnings, exitCode };
}
