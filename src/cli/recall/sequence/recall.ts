/** `hopfield recall --model sequence`: store patterns in their order, damage the first, replay the rest, write, report. */

import { writeGrid } from '../../../io/index.ts';
import type { SequenceMemory } from '../../../index.ts';
import { drawSeed } from '../../../random.ts';
import { coveredNeurons } from '../../disturb.ts';
import { blame, EXIT, type Result } from '../../failure.ts';
import { isStandard, systemPath } from '../../input-file.ts';
import { columnsOf, neuronsIn, shapeFrom } from '../../library.ts';
import { pageOf, type Terminal } from '../../terminal.ts';
import { makeSequenceMemory } from '../models.ts';
import { neuronsOf } from '../network.ts';
import { noiseOf, type RecallFlags } from '../options.ts';
import { cuePatterns, givenPatterns } from '../source.ts';
import { flips, tasksFrom } from '../tasks.ts';
import { patternWriter } from '../write-patterns.ts';
import { sequenceDocument } from './document.ts';
import type { SequenceOutcome } from './outcome.ts';
import { replays } from './replay.ts';
import { sequenceReport, sequenceSummary } from './report.ts';

export function recallSequence(
  file: string | undefined,
  options: RecallFlags,
  terminal: Terminal,
): Result {
  const { seed = drawSeed(), repeat = 1, occlude, output, cue, cyclic } = options;
  const stored = givenPatterns(file, options)!;
  const cues = cuePatterns(options, stored, stored);
  const shape = shapeFrom([cues.shape, stored.shape], options.shape);
  const mask = occlude && coveredNeurons(neuronsIn(shape), columnsOf(shape), occlude);
  const ready = cue !== undefined;
  const noise = noiseOf(options);
  const { pattern = ready ? undefined : [1] } = options;
  const tasks = tasksFrom(cues, pattern, ready ? undefined : flips(noise, mask));
  const { steps = stored.patterns.length * (options.hold ?? 1) } = options;
  const inputs = { FILE: file && systemPath(file), '--cue': cue && systemPath(cue) };
  const piped = output !== undefined && isStandard(output);
  const write =
    output === undefined || piped
      ? undefined
      : patternWriter(output, tasks.length * repeat * steps, inputs);

  const memory = blame('training', () =>
    makeSequenceMemory(neuronsOf(stored), options).store(stored.patterns, { cyclic }),
  );
  const outcome: SequenceOutcome = {
    memory,
    stored,
    shape,
    cues: { source: cues.source, ready },
    noise,
    cover: occlude,
    clamp: false,
    seed,
    repeat,
    steps,
    replays: replays(memory, stored.patterns, tasks, { seed, repeat, steps }),
    warnings: warningsOf(memory),
  };
  const found = {
    patterns: outcome.replays.flatMap(({ turns }) => turns.map(({ state }) => state)),
    shape,
  };
  write?.(found);
  const page = pageOf(terminal, piped ? terminal.stderr : terminal.stdout);
  const render = () => {
    if (options.json) return sequenceDocument(outcome, EXIT.success);
    if (options.quiet) return `${sequenceSummary(outcome, page.colours)}\n`;
    const { verbose = false } = options;
    return sequenceReport(outcome, { ...page, verbose, all: options.pattern !== undefined });
  };
  const rest = { warnings: outcome.warnings, exitCode: EXIT.success };
  if (piped) return { output: writeGrid(found), aside: render(), ...rest };
  return { output: render(), ...rest };
}

/** Patterns that stay for ever. */
function warningsOf({ dwell, slowness }: SequenceMemory): string[] {
  if (dwell < Infinity) return [];
  return [
    `at --strength ${slowness!.strength} no pattern calls for the next: each that is reached is held for ever`,
  ];
}
