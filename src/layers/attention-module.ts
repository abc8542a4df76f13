/**
 * What Association, Pooling and Lookup are: softmax(β·QKᵀ)V′ among three inputs, each on its own way to the heads.
 *
 * They differ in which of the inputs are trained; a trained one is the same for all samples of a batch.
 */
import type { LayerGroup } from '../kernels/groups/layers.ts';
import type { Machine } from '../kernels/open.ts';
import { Random } from '../random.ts';
import { arena, inArena, type Pass } from './arena.ts';
import { attendBackward } from './attention-backward.ts';
import type { CheckedInputs } from './attention-inputs.ts';
import type { AttentionPlan, InputSizes } from './attention-options.ts';
import { attend, together, type AttentionSizes, type Kept, type Watch } from './attention.ts';
import { Branch } from './branch.ts';
import { drawFactors } from './dropout.ts';
import { headEnergies } from './energy.ts';
import { glorotUniform, normal } from './initialise.ts';
import { layMasks, maskAt } from './masks.ts';
import { ParameterOwner, type Parameter } from './module.ts';
import { checkTensor, countOf, tensor, type Tensor } from './tensor.ts';

/** Streams of the seed: no parameter's starting values depend on which others there are. */
const STREAMS = { state: 0, stored: 1, values: 2, output: 3 };
const PATTERN_STREAMS = { state: 4, stored: 5, values: 6 };
const DROPOUT_STREAM = 9;

/** Gradients of the inputs, each of its input's shape; values only where they are an input of their own. */
export interface InputGradients {
  readonly state: Tensor;
  readonly stored: Tensor;
  readonly values: Tensor | undefined;
}

/** What the last forward left for backward. */
interface Trace {
  readonly sizes: AttentionSizes;
  /** The sizes that attention had, with samples taken together or not. */
  readonly taken: AttentionSizes;
  readonly separateValues: boolean;
  readonly state: Float32Array;
  readonly stored: Float32Array;
  readonly values: Float32Array;
  readonly kept: Kept;
  readonly output: Float32Array;
}

export abstract class AttentionModule extends ParameterOwner {
  readonly stateSize: number;
  readonly storedSize: number;
  readonly valuesSize: number;
  readonly heads: number;
  readonly headSize: number;
  readonly outputSize: number;
  /** What the parameters were drawn from. */
  readonly seed: number;
  readonly #plan: AttentionPlan;
  readonly #machine: Machine<LayerGroup>;
  readonly #state: Branch;
  readonly #stored: Branch;
  readonly #values: Branch;
  readonly #output: Branch;
  readonly #dropout: Random;
  #trace: Trace | undefined;

  constructor(plan: AttentionPlan) {
    super();
    const { rule, sizes, outputSize, layerNorm, projections, bias, seed } = plan;
    const hidden = rule.heads * rule.width;
    this.#plan = plan;
    this.#dropout = new Random(seed, DROPOUT_STREAM);
    this.#machine = arena(plan.backend);
    this.stateSize = sizes.state;
    this.storedSize = sizes.stored;
    this.valuesSize = sizes.values;
    this.seed = seed;
    this.heads = rule.heads;
    this.headSize = rule.width;
    this.outputSize = outputSize;
    const own = this.own.bind(this);
    const branch = (name: 'state' | 'stored' | 'values') =>
      new Branch(
        {
          name,
          inputs: sizes[name],
          outputs: hidden,
          layerNorm: layerNorm[name],
          project: projections[name],
          bias,
          seed,
          stream: STREAMS[name],
        },
        own,
      );
    this.#state = branch('state');
    this.#stored = branch('stored');
    this.#values = branch('values');
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
  }

  /** Which kernels run; the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.#machine.backend;
  }

  /**
   * A of the last update in the last `forward`, before dropout, [batch, heads, states, stored].
   *
   * @throws Error before the first
   */
  attention(): Tensor {
    const { sizes, taken, kept } = this.#traced('attention');
    const { weights } = kept;
    const { batch, states, stored } = sizes;
    const a = new Float32Array(weights.length);
    const some = batch / taken.batch;
    const size = states * stored;
    for (let sample = 0; sample < batch; sample++) {
      const inside = sample % some;
      for (let head = 0; head < this.heads; head++) {
        const from = ((sample - inside) * this.heads + head * some + inside) * size;
        a.set(weights.subarray(from, from + size), (sample * this.heads + head) * size);
      }
    }
    return tensor(a, [batch, this.heads, states, stored]);
  }

  /** How many updates the last `forward` made, sample by sample and head by head. @throws Error before the first */
  updatesMade(): Int32Array {
    const { sizes, kept } = this.#traced('updatesMade');
    const made = new Int32Array(sizes.batch * this.heads).fill(1);
    // Samples that were taken together have made one.
    for (const [k, history] of kept.earlier.entries()) made[k] += history.length;
    return made;
  }

  /**
   * The parameter `input.patterns`, [quantity, features], which stands in for an input; starts as weights do, or as normal
   * numbers of a deviation.
   */
  protected train(
    input: keyof InputSizes,
    quantity: number,
    deviation: number | undefined,
  ): Parameter {
    const { seed, sizes } = this.#plan;
    const random = new Random(seed, PATTERN_STREAMS[input]);
    const patterns =
      deviation === undefined
        ? glorotUniform(random, quantity, sizes[input])
        : normal(random, quantity, sizes[input], deviation);
    return this.own(`${input}.patterns`, patterns);
  }

  /** The result, [batch, states, outputSize]. */
  protected associate(inputs: CheckedInputs): Tensor {
    const { sizes } = inputs;
    const { rule } = this.#plan;
    const { batch, states, stored } = sizes;
    return inArena(this.#machine, (pass) => {
      const rows = rowsOf(sizes);
      const { state, patterns, values, output, blocks, masks } = this.#lay(pass, inputs);
      const count = batch * rule.heads * states * stored;
      const { dropout } = this.#plan;
      const factors =
        dropout > 0 && this.training ? drawFactors(this.#dropout, count, dropout) : undefined;
      const alike = sizes.sameStored && rule.updateSteps === 1 && !masks.address && !factors;
      const taken = alike ? together(sizes) : sizes;
      const old = this.#trace;
      // What it kept is written over: from here on it is no more.
      this.#trace = undefined;
      const { weights, earlier } = old?.kept ?? {};
      const kept = {
        weights: weights?.length === count ? weights : new Float32Array(count),
        factors,
        earlier: earlier?.slice(0, taken.batch * rule.heads) ?? [],
      };
      attend(pass, rule, taken, blocks, masks, kept);
      this.#output.forward(pass, output);
      const result = pass.copy(output.out, rows.output * this.outputSize);
      this.#trace = {
        sizes,
        taken,
        separateValues: inputs.values !== undefined,
        state: this.#state.save(pass, state, old?.state),
        stored: this.#stored.save(pass, patterns, old?.stored),
        values: this.#values.save(pass, values, old?.values),
        kept,
        output: this.#output.save(pass, output, old?.output),
      };
      return tensor(result, [batch, states, this.outputSize]);
    });
  }

  /** Energies of the states before the first update and after each, [updates + 1, batch, heads, states]. */
  protected energiesOf(inputs: CheckedInputs): Tensor {
    const { sizes } = inputs;
    const { batch, states, stored } = sizes;
    const { heads, width, betas } = this.#plan.rule;
    const count = batch * heads * states;
    const steps: Float32Array[] = [];
    const weights = new Float32Array(count * stored);
    const kept: Kept = { weights, factors: undefined, earlier: [] };
    inArena(this.#machine, (pass) => {
      const { blocks, masks } = this.#lay(pass, inputs);
      const watch: Watch = (sample, head, update, q, k) => {
        const energies = (steps[update] ??= new Float32Array(count));
        const from = (sample * heads + head) * states;
        const mask = maskAt(masks, sample, head);
        const of = { beta: betas[head], states, stored, width };
        headEnergies(energies, from, pass, q, k, mask, masks.rowStep, of);
      };
      attend(pass, this.#plan.rule, sizes, blocks, masks, kept, watch);
    });
    const energies = new Float32Array(Math.max(1, steps.length) * count);
    for (const [update, step] of steps.entries()) {
      energies.set(step, update * count);
      // Where updates had stopped before, the states stay.
      for (const [k, { length }] of kept.earlier.entries()) {
        const at = update * count + k * states;
        if (update > length + 1) energies.copyWithin(at, at - count, at - count + states);
      }
    }
    return tensor(energies, [energies.length / Math.max(1, count), batch, heads, states]);
  }

  /** Gradients of the inputs from that of the last result; those of the parameters are added to. */
  protected associateBackward(gradient: Tensor): InputGradients {
    const trace = this.#traced('backward');
    const { sizes } = trace;
    const shape = [sizes.batch, sizes.states, this.outputSize];
    const { data } = checkTensor(gradient, 'gradient', shape);
    const { rule } = this.#plan;
    const width = rule.heads * rule.width;
    return inArena(this.#machine, (pass) => {
      const rows = rowsOf(sizes);
      const state = this.#state.restore(pass, trace.state, rows.state);
      const stored = this.#stored.restore(pass, trace.stored, rows.stored);
      const values = this.#values.restore(pass, trace.values, rows.stored);
      const output = this.#output.restore(pass, trace.output, rows.output);
      const blocks = { q: state.out, k: stored.out, v: values.out, gathered: output.x };
      const gradients = {
        q: pass.zeros(rows.state * width),
        k: pass.zeros(rows.stored * width),
        v: pass.zeros(rows.stored * width),
        gathered: this.#output.backward(pass, output, pass.read(data)),
      };
      attendBackward(pass, rule, trace.taken, blocks, trace.kept, gradients);
      const dState = this.#state.backward(pass, state, gradients.q);
      const dStored = this.#stored.backward(pass, stored, gradients.k);
      const dValues = this.#values.backward(pass, values, gradients.v);
      const count = rows.stored * this.storedSize;
      if (!trace.separateValues) pass.kernels.addRowF32(dStored, dValues, 1, count);
      const out = (address: number, one: boolean, each: number, features: number) => {
        const shape = one ? [each, features] : [sizes.batch, each, features];
        return tensor(pass.copy(address, countOf(shape)), shape);
      };
      return {
        state: out(dState, sizes.sameStates, sizes.states, this.stateSize),
        stored: out(dStored, sizes.sameStored, sizes.stored, this.storedSize),
        values: trace.separateValues
          ? out(dValues, sizes.sameStored, sizes.stored, this.valuesSize)
          : undefined,
      };
    });
  }

  /** Inputs and masks in memory, inputs all the way to the heads; room for what comes of them. */
  #lay(pass: Pass, inputs: CheckedInputs) {
    const { sizes } = inputs;
    const { heads } = this.#plan.rule;
    const rows = rowsOf(sizes);
    const project = (branch: Branch, { data }: Tensor, count: number) => {
      const at = branch.take(pass, count);
      pass.load(at.x, data);
      branch.forward(pass, at);
      return at;
    };
    const state = project(this.#state, inputs.state, rows.state);
    const patterns = project(this.#stored, inputs.stored, rows.stored);
    const values = project(this.#values, inputs.values ?? inputs.stored, rows.stored);
    const output = this.#output.take(pass, rows.output);
    const masks = layMasks(pass, inputs.mask, inputs.storedMask, sizes, heads);
    const blocks = { q: state.out, k: patterns.out, v: values.out, gathered: output.x };
    return { state, patterns, values, output, blocks, masks };
  }

  #traced(what: string): Trace {
    if (!this.#trace) throw new Error(`${what} was called before forward`);
    return this.#trace;
  }
}

/** Rows of the inputs and of the output; trained inputs have those of one sample. */
function rowsOf({ batch, states, stored, sameStates, sameStored }: AttentionSizes) {
  return {
    state: sameStates ? states : batch * states,
    stored: sameStored ? stored : batch * stored,
    output: batch * states,
  };
}

/** gradient += addend, for parameters that stand in for an input. */
export function accumulate({ gradient }: Parameter, addend: Tensor): void {
  for (let k = 0; k < addend.data.length; k++) gradient.data[k] += addend.data[k];
}
