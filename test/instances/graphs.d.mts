import type { Graph } from '../../src/optimise/index.ts';

export function mycielski(k: number): Graph;
export function queenGraph(n: number): Graph;
