/** The panels, in the order of the page. */
import type { Panel } from '../panel.ts';
import { recall } from './recall.tsx';

export const PANELS: readonly Panel[] = [recall];
