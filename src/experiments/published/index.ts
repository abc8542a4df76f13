/** Figures of the literature that are measured: one more is an entry of a list beside this file, and a list is a line here. */
import { CAPACITY } from './capacity.ts';
import { LEARNING_FIGURES } from './learning.ts';
import { OF_1982 } from './of1982.ts';
import { PHYSICS } from './physics.ts';
import { STATES } from './states.ts';
import { TOURS } from './tours.ts';
import type { Publication } from './publication.ts';

export const PUBLISHED: readonly Publication[] = [
  ...OF_1982,
  ...CAPACITY,
  ...LEARNING_FIGURES,
  ...PHYSICS,
  ...STATES,
  ...TOURS,
];

export { agrees, type Ask, type Finding, type Publication } from './publication.ts';
