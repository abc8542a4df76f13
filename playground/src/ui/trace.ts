/** The recall that the page is about, as panels share it. */
import type { State } from '../state.ts';
import type { Trace } from '../tasks/trace.ts';
import { answerHere, type Found, useTask } from '../worker.ts';

/** What a recall is made of. */
type Asked = Pick<State, 'size' | 'patterns' | 'cue' | 'model' | 'seed' | 'update'>;

const question = ({ size, patterns, cue, model, seed, update }: Asked) => ({
  size,
  patterns,
  cue,
  model,
  seed,
  update,
});

export function useTrace(asked: Asked): Found<Trace> {
  const given = question(asked);
  return useTask('trace', () => given, Object.values(given));
}

/** Makes it on the page's thread, before any panel asks. */
export function traceHere(asked: Asked): Promise<void> {
  const given = question(asked);
  return answerHere('trace', given, Object.values(given));
}
