/** Figures of the literature that are measured: one more is an entry of a list beside this file, and a list is a line here. */
import { CAPACITY } from './capacity.ts';
import { PHYSICS } from './physics.ts';
import { STATES } from './states.ts';
import type { Publication } from './publication.ts';

export const PUBLISHED: readonly Publication[] = [...CAPACITY, ...PHYSICS, ...STATES];

export { agrees, type Ask, type Finding, type Publication } from './publication.ts';
