/** A modern Hopfield network for pictures, with a β at which single ones come back. */

import { ln } from '../../../elementary.ts';
import type { Picture } from '../../../io/index.ts';
import { diagnose, ModernHopfieldNetwork } from '../../../index.ts';
import { blame } from '../../failure.ts';
import { modernSeparation, type ModelFlags } from '../models.ts';

/** How much less than the best any other picture is to weigh: not seen in 8 bits, even of many. */
const UNSEEN = 1e-6;

/** @returns the network, and what there is to say of it */
export function storePictures(
  pictures: readonly Picture[],
  options: ModelFlags,
): { network: ModernHopfieldNetwork; warnings: string[] } {
  const { similarity = 'euclidean', backend = 'auto', nothing, beta } = options;
  // Where softmax comes to rest does not depend on how similar nothing is: it would end at a picture, whatever the cue.
  const usual = nothing === undefined ? 'softmax' : 'sparsemax';
  const separation = modernSeparation(options.separation ?? { name: usual });
  const vectors = pictures.map(({ data }) => data);
  const make = (inverse: number | undefined) =>
    new ModernHopfieldNetwork(vectors[0].length, {
      similarity,
      separation,
      beta: inverse,
      nothing,
      backend,
    }).store(vectors);
  // Its β is that of its radius.
  const radial = typeof separation === 'object' && separation.name === 'log-sum-relu';
  return blame('training', () => {
    const first = make(beta ?? (radial ? undefined : 1));
    const { each, first: own, enough, sentence } = diagnose(first);
    const averages = beta !== undefined && enough !== null && enough > beta;
    const warnings = own < each.length || averages ? [sentence] : [];
    if (radial || beta !== undefined) return { network: first, warnings };
    const leads = each.map(({ lead }) => lead ?? 0).filter((lead) => lead > 0);
    const least = leads.reduce((a, b) => Math.min(a, b), Infinity);
    if (least === Infinity) return { network: first, warnings };
    first.dispose();
    // Three digits, so that it can be typed.
    return { network: make(Number((-ln(UNSEEN) / least).toPrecision(3))), warnings };
  });
}
