/**
 * Attention to pairs, head by head: A_jk = softmax over pairs of β·Σ_d Q_d K_jd L_kd + masks, Σ_jk A_jk (V_j∘U_k).
 *
 * Where V = K and U = L this is a Hopfield update among the P² patterns K_j∘L_k; each update but the last is one. No
 * weights are kept: two statistics of each state are enough to compute them again.
 */
import { exp } from '../elementary.ts';
import type { LayerGroup } from '../kernels/groups/layers.ts';
import { pairsScratch } from '../kernels/layout.ts';
import type { PairKernels } from '../kernels/abi/pairs.ts';
import type { Address } from '../numbers.ts';
import type { Pass } from './arena.ts';
import { Sight } from './energy.ts';
import { maskAt, type LaidMasks } from './masks.ts';

/** What is the same in every call of a module. */
export interface PairRule {
  readonly heads: number;
  /** Columns of a head. */
  readonly width: number;
  /** β of each head. */
  readonly betas: readonly number[];
  readonly updateSteps: number;
  /** Members and partners up to state i that it sees; 0 for every one. */
  readonly windows: readonly [number, number];
}

export interface PairSizes {
  readonly batch: number;
  readonly states: number;
  readonly stored: number;
}

/** Addresses: Q [batch·states, hidden], of the stored patterns K, L, V and U [batch·stored, hidden]. */
export interface PairBlocks {
  readonly q: Address;
  readonly k: Address;
  readonly l: Address;
  readonly v: Address;
  readonly u: Address;
}

/** Statistics of a state: the largest score, one over the sum of weights, and in backward the mean slope. */
const STATS = 3;

/** Everything that both directions are given. */
export interface PairCall {
  readonly pass: Pass<LayerGroup & PairKernels>;
  readonly rule: PairRule;
  readonly sizes: PairSizes;
  readonly masks: LaidMasks;
  /** The score of the blank pair in each head; undefined: there is none. */
  readonly blanks: Float32Array | undefined;
}

/** Singles in the statistics of one update. */
export function statsCount({ heads }: PairRule, { batch, states }: PairSizes): number {
  return STATS * batch * heads * states;
}

/** One update of all heads: out [batch·states, hidden] and `stats`, f32[batch, heads, states, 3]. */
export function attendPairs(
  call: PairCall,
  out: Address,
  stats: Address,
  blocks: PairBlocks,
): void {
  const { pass, rule, sizes, masks, blanks } = call;
  const { states, stored } = sizes;
  const work = pass.take(pairsScratch(stored, rule.width) / 4);
  eachHead(call, (head, offsets, mask) => {
    const { ofStates, ofStored, ofStats } = offsets;
    const beta = rule.betas[head];
    pass.kernels.attendPairsF32(
      out + ofStates,
      stats + ofStats,
      blocks.q + ofStates,
      blocks.k + ofStored,
      blocks.l + ofStored,
      blocks.v + ofStored,
      blocks.u + ofStored,
      mask,
      work,
      beta,
      blanks ? Math.fround(beta) * blanks[head] : -Infinity,
      states,
      stored,
      rule.width,
      rule.heads * rule.width,
      masks.rowStep,
      ...rule.windows,
    );
  });
}

/** From g, the gradient of `out`: those of the blocks gain theirs, and so does that of the blank pair. */
export function attendPairsBackward(
  call: PairCall,
  gradients: PairBlocks,
  dBlanks: Float32Array | undefined,
  g: Address,
  out: Address,
  stats: Address,
  blocks: PairBlocks,
): void {
  const { pass, rule, sizes, masks, blanks } = call;
  const { states, stored } = sizes;
  const work = pass.take(pairsScratch(stored, rule.width) / 4);
  eachHead(call, (head, offsets, mask) => {
    const { ofStates, ofStored, ofStats } = offsets;
    const beta = rule.betas[head];
    pass.kernels.attendPairsBackwardF32(
      gradients.q + ofStates,
      gradients.k + ofStored,
      gradients.l + ofStored,
      gradients.v + ofStored,
      gradients.u + ofStored,
      stats + ofStats,
      g + ofStates,
      out + ofStates,
      blocks.q + ofStates,
      blocks.k + ofStored,
      blocks.l + ofStored,
      blocks.v + ofStored,
      blocks.u + ofStored,
      mask,
      work,
      beta,
      states,
      stored,
      rule.width,
      rule.heads * rule.width,
      masks.rowStep,
      ...rule.windows,
    );
    if (!blanks || !dBlanks) return;
    // The blank pair's value is 0, so that its slope is what all others lack: −D.
    const view = pass.view(stats + ofStats, STATS * states);
    const t = Math.fround(Math.fround(beta) * blanks[head]);
    let sum = 0;
    for (let i = 0; i < view.length; i += STATS) {
      sum -= exp(t - view[i]) * view[i + 1] * view[i + 2];
    }
    dBlanks[head] += beta * sum;
  });
}

/** The weights of one state's pairs, [stored, stored], computed in doubles. */
export function pairWeights(
  call: PairCall,
  { q, k, l }: PairBlocks,
  sample: number,
  head: number,
  state: number,
): Float32Array {
  const { rule, sizes, blanks } = call;
  const { stored } = sizes;
  const weights = new Float64Array(stored * stored);
  const beta = rule.betas[head];
  const blank = blanks ? beta * blanks[head] : -Infinity;
  let largest = blank;
  weights.fill(-Infinity);
  eachPair(call, { q, k, l }, sample, head, state, (j, p, t) => {
    weights[j * stored + p] = t;
    if (t > largest) largest = t;
  });
  if (largest === -Infinity) return new Float32Array(weights.length);
  let sum = exp(blank - largest);
  for (let n = 0; n < weights.length; n++) sum += weights[n] = exp(weights[n] - largest);
  return Float32Array.from(weights, (w) => w / sum);
}

/** Energies of the states q among the patterns K_j∘L_k, into `energies`, [batch, heads, states]. */
export function pairEnergies(call: PairCall, blocks: PairBlocks, energies: Float32Array): void {
  const { rule, sizes, blanks, pass } = call;
  const { heads, width, betas } = rule;
  const { batch, states } = sizes;
  const sight = new Sight();
  for (let sample = 0; sample < batch; sample++) {
    for (let head = 0; head < heads; head++) {
      for (let state = 0; state < states; state++) {
        sight.clear();
        if (blanks) sight.add(betas[head] * blanks[head], 0);
        eachPair(call, blocks, sample, head, state, (_j, _p, t, square) => sight.add(t, square));
        const row = (sample * states + state) * heads * width + head * width;
        const square = pass.view(blocks.q + 4 * row, width).reduce((sum, x) => sum + x * x, 0);
        energies[(sample * heads + head) * states + state] = sight.energy(
          betas[head],
          square,
          blanks === undefined,
        );
      }
    }
  }
}

/** The pairs that a state sees, with t = β·score + masks and ‖K_j∘L_k‖². */
function eachPair(
  { pass, rule, sizes, masks }: PairCall,
  { q, k, l }: Pick<PairBlocks, 'q' | 'k' | 'l'>,
  sample: number,
  head: number,
  state: number,
  visit: (j: number, p: number, t: number, square: number) => void,
): void {
  const { heads, width, betas, windows } = rule;
  const { states, stored } = sizes;
  const hidden = heads * width;
  const row = (block: number, at: number) =>
    pass.view(block + 4 * (at * hidden + head * width), width);
  const query = row(q, sample * states + state);
  const mask = maskAt(masks, sample, head);
  const added = mask && pass.view(mask + 4 * state * masks.rowStep, stored);
  const sees = (j: number, window: number) => window === 0 || (j <= state && j > state - window);
  for (let j = 0; j < stored; j++) {
    if (!sees(j, windows[0])) continue;
    const member = row(k, sample * stored + j);
    for (let p = 0; p < stored; p++) {
      if (!sees(p, windows[1])) continue;
      const partner = row(l, sample * stored + p);
      let score = 0;
      let square = 0;
      for (let d = 0; d < width; d++) {
        const x = member[d] * partner[d];
        score += query[d] * x;
        square += x * x;
      }
      const t = betas[head] * score;
      visit(j, p, added ? t + (added[j] + added[p]) : t, square);
    }
  }
}

/** Where the parts of a head of a sample begin, in bytes. */
interface Offsets {
  readonly ofStates: number;
  readonly ofStored: number;
  readonly ofStats: number;
}

function eachHead(
  { rule, sizes, masks }: PairCall,
  visit: (head: number, offsets: Offsets, mask: number) => void,
): void {
  const { heads, width } = rule;
  const { batch, states, stored } = sizes;
  const hidden = heads * width;
  for (let sample = 0; sample < batch; sample++) {
    for (let head = 0; head < heads; head++) {
      const column = head * width;
      const offsets = {
        ofStates: 4 * (sample * states * hidden + column),
        ofStored: 4 * (sample * stored * hidden + column),
        ofStats: 4 * STATS * (sample * heads + head) * states,
      };
      visit(head, offsets, maskAt(masks, sample, head));
    }
  }
}
