/**
 * What a person writes from the formulas: loops over typed arrays, nothing allocated inside them, row
 * offsets hoisted. Float32Array holds couplings: V8 runs these loops as fast with it as with Float64Array
 * while the matrix fits the caches, and faster beyond.
 */

/**
 * W_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ, W_ii = 0. A row stays in the cache while all patterns are added to it.
 *
 * @param {Float32Array[]} patterns
 * @param {number} neurons
 */
export function hebbian(patterns, neurons) {
  const W = new Float32Array(neurons * neurons);
  for (let i = 0; i < neurons; i++) {
    const row = W.subarray(i * neurons, (i + 1) * neurons);
    for (const pattern of patterns) {
      const x = pattern[i] / neurons;
      for (let j = 0; j < neurons; j++) row[j] += x * pattern[j];
    }
    row[i] = 0;
  }
  return W;
}

/**
 * The same with half the work: W_ij for j < i, then mirrored.
 *
 * @param {Float32Array[]} patterns
 * @param {number} neurons
 */
export function hebbianHalf(patterns, neurons) {
  const W = new Float32Array(neurons * neurons);
  for (let i = 0; i < neurons; i++) {
    const row = W.subarray(i * neurons, (i + 1) * neurons);
    for (const pattern of patterns) {
      const x = pattern[i] / neurons;
      for (let j = 0; j < i; j++) row[j] += x * pattern[j];
    }
    for (let j = 0; j < i; j++) W[j * neurons + i] = row[j];
  }
  return W;
}

/**
 * h_i = Σ_j W_ij s_j.
 *
 * @param {Float32Array} W
 * @param {Float32Array} state
 * @param {number} i
 */
function field(W, state, i) {
  const neurons = state.length;
  const row = i * neurons;
  let h = 0;
  for (let j = 0; j < neurons; j++) h += W[row + j] * state[j];
  return h;
}

/**
 * Visits the neurons in order: s_i ← sign(h_i), a zero field keeps s_i. Returns how many moved.
 *
 * @param {Float32Array} W
 * @param {Float32Array} state
 * @param {Uint32Array} order
 */
function sweep(W, state, order) {
  let flips = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    const h = field(W, state, i);
    const next = h > 0 ? 1 : h < 0 ? -1 : state[i];
    if (next !== state[i]) {
      state[i] = next;
      flips++;
    }
  }
  return flips;
}

/**
 * Sweeps until nothing moves; `shuffle` puts a fresh order in place before each sweep, or leaves it.
 *
 * @param {Float32Array} W
 * @param {Float32Array} state changed in place
 * @param {Uint32Array} order
 * @param {(order: Uint32Array) => unknown} [shuffle]
 */
export function recall(W, state, order, shuffle) {
  do shuffle?.(order);
  while (sweep(W, state, order) > 0);
  return state;
}

/**
 * All neurons at once: out_i = sign(h_i).
 *
 * @param {Float32Array} W
 * @param {Float32Array} state
 * @param {Float32Array} out
 */
export function synchronousStep(W, state, out) {
  for (let i = 0; i < out.length; i++) {
    const h = field(W, state, i);
    out[i] = h > 0 ? 1 : h < 0 ? -1 : state[i];
  }
  return out;
}

/**
 * Euler's method for du/dt = −u + Σ_j W_ij tanh(gain·u_j) (Hopfield 1984); `u` is changed in place.
 *
 * @param {Float32Array} W
 * @param {Float64Array} u
 * @param {number} gain
 * @param {number} dt
 * @param {number} steps
 * @returns {Float64Array} the outputs
 */
export function gradedEuler(W, u, gain, dt, steps) {
  const N = u.length;
  const V = u.map((x) => Math.tanh(gain * x));
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < N; i++) u[i] += dt * (field(W, V, i) - u[i]);
    for (let i = 0; i < N; i++) V[i] = Math.tanh(gain * u[i]);
  }
  return V;
}

/**
 * Daydreaming (Serricchio et al. 2025): W += (ξ ξᵀ − s sᵀ)/(N·N) off the diagonal for a random pattern ξ and
 * the fixed point s below a random state, N times an epoch; then W is divided by its spectral norm.
 *
 * @param {Float32Array} W changed in place
 * @param {Float32Array[]} patterns
 * @param {number} neurons
 * @param {number} epochs
 * @param {{ below(n: number): number, sign(): number, shuffle(order: Uint32Array): unknown }} random
 */
export function daydream(W, patterns, neurons, epochs, random) {
  const state = new Float32Array(neurons);
  const order = Uint32Array.from(state, (_, i) => i);
  const shuffle = (order) => random.shuffle(order);
  const rate = 1 / (neurons * neurons);
  for (let step = 0; step < epochs * neurons; step++) {
    for (let i = 0; i < neurons; i++) state[i] = random.sign();
    recall(W, state, order, shuffle);
    const pattern = patterns[random.below(patterns.length)];
    for (let i = 0; i < neurons; i++) {
      const row = i * neurons;
      const x = rate * pattern[i];
      const s = rate * state[i];
      for (let j = 0; j < neurons; j++) W[row + j] += x * pattern[j] - s * state[j];
      W[row + i] = 0;
    }
    if ((step + 1) % neurons === 0) {
      const norm = spectralNorm(W, neurons);
      for (let k = 0; k < W.length; k++) W[k] /= norm;
    }
  }
  return W;
}

/**
 * The largest |eigenvalue| of a symmetric matrix, by the power method, to about seven digits.
 *
 * @param {Float32Array} W
 * @param {number} neurons
 */
function spectralNorm(W, neurons) {
  let x = Float32Array.from({ length: neurons }, (_, i) => Math.sin(i + 1));
  let y = new Float32Array(neurons);
  let norm = 0;
  for (let round = 0; round < 200; round++) {
    for (let i = 0; i < neurons; i++) y[i] = field(W, x, i);
    const grown = Math.hypot(...y) / Math.hypot(...x);
    for (let i = 0; i < neurons; i++) y[i] /= grown;
    [x, y] = [y, x];
    if (Math.abs(grown - norm) <= 1e-7 * grown) return grown;
    norm = grown;
  }
  return norm;
}

/**
 * How many neurons would move.
 *
 * @param {Float32Array} W
 * @param {Float32Array} state
 */
export function countUnstable(W, state) {
  let count = 0;
  for (let i = 0; i < state.length; i++) if (state[i] * field(W, state, i) < 0) count++;
  return count;
}

/**
 * Asynchronous recall of a dense memory with F(m) = m³ (Krotov & Hopfield 2016), overlaps kept up to date. Patterns are
 * held neuron by neuron, so that a visit reads them in a row.
 *
 * @param {Int8Array} columns N×P: entry i·P + μ is ξ_i^μ
 * @param {Float64Array} state changed in place
 * @param {Uint32Array} order
 * @param {((order: Uint32Array) => unknown) | undefined} shuffle before each sweep
 */
export function cubicRecall(columns, state, order, shuffle) {
  const neurons = state.length;
  const count = columns.length / neurons;
  const overlaps = new Float64Array(count);
  for (let i = 0; i < neurons; i++) {
    const at = i * count;
    for (let mu = 0; mu < count; mu++) overlaps[mu] += columns[at + mu] * state[i];
  }
  let moved = true;
  while (moved) {
    moved = false;
    shuffle?.(order);
    for (let k = 0; k < neurons; k++) {
      const i = order[k];
      const s = state[i];
      const at = i * count;
      let h = 0;
      for (let mu = 0; mu < count; mu++) {
        const x = columns[at + mu];
        const rest = overlaps[mu] - x * s;
        const up = rest + x;
        const down = rest - x;
        h += up * up * up - down * down * down;
      }
      if (h * s < 0) {
        state[i] = -s;
        for (let mu = 0; mu < count; mu++) overlaps[mu] -= 2 * s * columns[at + mu];
        moved = true;
      }
    }
  }
  return state;
}

/**
 * One field of the same memory from nothing but the patterns and the state.
 *
 * @param {Int8Array} patterns P×N
 * @param {Float64Array} state
 * @param {number} i
 */
export function cubicField(patterns, state, i) {
  const neurons = state.length;
  let h = 0;
  for (let at = 0; at < patterns.length; at += neurons) {
    let rest = 0;
    for (let j = 0; j < neurons; j++) rest += patterns[at + j] * state[j];
    const x = patterns[at + i];
    rest -= x * state[i];
    h += (rest + x) ** 3 - (rest - x) ** 3;
  }
  return h;
}

/**
 * softmax(β·X·q)·X (Ramsauer et al. 2020): similarities, the largest of them taken off, weights, the average.
 *
 * @param {Float32Array} vectors P×d
 * @param {Float32Array} query
 * @param {number} beta
 */
export function retrieve(vectors, query, beta) {
  const dimension = query.length;
  const weights = new Float64Array(vectors.length / dimension);
  let largest = -Infinity;
  for (let mu = 0; mu < weights.length; mu++) {
    const at = mu * dimension;
    let similarity = 0;
    for (let i = 0; i < dimension; i++) similarity += vectors[at + i] * query[i];
    weights[mu] = beta * similarity;
    if (weights[mu] > largest) largest = weights[mu];
  }
  const state = new Float64Array(dimension);
  let sum = 0;
  for (let mu = 0; mu < weights.length; mu++) {
    const at = mu * dimension;
    const weight = Math.exp(weights[mu] - largest);
    sum += weight;
    for (let i = 0; i < dimension; i++) state[i] += weight * vectors[at + i];
  }
  for (let i = 0; i < dimension; i++) state[i] /= sum;
  return state;
}

/**
 * Asynchronous recall of a simplicial network with all pairs and triples (Burns & Fukai 2023) in closed form, overlaps
 * kept up to date: F(m) = e₂(m) + e₃(m).
 *
 * @param {Int8Array} columns N×P: entry i·P + μ is ξ_i^μ
 * @param {Float64Array} state changed in place
 * @param {Uint32Array} order
 * @param {((order: Uint32Array) => unknown) | undefined} shuffle before each sweep
 */
export function simplicialRecall(columns, state, order, shuffle) {
  const neurons = state.length;
  const count = columns.length / neurons;
  const overlaps = new Float64Array(count);
  for (let i = 0; i < neurons; i++) {
    const at = i * count;
    for (let mu = 0; mu < count; mu++) overlaps[mu] += columns[at + mu] * state[i];
  }
  let moved = true;
  while (moved) {
    moved = false;
    shuffle?.(order);
    for (let k = 0; k < neurons; k++) {
      const i = order[k];
      const s = state[i];
      const at = i * count;
      let h = 0;
      for (let mu = 0; mu < count; mu++) {
        // Of the other neurons: all pairs with neuron i, and all triples.
        const x = columns[at + mu];
        const rest = overlaps[mu] - x * s;
        h += x * (rest + (rest * rest - neurons + 1) / 2);
      }
      if (h * s < 0) {
        state[i] = -s;
        for (let mu = 0; mu < count; mu++) overlaps[mu] -= 2 * s * columns[at + mu];
        moved = true;
      }
    }
  }
  return state;
}

/**
 * Lists of pairs and triples by neuron: those of neuron i are entries starts[i] … starts[i + 1] − 1, `others` its one
 * or two other neurons.
 *
 * @typedef {{ starts: Uint32Array, others: Uint32Array, weights: Int32Array }} Incidence
 */

/**
 * h_i = Σ_j w_ij s_j + Σ_jk w_ijk s_j s_k over the lists of neuron i.
 *
 * @param {Incidence} pairs
 * @param {Incidence} triples
 * @param {Int8Array} state
 * @param {number} i
 */
function listedField(pairs, triples, state, i) {
  let h = 0;
  for (let k = pairs.starts[i]; k < pairs.starts[i + 1]; k++) {
    h += pairs.weights[k] * state[pairs.others[k]];
  }
  for (let k = triples.starts[i]; k < triples.starts[i + 1]; k++) {
    h += triples.weights[k] * state[triples.others[2 * k]] * state[triples.others[2 * k + 1]];
  }
  return h;
}

/**
 * Asynchronous recall from such lists, each visited neuron's field summed afresh.
 *
 * @param {Incidence} pairs
 * @param {Incidence} triples
 * @param {Int8Array} state changed in place
 * @param {Uint32Array} order
 * @param {((order: Uint32Array) => unknown) | undefined} shuffle before each sweep
 */
export function listedRecall(pairs, triples, state, order, shuffle) {
  let moved = true;
  while (moved) {
    moved = false;
    shuffle?.(order);
    for (let k = 0; k < order.length; k++) {
      const i = order[k];
      if (listedField(pairs, triples, state, i) * state[i] < 0) {
        state[i] = -state[i];
        moved = true;
      }
    }
  }
  return state;
}

/**
 * The same with fields kept up to date: a visit looks at one number.
 *
 * @param {Incidence} pairs
 * @param {Incidence} triples
 * @param {Int8Array} state changed in place
 * @param {Uint32Array} order
 * @param {((order: Uint32Array) => unknown) | undefined} shuffle before each sweep
 */
export function listedRecallKept(pairs, triples, state, order, shuffle) {
  const fields = Int32Array.from(state, (_, i) => listedField(pairs, triples, state, i));
  let moved = true;
  while (moved) {
    moved = false;
    shuffle?.(order);
    for (let n = 0; n < order.length; n++) {
      const i = order[n];
      const s = state[i];
      if (fields[i] * s >= 0) continue;
      for (let k = pairs.starts[i]; k < pairs.starts[i + 1]; k++) {
        fields[pairs.others[k]] -= 2 * s * pairs.weights[k];
      }
      for (let k = triples.starts[i]; k < triples.starts[i + 1]; k++) {
        const a = triples.others[2 * k];
        const b = triples.others[2 * k + 1];
        const change = 2 * s * triples.weights[k];
        fields[a] -= change * state[b];
        fields[b] -= change * state[a];
      }
      state[i] = -s;
      moved = true;
    }
  }
  return state;
}

/** The chance of a flip that costs nothing, so that the same draws make the same flips as those of `anneal`. */
const FREE = 31 / 32;

/**
 * Simulated annealing (Metropolis), the field of a spin computed at each visit. Returns the lowest energy that a
 * sweep ended with.
 *
 * @param {Float32Array} J N×N, symmetric, zero diagonal
 * @param {Float32Array} state changed
 * @param {Float64Array} temperatures one a sweep
 * @param {(i: number) => number} random a real in [0, 1) for the visit of spin i
 */
export function annealAfresh(J, state, temperatures, random) {
  const spins = state.length;
  let energy = 0;
  for (let i = 0; i < spins; i++) energy -= (state[i] * field(J, state, i)) / 2;
  let lowest = energy;
  for (let k = 0; k < temperatures.length; k++) {
    const T = temperatures[k];
    for (let i = 0; i < spins; i++) {
      const cost = 2 * state[i] * field(J, state, i);
      if (cost < 0 || random(i) < (cost === 0 ? FREE : Math.exp(-cost / T))) {
        state[i] = -state[i];
        energy += cost;
      }
    }
    lowest = Math.min(lowest, energy);
  }
  return lowest;
}

/**
 * The same with lists of neighbours and fields kept up to date: those of spin i are entries starts[i] … starts[i + 1] − 1.
 *
 * @param {Uint32Array} starts
 * @param {Uint32Array} neighbours
 * @param {Int32Array} weights
 * @param {Int8Array} state changed
 * @param {Float64Array} temperatures
 * @param {(i: number) => number} random
 */
export function annealKept(starts, neighbours, weights, state, temperatures, random) {
  const spins = state.length;
  const fields = new Int32Array(spins);
  let energy = 0;
  for (let i = 0; i < spins; i++) {
    for (let k = starts[i]; k < starts[i + 1]; k++) fields[i] += weights[k] * state[neighbours[k]];
    energy -= (state[i] * fields[i]) / 2;
  }
  let lowest = energy;
  for (let k = 0; k < temperatures.length; k++) {
    const T = temperatures[k];
    for (let i = 0; i < spins; i++) {
      const s = state[i];
      const cost = 2 * s * fields[i];
      if (cost < 0 || random(i) < (cost === 0 ? FREE : Math.exp(-cost / T))) {
        state[i] = -s;
        energy += cost;
        for (let n = starts[i], end = starts[i + 1]; n < end; n++) {
          fields[neighbours[n]] -= 2 * s * weights[n];
        }
      }
    }
    lowest = Math.min(lowest, energy);
  }
  return lowest;
}

/**
 * One step of a sequence, f(x) = x³: s_i ← sign Σ_μ ξ_i^{μ+1} (m_μ − ξ_i^μ s_i)³, the last pattern calls for the first.
 *
 * @param {Int8Array} columns N×P: the patterns, neuron by neuron
 * @param {Int8Array} state
 * @returns {Int8Array} the next state
 */
export function sequenceStep(columns, state) {
  const neurons = state.length;
  const count = columns.length / neurons;
  const overlaps = new Float64Array(count);
  for (let i = 0; i < neurons; i++) {
    const at = i * count;
    for (let mu = 0; mu < count; mu++) overlaps[mu] += columns[at + mu] * state[i];
  }
  const next = new Int8Array(neurons);
  for (let i = 0; i < neurons; i++) {
    const at = i * count;
    const s = state[i];
    let h = 0;
    for (let mu = 0; mu < count; mu++) {
      const rest = overlaps[mu] - columns[at + mu] * s;
      h += columns[at + (mu + 1 === count ? 0 : mu + 1)] * rest * rest * rest;
    }
    next[i] = h > 0 ? 1 : h < 0 ? -1 : s;
  }
  return next;
}

/**
 * An epoch of contrastive divergence, CD-1 (Hinton 2002), of a restricted Boltzmann machine of 0/1 units. Rows of weights of
 * units that are 0 are left out.
 *
 * @param {Uint8Array} states P×N
 * @param {number} N
 * @param {number} H
 * @param {number} batch
 * @param {number} rate
 * @returns {number} the mean squared difference between units and what they are reconstructed as
 */
export function contrastiveDivergence(states, N, H, batch, rate) {
  const count = states.length / N;
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  const W = Float32Array.from({ length: N * H }, () => 0.01 * normal());
  const a = new Float32Array(N);
  const b = new Float32Array(H);
  const dW = new Float32Array(N * H);
  const da = new Float32Array(N);
  const db = new Float32Array(H);
  const v = new Float32Array(N);
  const h = new Float32Array(H);
  let error = 0;
  const up = () => {
    h.set(b);
    for (let i = 0; i < N; i++) {
      if (v[i] === 0) continue;
      const row = i * H;
      for (let j = 0; j < H; j++) h[j] += W[row + j];
    }
    for (let j = 0; j < H; j++) h[j] = 1 / (1 + Math.exp(-h[j]));
  };
  const learn = (step) => {
    for (let i = 0; i < N; i++) {
      if (v[i] === 0) continue;
      const row = i * H;
      for (let j = 0; j < H; j++) dW[row + j] += step * h[j];
      da[i] += step;
    }
    for (let j = 0; j < H; j++) db[j] += step * h[j];
  };
  for (let k = 0; k < count; k++) {
    const at = k * N;
    for (let i = 0; i < N; i++) v[i] = states[at + i];
    up();
    learn(rate / batch);
    for (let j = 0; j < H; j++) h[j] = Math.random() < h[j] ? 1 : 0;
    for (let i = 0; i < N; i++) {
      const row = i * H;
      let x = a[i];
      for (let j = 0; j < H; j++) x += W[row + j] * h[j];
      const mean = 1 / (1 + Math.exp(-x));
      error += (v[i] - mean) * (v[i] - mean);
      v[i] = Math.random() < mean ? 1 : 0;
    }
    up();
    learn(-rate / batch);
    if ((k + 1) % batch > 0 && k + 1 < count) continue;
    for (let x = 0; x < W.length; x++) W[x] += dW[x];
    for (let i = 0; i < N; i++) a[i] += da[i];
    for (let j = 0; j < H; j++) b[j] += db[j];
    dW.fill(0);
    da.fill(0);
    db.fill(0);
  }
  return error / states.length;
}
