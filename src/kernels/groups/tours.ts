/** Closed tours, shortened. */
import type { TourKernels } from '../abi/tours.ts';
import { bytes } from '../bytes/tours.ts';
import type { Group } from '../group.ts';
import { improveTour, lengthTour } from '../reference/tours.ts';

export type ToursGroup = TourKernels;

export const toursKernels: Group<ToursGroup> = { bytes, twins: { improveTour, lengthTour } };
