/**
 * Simplicial attention: states look among pairs of stored patterns (third-order attention of Sanford, Hsu & Telgarsky
 * 2023; the idea is Clift et al. 2019; windows are those of Roy et al. 2025).
 */
import { checkNumber, checkOptions } from '../checks.ts';
import type { LayerGroup } from '../kernels/groups/layers.ts';
import { pairKernels } from '../kernels/groups/pairs.ts';
import type { PairKernels } from '../kernels/abi/pairs.ts';
import type { Machine } from '../kernels/open.ts';
import { arena, inArena, type Pass } from './arena.ts';
import type { AssociationGradients, AssociationInputs } from './association.ts';
import { checkInputs, type CheckedInputs } from './attention-inputs.ts';
import { Branch, type BranchBlocks } from './branch.ts';
import { layMasks, type LaidMasks } from './masks.ts';
import { ParameterOwner, type Module, type Parameter } from './module.ts';
import {
  attendPairs,
  attendPairsBackward,
  pairEnergies,
  pairWeights,
  statsCount,
  type PairBlocks,
  type PairCall,
  type PairSizes,
} from './pair-attention.ts';
import {
  checkSimplicialOptions,
  WAYS,
  type SimplicialAssociationOptions,
  type SimplicialPlan,
  type Way,
} from './simplicial-options.ts';
import { checkTensor, tensor, type Tensor } from './tensor.ts';

type Ways<T> = Readonly<Record<Way, T>>;

/** Streams of the seed: those of an Association, then others. */
const STREAMS = { state: 0, stored: 1, values: 2, output: 3, partners: 7, partnerValues: 8 };

/** Which input goes each way. */
const INPUTS = {
  state: 'state',
  stored: 'stored',
  partners: 'stored',
  values: 'values',
  partnerValues: 'values',
} as const;

/** What the last forward left for backward. */
interface Trace {
  readonly sizes: PairSizes;
  readonly separateValues: boolean;
  readonly ways: Ways<Float32Array>;
  readonly output: Float32Array;
  /** The states after each update but the last, and statistics of every update. */
  readonly moved: Float32Array[];
  readonly stats: Float32Array[];
  readonly masks: LaidMasks;
  readonly maskNumbers: Float32Array;
  readonly blanks: Float32Array | undefined;
}

/**
 * An association whose states look among pairs (j, k) of stored patterns. With a member j on its way to K and V, and a
 * partner k on another to L and U, in each head
 *
 *     A_jk = softmax over pairs of β·Σ_d Q_d K_jd L_kd + mask_j + mask_k
 *     result = concat(Σ_jk A_jk V_j∘U_k)W_o + b
 *
 * For each further update Q ← Σ_jk A_jk K_j∘L_k first: that of a modern Hopfield network with the P² patterns
 * K_j∘L_k. j = k is a pair too. A pair is left out when a mask or the window leaves out one of the two; a state that
 * sees none gets 0. With `blank` there is one pair more, of value 0. Parameters: `state.…`, `stored.…` (K),
 * `partners.…` (L), `values.…` (V), `partnerValues.…` (U), `output.…`, and `blank`, [heads]. No sample's result
 * depends on the others. A has no dropout (results: `Dropout`).
 *
 * A call costs O(batch·states·stored²·hidden·updates) (with a window its two lengths in place of stored²), backward
 * three times that; memory is O(batch·(states + stored)·hidden·updates): A is never kept.
 *
 * ```ts
 * const layer = new SimplicialAssociation({ stateSize: 64, heads: 4, seed: 1 });
 * const result = layer.forward({ state: x, stored: x }); // [batch, states, 64]
 * ```
 */
export class SimplicialAssociation
  extends ParameterOwner
  implements Module<AssociationInputs, AssociationGradients>
{
  readonly stateSize: number;
  readonly storedSize: number;
  readonly valuesSize: number;
  readonly heads: number;
  readonly headSize: number;
  readonly outputSize: number;
  /** What the parameters were drawn from. */
  readonly seed: number;
  readonly #plan: SimplicialPlan;
  readonly #machine: Machine<LayerGroup & PairKernels>;
  readonly #ways: Ways<Branch>;
  readonly #output: Branch;
  readonly #blank: Parameter | undefined;
  #trace: Trace | undefined;

  /**
   * @throws TypeError for options of the wrong kind or name, RangeError for sizes that do not fit, Error when the
   *   backend asked for cannot run
   */
  constructor(options: SimplicialAssociationOptions) {
    super();
    const plan = checkSimplicialOptions(options);
    const { rule, sizes, outputSize, layerNorm, projections, bias, seed } = plan;
    const hidden = rule.heads * rule.width;
    this.#plan = plan;
    this.#machine = arena(plan.backend).with(pairKernels);
    this.stateSize = sizes.state;
    this.storedSize = sizes.stored;
    this.valuesSize = sizes.values;
    this.heads = rule.heads;
    this.headSize = rule.width;
    this.outputSize = outputSize;
    this.seed = seed;
    const own = this.own.bind(this);
    this.#ways = eachWay((name) => {
      const inputs = sizes[INPUTS[name]];
      const stream = STREAMS[name];
      const common = { layerNorm: layerNorm[name], project: projections[name], bias, seed };
      return new Branch({ name, inputs, outputs: hidden, stream, ...common }, own);
    });
    this.#output = new Branch(
      {
        name: 'output',
        inputs: hidden,
        outputs: outputSize,
        layerNorm: false,
        project: projections.output,
        bias,
        seed,
        stream: STREAMS.output,
      },
      own,
    );
    if (plan.blank !== undefined) {
      const start = new Float32Array(rule.heads).fill(plan.blank);
      this.#blank = this.own('blank', tensor(start, [rule.heads]));
    }
  }

  /** Which kernels run; the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.#machine.backend;
  }

  /**
   * The states' values, [batch, states, outputSize]. The mask is one over single patterns, as in an `Association`; its
   * numbers are added for both members of a pair.
   *
   * @throws TypeError, RangeError for an input of the wrong kind or shape; the last `forward` still stands then
   */
  forward(inputs: AssociationInputs): Tensor {
    const given = this.#check(inputs);
    const { sizes } = given;
    const { rule } = this.#plan;
    const hidden = rule.heads * rule.width;
    const rows = sizes.batch * sizes.states;
    return inArena(this.#machine, (pass) => {
      const old = this.#trace;
      const { call, at, maskNumbers } = this.#lay(pass, given);
      const output = this.#output.take(pass, rows);
      const stats: Float32Array[] = [];
      const moved: Float32Array[] = [];
      let state: number = at.state.out;
      this.#update(call, at, rule.updateSteps - 1, (q, ofUpdate) => {
        state = q;
        stats.push(pass.copy(ofUpdate, statsCount(rule, sizes)));
        moved.push(pass.copy(q, rows * hidden));
      });
      const last = pass.take(statsCount(rule, sizes));
      attendPairs(call, output.x, last, { ...blocksOf(at), q: state });
      stats.push(pass.copy(last, statsCount(rule, sizes)));
      this.#output.forward(pass, output);
      const result = pass.copy(output.out, rows * this.outputSize);
      this.#trace = {
        sizes,
        separateValues: given.values !== undefined,
        ways: eachWay((name) => this.#ways[name].save(pass, at[name], old?.ways[name])),
        output: this.#output.save(pass, output, old?.output),
        moved,
        stats,
        masks: call.masks,
        maskNumbers,
        blanks: call.blanks,
      };
      return tensor(result, [sizes.batch, sizes.states, this.outputSize]);
    });
  }

  backward(gradient: Tensor): AssociationGradients {
    const trace = this.#traced('backward');
    const { sizes, moved, stats } = trace;
    const { batch, states, stored } = sizes;
    const { data } = checkTensor(gradient, 'gradient', [batch, states, this.outputSize]);
    const { rule } = this.#plan;
    const hidden = rule.heads * rule.width;
    return inArena(this.#machine, (pass) => {
      const { call, at } = this.#restore(pass, trace);
      const output = this.#output.restore(pass, trace.output, batch * states);
      const of = eachWay((name) => pass.zeros(rowsOf(name, sizes) * hidden));
      const blocks = blocksOf(at);
      const gains = { k: of.stored, l: of.partners, v: of.values, u: of.partnerValues };
      const dBlanks = this.#blank && new Float32Array(rule.heads);
      let g = this.#output.backward(pass, output, pass.read(data));
      let out: number = output.x;
      for (let t = stats.length - 1; t >= 0; t--) {
        const q = t > 0 ? pass.read(moved[t - 1]) : at.state.out;
        const dq = t > 0 ? pass.zeros(batch * states * hidden) : of.state;
        const last = t === stats.length - 1;
        attendPairsBackward(
          call,
          { ...(last ? gains : { ...gains, v: gains.k, u: gains.l }), q: dq },
          dBlanks,
          g,
          out,
          pass.read(stats[t]),
          { ...(last ? blocks : { ...blocks, v: blocks.k, u: blocks.l }), q },
        );
        [g, out] = [dq, q];
      }
      const inputs = eachWay((name) => this.#ways[name].backward(pass, at[name], of[name]));
      const add = (to: number, addend: number, features: number) =>
        pass.kernels.addRowF32(to, addend, 1, batch * stored * features);
      add(inputs.stored, inputs.partners, this.storedSize);
      add(inputs.values, inputs.partnerValues, this.valuesSize);
      if (!trace.separateValues) add(inputs.stored, inputs.values, this.storedSize);
      dBlanks?.forEach((d, head) => (this.#blank!.gradient.data[head] += d));
      const copy = (address: number, each: number, features: number) =>
        tensor(pass.copy(address, batch * each * features), [batch, each, features]);
      return {
        state: copy(inputs.state, states, this.stateSize),
        stored: copy(inputs.stored, stored, this.storedSize),
        ...(trace.separateValues && { values: copy(inputs.values, stored, this.valuesSize) }),
      };
    });
  }

  /**
   * A of one state in the last update of the last `forward`, [stored, stored]: members, then partners. Computed from
   * what was kept, in O(stored²·headSize). What is missing to 1 is the blank pair's.
   *
   * @throws Error before the first `forward`, TypeError, RangeError for indices that are none
   */
  attention(sample: number, head: number, state: number): Tensor {
    const trace = this.#traced('attention');
    const { batch, states, stored } = trace.sizes;
    for (const [name, index, count] of [
      ['sample', sample, batch],
      ['head', head, this.heads],
      ['state', state, states],
    ] as const) {
      checkNumber(index, name, `an integer from 0 to ${count - 1}`, (k) => {
        return Number.isInteger(k) && k >= 0 && k < count;
      });
    }
    return inArena(this.#machine, (pass) => {
      const { call, at } = this.#restore(pass, trace);
      const last = trace.moved.at(-1);
      const blocks = { ...blocksOf(at), ...(last && { q: pass.read(last) }) };
      return tensor(pairWeights(call, blocks, sample, head, state), [stored, stored]);
    });
  }

  /**
   * The energy of the states that these inputs give, before the first update and after each,
   *
   *     E(q) = −β⁻¹ ln Σ_jk exp(β·q·(K_j∘L_k) + mask_j + mask_k) + ½‖q‖² + β⁻¹ ln P + ½M²,
   *
   * where P counts the pairs that the state sees and M is the largest ‖K_j∘L_k‖ among them; with a blank pair, which
   * has a term of its own, the last two are left out. No update raises it, but for rounding; without numbers in a
   * mask it is at least 0. The last `forward` still stands. Double precision, rounded at the end;
   * O(batch·states·stored²·hidden·updates).
   *
   * @returns [updateSteps + 1, batch, heads, states]
   * @throws as `forward` does
   */
  energies(inputs: AssociationInputs): Tensor {
    const given = this.#check(inputs);
    const { rule } = this.#plan;
    const { batch, states } = given.sizes;
    const count = batch * rule.heads * states;
    const energies = new Float32Array((rule.updateSteps + 1) * count);
    inArena(this.#machine, (pass) => {
      const { call, at } = this.#lay(pass, given);
      const blocks = blocksOf(at);
      let update = 0;
      const note = (q: number) => {
        const from = update++ * count;
        pairEnergies(call, { ...blocks, q }, energies.subarray(from, from + count));
      };
      note(blocks.q);
      this.#update(call, at, rule.updateSteps, note);
    });
    return tensor(energies, [rule.updateSteps + 1, batch, rule.heads, states]);
  }

  #check(inputs: AssociationInputs): CheckedInputs {
    checkOptions(inputs, 'inputs', ['state', 'stored', 'values', 'mask', 'storedMask']);
    return checkInputs(this, inputs, {});
  }

  /** Inputs and masks in memory, inputs all the way to the heads. */
  #lay(pass: Pass<LayerGroup & PairKernels>, given: CheckedInputs) {
    const { sizes } = given;
    const { rule } = this.#plan;
    const at = eachWay((name) => {
      const way = this.#ways[name];
      const { data } = given[INPUTS[name]] ?? given.stored;
      const blocks = way.take(pass, rowsOf(name, sizes));
      pass.load(blocks.x, data);
      way.forward(pass, blocks);
      return blocks;
    });
    const masks = layMasks(pass, given.mask, given.storedMask, sizes, rule.heads);
    const maskNumbers = pass.copy(masks.address, masks.count);
    const blanks = this.#blank?.value.data.slice();
    const call: PairCall = { pass, rule, sizes, masks, blanks };
    return { call, at, maskNumbers };
  }

  #restore(
    pass: Pass<LayerGroup & PairKernels>,
    { sizes, ways, masks, maskNumbers, blanks }: Trace,
  ) {
    const at = eachWay((name) => this.#ways[name].restore(pass, ways[name], rowsOf(name, sizes)));
    const address = masks.address && pass.read(maskNumbers);
    const call: PairCall = {
      pass,
      rule: this.#plan.rule,
      sizes,
      masks: { ...masks, address },
      blanks,
    };
    return { call, at };
  }

  /** Some Hopfield updates; `visit` gets the states after each, and its statistics. */
  #update(
    call: PairCall,
    at: Ways<BranchBlocks>,
    steps: number,
    visit: (q: number, stats: number) => void,
  ): void {
    const { pass, rule, sizes } = call;
    if (steps === 0) return;
    const { k, l, ...blocks } = blocksOf(at);
    const places = [0, 1].map(() =>
      pass.take(sizes.batch * sizes.states * rule.heads * rule.width),
    );
    const stats = pass.take(statsCount(rule, sizes));
    let { q } = blocks;
    for (let t = 0; t < steps; t++) {
      const next = places[t & 1];
      attendPairs(call, next, stats, { q, k, l, v: k, u: l });
      visit(next, stats);
      q = next;
    }
  }

  #traced(what: string): Trace {
    if (!this.#trace) throw new Error(`${what} was called before forward`);
    return this.#trace;
  }
}

function eachWay<T>(make: (name: Way) => T): Ways<T> {
  return Object.fromEntries(WAYS.map((name) => [name, make(name)])) as Record<Way, T>;
}

/** Rows of all samples that go a way. */
function rowsOf(name: Way, { batch, states, stored }: PairSizes): number {
  return batch * (name === 'state' ? states : stored);
}

function blocksOf(at: Ways<BranchBlocks>): PairBlocks {
  return {
    q: at.state.out,
    k: at.stored.out,
    l: at.partners.out,
    v: at.values.out,
    u: at.partnerValues.out,
  };
}
