/** A modern Hopfield network for pictures, with a β at which single ones come back. */

import { ln } from '../../../elementary.ts';
import type { Picture } from '../../../io/index.ts';
import { diagnose, ModernHopfieldNetwork } from '../../../index.ts';
import { separationName } from '../../../models/modern/separations.ts';
import { blame } from '../../failure.ts';
import { modernSeparation, type ModelFlags } from '../models.ts';

/** How much less than the best any other picture is to weigh: not seen in 8 bits, even of many. */
const UNSEEN = 1e-6;

/** @returns the network, and what there is to say of it */
export function storePictures(
  pictures: readonly Picture[],
  options: ModelFlags,
): { network: ModernHopfieldNetwork; warnings: string[] } {
  const { similarity = 'euclidean', backend = 'auto', beta } = options;
  const vectors = pictures.map(({ data }) => data);
  const dimension = vectors[0].length;
  // With softmax every cue comes to a picture in the end, though the first update be next to nothing.
  const usual = options.nothing === undefined ? 'softmax' : 'sparsemax';
  const separation = modernSeparation(options.separation ?? { name: usual }, dimension);
  const nothing =
    options.nothing !== undefined && similarity === 'euclidean'
      ? -0.5 * dimension * options.nothing ** 2
      : options.nothing;
  const make = (inverse?: number) =>
    new ModernHopfieldNetwork(dimension, {
      similarity,
      separation,
      beta: inverse,
      nothing,
      backend,
    }).store(vectors);
  return blame('training', () => {
    // Its radius is its β.
    if (separationName(separation) === 'log-sum-relu') return { network: make(beta), warnings: [] };
    const first = make(beta ?? 1);
    const { each, first: own, enough, sentence } = diagnose(first);
    const averages = beta !== undefined && enough !== null && enough > beta;
    const warnings = own < each.length || averages ? [sentence] : [];
    if (beta !== undefined) return { network: first, warnings };
    const leads = each.map(({ lead }) => lead ?? 0).filter((lead) => lead > 0);
    const least = leads.reduce((a, b) => Math.min(a, b), Infinity);
    if (least === Infinity) return { network: first, warnings };
    first.dispose();
    // Three digits, so that it can be typed.
    return { network: make(Number((-ln(UNSEEN) / least).toPrecision(3))), warnings };
  });
}
