/**
 * The kernels: every operation that touches linear memory, declared once, implemented twice.
 *
 * `assembly/*.ts` implements them in SIMD, `reference/*.ts` in plain TypeScript; both leave the same
 * bytes in memory. Parameters: output addresses first, then inputs, then counts. An address is a
 * byte offset, aligned to its element type. Nothing allocates and nothing is checked: callers do.
 * What scratch holds afterwards is the only thing in which the two may differ.
 *
 * Layouts, for N neurons and P patterns:
 * - signs: i8[n], ±1, zero in the padding up to n = N rounded up to 64.
 * - bits: a row of N bits, bit i of the row (lowest first) set where the sign is +1; rows take
 *   `rowBytes` = 16·⌈N/128⌉ bytes, padding bits zero.
 * - blocks: the patterns turned over, 16 neurons at a time. Neuron i's signs in patterns 8g … 8g+7
 *   are the byte at ((i >> 4)·stride + g)·16 + (i & 15), lowest bit first; `stride` is the number of
 *   bytes held for each neuron. Padding bits zero.
 * - couplings: i8, i16 or i32, `lda` = N rounded up to 64 columns a row, zero in the padding. Row i holds
 *   what neuron i does to the others. Those of i8 and i16 are symmetric, no |J_ij| above 127 or 32,767.
 * - fields: i32[lda], junk in the padding.
 * - overlaps: i32[8·⌈P/8⌉], zero in the padding.
 *
 * Integers are exact, so the order of their additions is free. Doubles and singles (f32): every sum runs over its
 * index upwards, one addition after the other, unless the method says otherwise; no operation is fused.
 */
export interface Kernels {
  // random ---------------------------------------------------------------------------------------

  /** u32[count]: 0, 1, 2, … */
  countUp(order: number, count: number): void;
  /** Fisher–Yates on u32[count], from the last element down. `generator` is u32[4]. */
  shuffle(order: number, count: number, generator: number): void;

  // signs ----------------------------------------------------------------------------------------

  /** ±1 from values that are all ±1 or all 0/1 (0 becomes −1); 0 if they are neither, else 1. In place allowed. */
  readSigns(signs: number, values: number, count: number): number;
  /** One row of bits from i8[count]; its padding bits become zero. */
  packSigns(bits: number, signs: number, count: number): void;
  /** i8[count] from one row of bits. */
  unpackSigns(signs: number, bits: number, count: number): void;
  /** Σ signs[i]·values[i] over i32[count], exact below 2⁵³. */
  signedSum(signs: number, values: number, count: number): number;
  /** How many of the bytes differ. */
  countDifferent(a: number, b: number, bytes: number): number;

  // patterns -------------------------------------------------------------------------------------

  /** Writes byte columns `fromGroup` … ⌈patterns/8⌉ − 1 of the blocks from the rows of bits. */
  blocksFromRows(
    blocks: number,
    rows: number,
    fromGroup: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): void;
  /** Copies blocks to a wider stride; the new columns become zero. */
  widenBlocks(
    out: number,
    blocks: number,
    outStride: number,
    stride: number,
    neurons: number,
  ): void;
  /** i32[8·⌈patterns/8⌉]: m_μ = Σ_i ξ_i^μ s_i, from the state's bits and the rows of bits. */
  overlaps(overlaps: number, bits: number, rows: number, patterns: number, neurons: number): void;

  // couplings ------------------------------------------------------------------------------------

  /**
   * J_ij += sign·Σ ξ_i^μ ξ_j^μ over the patterns from ≤ μ < to, i ≠ j, with `self` = 1 for i = j too; with `fresh`
   * = 1 in place of what was there, the padding included. Returns the largest |J_ij|, J_ii included.
   * Scratch: u8[30,720] at `tables`.
   */
  addHebbianI16(
    couplings: number,
    blocks: number,
    tables: number,
    stride: number,
    from: number,
    to: number,
    sign: number,
    fresh: number,
    self: number,
    neurons: number,
  ): number;
  /**
   * The same in i8. The patterns are added 15 bytes of blocks at a time; 128 is returned as soon as a |J_ij| is
   * above 127 after one of these parts, and the couplings are then worth nothing.
   */
  addHebbianI8(
    couplings: number,
    blocks: number,
    tables: number,
    stride: number,
    from: number,
    to: number,
    sign: number,
    fresh: number,
    self: number,
    neurons: number,
  ): number;
  /** Parisi's forgetting rule for one pattern: J_ij ← clamp(J_ij + ξ_i ξ_j, ±bound) for i ≠ j, J_ii ← 0. */
  addBoundedI8(couplings: number, signs: number, bound: number, neurons: number): void;
  addBoundedI16(couplings: number, signs: number, bound: number, neurons: number): void;
  /**
   * J_ij += amount·(x_i x_j − y_i y_j) for i ≠ j, i32; x and y are signs, x may be zeros throughout.
   * Scratch: i32[2·lda] at `work`.
   */
  addOuterI32(
    couplings: number,
    x: number,
    y: number,
    work: number,
    amount: number,
    neurons: number,
  ): void;

  // fields ---------------------------------------------------------------------------------------

  /**
   * H_i = Σ_μ ξ_i^μ m_μ, the self-coupling included, from blocks; neurons rounded up to 16.
   * Scratch: u8[68·⌈patterns/8⌉ + 160] at `tables`.
   */
  fieldsBlocks(
    fields: number,
    overlaps: number,
    blocks: number,
    tables: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): void;
  /** H_i = Σ_j J_ij s_j, for symmetric couplings. */
  fieldsI8(fields: number, signs: number, couplings: number, neurons: number): void;
  fieldsI16(fields: number, signs: number, couplings: number, neurons: number): void;
  /** H_j = Σ_i s_i J_ij. */
  fieldsI32(fields: number, signs: number, couplings: number, neurons: number): void;
  /** h_i = ((H_i − self·s_i) << shift) − θ_i; no θ at address 0. */
  finishFields(
    fields: number,
    signs: number,
    thresholds: number,
    self: number,
    shift: number,
    neurons: number,
  ): void;

  // dynamics -------------------------------------------------------------------------------------
  // A neuron moves when s_i·(2h_i + tie) < 0: with tie = 0 a zero field keeps it, with tie = 1 a zero
  // field counts as positive. `mobile` is u8[N rounded up to 64], 0 for the neurons that never move
  // and in the padding.

  /** How many neurons would move. */
  countMovable(signs: number, fields: number, mobile: number, tie: number, neurons: number): number;
  /** Moves all neurons that would move, at once; returns how many. Fields are not brought up to date. */
  flipMovable(signs: number, fields: number, mobile: number, tie: number, neurons: number): number;
  /**
   * Visits neurons order[cursor] … order[count − 1] in turn, stops early after `limit` flips, keeps
   * the fields up to date; u32 `cursor` is moved on. Returns the number of flips. No |J_ij| is above `bound`,
   * and neurons·bound·2^shift is below 2³⁰. Scratch of `sweepI8`: i16[lda].
   */
  sweepI8(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    scratch: number,
    count: number,
    limit: number,
    shift: number,
    tie: number,
    bound: number,
    neurons: number,
  ): number;
  sweepI16(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    count: number,
    limit: number,
    shift: number,
    tie: number,
    bound: number,
    neurons: number,
  ): number;
  sweepI32(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    count: number,
    limit: number,
    shift: number,
    tie: number,
    neurons: number,
  ): number;
  /** The same from blocks: overlaps are kept up to date, each field is computed at its visit. */
  sweepBlocks(
    signs: number,
    overlaps: number,
    blocks: number,
    thresholds: number,
    order: number,
    cursor: number,
    count: number,
    limit: number,
    self: number,
    shift: number,
    tie: number,
    stride: number,
    patterns: number,
  ): number;
  /**
   * Glauber: each visited neuron becomes +1 when a uniform real is below 1/(1 + e^(−gain·h)), h without
   * the neuron's own coupling.
   */
  glauberI8(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    neurons: number,
  ): number;
  glauberI16(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    neurons: number,
  ): number;
  glauberI32(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    neurons: number,
  ): number;
  glauberBlocks(
    signs: number,
    overlaps: number,
    blocks: number,
    thresholds: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    stride: number,
    patterns: number,
  ): number;

  // dense ----------------------------------------------------------------------------------------
  // E = −Σ_μ F(m_μ). `table` is f64[N + 3]: F at −N−2, −N, …, N+2. With `levels` = 1 it holds ln F, and F counts relative
  // to the largest F(m_μ), its logarithm rounded up to a multiple of 32, as 0 below e⁻⁹⁶ of that. A neuron's flip costs Σ_μ (F(m_μ) − F(m_μ ∓ 2)), − where ξ_i^μ = s_i; it moves when that is
  // negative, or with tie = 1 zero and s_i = −1. With `levels` = 1 a cost counts as zero that is no more than 2⁻⁴⁴ of the
  // sum of the sizes of its terms (added in the same order), where that is finite. The sum, which must not overflow, runs in eight lanes, lane l over
  // μ ≡ l mod 8 upwards; then ((l0 + l4) + (l2 + l6)) + ((l1 + l5) + (l3 + l7)). Overlaps must belong to the state.
  // Scratch: u8[112·⌈patterns/8⌉ + 30·neurons + 512].

  /** How many of the mobile neurons would move. */
  countMovableDense(
    signs: number,
    overlaps: number,
    blocks: number,
    table: number,
    mobile: number,
    scratch: number,
    levels: number,
    tie: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): number;
  /** Moves all of them, at once; returns how many. Overlaps are not brought up to date. */
  flipMovableDense(
    signs: number,
    overlaps: number,
    blocks: number,
    table: number,
    mobile: number,
    scratch: number,
    levels: number,
    tie: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): number;
  /**
   * f64[N]: the cost of each neuron's flip; with levels, ln(Σ_μ F/Σ_μ F after the flip), where the second sum gets a
   * reference of its own, its largest term, when it is below 10⁻⁶ of the first or not below 10³⁰⁰.
   */
  changesDense(
    changes: number,
    signs: number,
    overlaps: number,
    blocks: number,
    table: number,
    scratch: number,
    levels: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): void;
  /** As `sweepBlocks`: neurons in order, overlaps kept up to date. */
  sweepDense(
    signs: number,
    overlaps: number,
    blocks: number,
    table: number,
    order: number,
    cursor: number,
    scratch: number,
    count: number,
    limit: number,
    levels: number,
    tie: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): number;
  /** Glauber: each visited neuron becomes +1 when a uniform real is below 1/(1 + e^(−gain·s_i·change_i)). */
  glauberDense(
    signs: number,
    overlaps: number,
    blocks: number,
    table: number,
    order: number,
    cursor: number,
    generator: number,
    scratch: number,
    count: number,
    limit: number,
    levels: number,
    gain: number,
    stride: number,
    patterns: number,
    neurons: number,
  ): number;

  // simplices ------------------------------------------------------------------------------------
  // A list of simplices σ (sets of at least two neurons) with integer weights w_σ: E = −Σ_σ w_σ s_σ, s_σ the product
  // of the signs in σ; h_i = Σ_{σ∋i} w_σ s_{σ∖i}. Neuron i's simplices begin at word `starts[i]` of `records`
  // (u32[neurons + 1], 32-bit words) and end before starts[i + 1], in groups of one size k: the words k, `first`, `count`,
  // then `count` records of k words, w_σ and the other neurons upwards; in the first `first` of them i is the
  // smallest neuron. Every simplex stands once with each of its neurons. `total` is f64[1], Σ_σ w_σ s_σ. Each |h_i| is
  // below 2³⁰ and the total below 2⁵³.

  /**
   * w_σ += sign·Σ_μ Π_{i∈σ} ξ_i^μ over the patterns from ≤ μ < to.
   * Scratch: u8[8·neurons] at `columns`, aligned to 8.
   */
  addSimplices(
    records: number,
    starts: number,
    blocks: number,
    columns: number,
    stride: number,
    from: number,
    to: number,
    sign: number,
    neurons: number,
  ): void;
  /** h_i, i32[neurons], and the total, from nothing but the state. */
  fieldsSimplices(
    fields: number,
    total: number,
    signs: number,
    records: number,
    starts: number,
    neurons: number,
  ): void;
  /** As `sweepI32`: neurons in order; fields and total are kept up to date. */
  sweepSimplices(
    signs: number,
    fields: number,
    total: number,
    records: number,
    starts: number,
    order: number,
    cursor: number,
    count: number,
    limit: number,
    tie: number,
    neurons: number,
  ): number;
  /** As `glauberI32`. */
  glauberSimplices(
    signs: number,
    fields: number,
    total: number,
    records: number,
    starts: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    gain: number,
    neurons: number,
  ): number;

  // annealing ------------------------------------------------------------------------------------
  // Spins s_i = ±1 as signs; fields f_i = h_i + Σ_j J_ij s_j, of the type the kernel is named after, kept up to date
  // modulo its size, so they have to fit at the end of every flip only. Couplings are symmetric and *doubled*, 2J_ij,
  // with a zero diagonal: a matrix of that type (2J_ij modulo its size), `lda` columns a row, zero in the padding; or,
  // for `Sparse`, i32 fields and links: pairs of u32 neighbour and i32 2J, those of spin i from starts[i] up to
  // starts[i + 1] − 1, starts u32[N + 1].
  // `run` is f64 energy, f64 lowest energy, f64 target (E = −Σ_{i<j} J_ij s_i s_j − Σ_i h_i s_i), u32 sweeps made,
  // u32 1 when the run is over, u32[16] generators: word w of lane l at w·4 + l.

  /** Flips every spin that differs from i8[N] `wanted`; brings fields and the energy of the run up to date. */
  turnI8(
    run: number,
    signs: number,
    fields: number,
    couplings: number,
    wanted: number,
    neurons: number,
  ): void;
  turnI16(
    run: number,
    signs: number,
    fields: number,
    couplings: number,
    wanted: number,
    neurons: number,
  ): void;
  turnI32(
    run: number,
    signs: number,
    fields: number,
    couplings: number,
    wanted: number,
    neurons: number,
  ): void;
  turnSparse(
    run: number,
    signs: number,
    fields: number,
    starts: number,
    links: number,
    wanted: number,
    neurons: number,
  ): void;
  /**
   * At most `sweeps` further sweeps of a run, over all spins in index order; returns how many were made.
   *
   * Sweep k is at temperature T = temperatures[k], f64[count] in integer units, each 0 or from 10⁻³⁰⁰ to 10³⁰⁰; at 0 from
   * `count` on. x = s_i f_i; a flip costs Δ = 2x. At T = 0 a spin flips when x < 0. At T > 0 each sweep draws
   * 2·⌈N/8⌉ words from every lane, spin 4q + l is given word q of lane l, and with u = max(word, 1)·2⁻³² and
   * y = Δ·(1/T) it flips, for rule 0 (Metropolis) when x ≤ 0 or u < e^(−y), for rule 1 (Glauber) when u < 1/(1 + e^y), e as
   * `exponential`.
   *
   * After each sweep with an energy below the lowest, i8[N] `best` becomes the state. The run is over when the lowest
   * is not above the target, or a sweep from `count` on flipped nothing; no sweep is made then.
   * Scratch: u32[8].
   */
  annealI8(
    run: number,
    signs: number,
    best: number,
    fields: number,
    couplings: number,
    temperatures: number,
    scratch: number,
    count: number,
    rule: number,
    sweeps: number,
    neurons: number,
  ): number;
  annealI16(
    run: number,
    signs: number,
    best: number,
    fields: number,
    couplings: number,
    temperatures: number,
    scratch: number,
    count: number,
    rule: number,
    sweeps: number,
    neurons: number,
  ): number;
  annealI32(
    run: number,
    signs: number,
    best: number,
    fields: number,
    couplings: number,
    temperatures: number,
    scratch: number,
    count: number,
    rule: number,
    sweeps: number,
    neurons: number,
  ): number;
  annealSparse(
    run: number,
    signs: number,
    best: number,
    fields: number,
    starts: number,
    links: number,
    temperatures: number,
    scratch: number,
    count: number,
    rule: number,
    sweeps: number,
    neurons: number,
  ): number;

  // exponential ----------------------------------------------------------------------------------

  /** eˣ, off by less than 2 ulp; 0 below −708, infinity above 709. */
  exponential(x: number): number;
  /** f32[count]: eˣ in single precision, off by less than 2 ulp; 0 below −87, infinity above 88. In place allowed. */
  exponentialF32(out: number, x: number, count: number): void;
  /** ln x, off by less than 2 ulp; −infinity at 0, NaN below. */
  logarithm(x: number): number;
  /** tanh x, off by less than 2.5 ulp, odd; ±1 where nothing else is nearer. */
  hyperbolicTangent(x: number): number;

  // graded (doubles) ------------------------------------------------------------------------------

  /** V_i = g(u_i), f64[count]: tanh(gain·u_i) for low = −1, ½ + ½·tanh(gain·u_i) for low = 0. */
  gradedOutputs(outputs: number, u: number, gain: number, low: number, count: number): void;
  /**
   * h_i = Σ_j T_ij V_j + I_i, with T N×N without padding. Four sums, over j = 0, 1, 2, 3 modulo 4, are added as
   * (s₀ + s₂) + (s₁ + s₃), then I_i.
   */
  gradedFields(
    fields: number,
    outputs: number,
    matrix: number,
    inputs: number,
    neurons: number,
  ): void;
  /** ahead_i = u_i + rise·(τ·h_i − u_i) */
  gradedPredict(
    ahead: number,
    u: number,
    fields: number,
    rise: number,
    timeConstant: number,
    count: number,
  ): void;
  /**
   * ahead_i += e_i with e_i = weight·(h'_i − h_i), h' the fields ahead. Returns the largest
   * gain·|e_i|/(1 + gain·|ahead_i|).
   */
  gradedCorrect(
    ahead: number,
    fieldsAhead: number,
    fields: number,
    weight: number,
    gain: number,
    count: number,
  ): number;
  /** The largest |h_i − rate·u_i| */
  gradedSlope(u: number, fields: number, rate: number, count: number): number;
  /**
   * f64[2]: the sum of a_i + c_i and the sum of |a_i| + c_i, a_i = −½ V_i·(h_i + I_i), c_i = scale·H(gain·u_i); even i
   * and odd i apart, then the two added. H(y) = |y|·tanh|y| − ln cosh y is A = s + s³/3 + … + s¹⁹/19 by Horner's rule:
   * below 0.55 |y|·t − A with t = tanh|y|, s = t²/(2 − t²); beyond, (ln 2 − 2A) − 2|y|·(e/(1 + e)) with
   * e = e^(−2|y|), s = e/(2 + e); |y| counts as 350 beyond 350.
   */
  gradedEnergy(
    sums: number,
    u: number,
    outputs: number,
    fields: number,
    inputs: number,
    gain: number,
    scale: number,
    count: number,
  ): void;

  // averages --------------------------------------------------------------------------------------

  /**
   * Sweeps at the temperatures f64[sweeps]: V_i = tanh(h_i/T) for i = 0, 1, … in turn, 0 where h_i = 0,
   * h_i = extra_i + Σ_k weights[k]·V_neighbours[k] over starts[i] ≤ k < starts[i + 1]. Four sums, over
   * k − starts[i] = 0, 1, 2, 3 modulo 4, are added as (s₀ + s₂) + (s₁ + s₃), then extra_i. `averages` is f64[spins],
   * `extra` and `weights` i32, `starts` and `neighbours` u32.
   */
  averageSweeps(
    averages: number,
    starts: number,
    neighbours: number,
    weights: number,
    extra: number,
    temperatures: number,
    sweeps: number,
    spins: number,
  ): void;

  // matrices (doubles, N×N without padding unless said) -------------------------------------------

  /**
   * out[i][j] += Σ_k a(i, k)·b[k][j], with b inner×columns and a(i, k) at index i·rowStep + k·innerStep
   * of a; each sum is complete before it is added to out.
   */
  addProductF64(
    out: number,
    a: number,
    b: number,
    rows: number,
    columns: number,
    inner: number,
    rowStep: number,
    innerStep: number,
  ): void;
  /** f64[count] from i8[count]. */
  signsToF64(out: number, signs: number, count: number): void;
  /** W_ij = J_ji·unit (rows of W are what acts on a neuron), without the padding. */
  couplingsToF64I8(out: number, couplings: number, unit: number, neurons: number): void;
  couplingsToF64I16(out: number, couplings: number, unit: number, neurons: number): void;
  couplingsToF64I32(out: number, couplings: number, unit: number, neurons: number): void;
  /** max_i (|extra_i| + Σ_j |W_ij|) with f64 `extra`; no extra at address 0. */
  largestRowSumF64(matrix: number, extra: number, neurons: number): number;
  /** J_ij = W_ji·scale rounded to nearest, ties to even; |W_ij·scale| < 2³⁰. */
  roundToI32(couplings: number, matrix: number, scale: number, neurons: number): void;
  /** out_j = Σ_i x_i·J_ij, f64. */
  applyI32(out: number, x: number, couplings: number, neurons: number): void;

  // learning -------------------------------------------------------------------------------------

  /** Storkey's step: W_ij += (ξ_i ξ_j − (ξ_i h_j + h_i ξ_j) + 2 W_ij)/N for i ≠ j; h = Wξ is scratch, f64[N]. */
  storkeyF64(matrix: number, signs: number, fields: number, neurons: number): void;
  /**
   * W_ij += (J_ij + b·(M_i + M_j) + P·b²)·scale with M_i = Σ_μ ξ_i^μ (i32): the covariance
   * Σ_μ (ξ_i^μ + b)(ξ_j^μ + b) times scale. J i16.
   */
  addCovarianceF64(
    matrix: number,
    couplings: number,
    sums: number,
    bias: number,
    patterns: number,
    scale: number,
    neurons: number,
  ): void;
  /**
   * Pivoted Cholesky factorisation of the Gram matrix C (i32, P rows of 8·⌈P/8⌉): C = FᵀF with F
   * rank×P (f64); u32 pivots[k] is the pattern chosen k-th, the one with the largest residual. Stops when
   * no residual is above `tolerance`; returns the rank. Scratch: f64[P] at `residuals`.
   */
  factorGram(
    factor: number,
    pivots: number,
    residuals: number,
    gram: number,
    tolerance: number,
    patterns: number,
  ): number;
  /** B_k ← (B_k − Σ_{t<k} F[t][pivot_k]·B_t)/F[k][pivot_k] for the rows k < rank of B, f64[rank×columns]. */
  solveLower(
    b: number,
    factor: number,
    pivots: number,
    rank: number,
    columns: number,
    patterns: number,
  ): void;
  /**
   * The perceptron rule for one neuron, in terms of what it needs of the others: `column` holds its own
   * signs in the P patterns (i8), `stabilities` γ_μ = ξ_i^μ Σ_j J_ij ξ_j^μ (f64) and `norm2` (f64[1]) the
   * squared length of its row, both kept up to date from the Gram matrix. An update with pattern μ adds
   * ξ_i^μ ξ_j^μ to J_ij for all j ≠ i, recorded in `strengths` (f64[P]): row += Σ_μ strengths_μ ξ^μ.
   * Patterns are visited in turn; returns the epochs, the quiet last one included, or −1 when epoch
   * `maxEpochs` was not quiet.
   */
  perceptron(
    strengths: number,
    stabilities: number,
    norm2: number,
    gram: number,
    column: number,
    margin: number,
    maxEpochs: number,
    patterns: number,
    neurons: number,
  ): number;
  /**
   * Diederich and Opper's rule for one neuron: for each pattern in turn J_ij += (1 − γ_μ)·ξ_i^μ ξ_j^μ/N,
   * γ_μ = ξ_i^μ Σ_j J_ij ξ_j^μ, until no |1 − γ_μ| met in an epoch is above `tolerance`; `strengths` in
   * units of 1/N. `self` is 1 when j = i takes part. Returns as `perceptron` does.
   */
  diederichOpper(
    strengths: number,
    stabilities: number,
    gram: number,
    column: number,
    tolerance: number,
    self: number,
    maxEpochs: number,
    patterns: number,
    neurons: number,
  ): number;

  // tensors (singles; steps count elements) ------------------------------------------------------

  /**
   * out[i·outStep + j] = Σ_k a(i, k)·b(k, j), with a(i, k) at index i·aRow + k·aInner of a and b(k, j) at index
   * k·bInner + j·bColumn of b; so aRow = 1 takes a transposed matrix a, bInner = 1 a transposed b. Each sum
   * starts from 0 (`add` = 0) or from what out holds (`add` = 1). Out overlaps neither factor.
   * Scratch: f32[8·min(inner, 512)] at `work`.
   */
  productF32(
    out: number,
    a: number,
    b: number,
    work: number,
    rows: number,
    columns: number,
    inner: number,
    outStep: number,
    aRow: number,
    aInner: number,
    bInner: number,
    bColumn: number,
    add: number,
  ): void;
  /** x[i·columns + j] += row[j] */
  addRowF32(x: number, row: number, rows: number, columns: number): void;
  /** sums[j] += Σ_i x[i·columns + j], each sum complete before it is added. */
  sumRowsF32(sums: number, x: number, rows: number, columns: number): void;
  /** Σ_k (a_k − b_k)² in four lanes: lane l sums k ≡ l (mod 4), the result is (l₀ + l₂) + (l₁ + l₃). */
  squaredDistanceF32(a: number, b: number, count: number): number;

  // normalisation (singles, rows×columns without padding; sums over a row in four lanes as above) ----

  /**
   * Row by row out_j = e_j·(1/Σ_j e_j) with e_j = exp(t_j − max_j t_j), t_j = scale·scores_j + mask_j. Row i of
   * the mask starts at index i·maskStep (0: the same row for all); no mask at address 0; −infinity leaves
   * an element out, and a row with nothing left gives zeros; NaN or +infinity makes its
   * row NaN. In place allowed.
   */
  softmaxF32(
    out: number,
    scores: number,
    mask: number,
    scale: number,
    rows: number,
    columns: number,
    maskStep: number,
  ): void;
  /** The gradient of the scores: (scale·weights_j)·(gradient_j − Σ_k weights_k·gradient_k). In place allowed. */
  softmaxBackwardF32(
    out: number,
    weights: number,
    gradient: number,
    scale: number,
    rows: number,
    columns: number,
  ): void;
  /**
   * Row by row out_j = (x_j − mean)·inverse·gain_j + bias_j with mean = (Σ_j x_j)/columns and
   * inverse = 1/√((Σ_j (x_j − mean)²)/columns + epsilon); gain or bias at address 0 is left out. The moments, f32[2·rows],
   * become mean and inverse of each row. In place allowed.
   */
  layerNormF32(
    out: number,
    moments: number,
    x: number,
    gain: number,
    bias: number,
    epsilon: number,
    rows: number,
    columns: number,
  ): void;
  /**
   * The gradient of x: inverse·((g_j − (Σ_k g_k)/columns) − x̂_j·((Σ_k g_k·x̂_k)/columns)) with x̂_j = (x_j − mean)·inverse and
   * g_j = gradient_j·gain_j; no gain at address 0. In place allowed.
   */
  layerNormBackwardF32(
    out: number,
    x: number,
    moments: number,
    gain: number,
    gradient: number,
    rows: number,
    columns: number,
  ): void;
  /**
   * The gradient of the gain: sums_j += Σ_i gradient_ij·x̂_ij, each sum complete before it is added. (That of
   * the bias is `sumRowsF32` of the gradient.)
   */
  layerNormGainF32(
    sums: number,
    x: number,
    moments: number,
    gradient: number,
    rows: number,
    columns: number,
  ): void;

  // scores ---------------------------------------------------------------------------------------
  // Vectors of singles: rows of `width` f32, one after the other, `width` a multiple of 8, zero in the
  // padding. What a query gives does not depend on the batch it is in.

  /**
   * f32[batch×patterns]: the score of each query q with each row x. Metric 0: t = Σ_k x_k q_k; metric 1:
   * t = Σ_k (x_k − q_k)². Then t ← t·factors_μ (f32[patterns]; none at address 0), and score = t·scale, scale
   * rounded to single. All in singles. A stretch of 512 k: lane l = k mod 8 upwards from 0,
   * then (l₀ + l₂) + (l₁ + l₃) and (l₄ + l₆) + (l₅ + l₇); t: these two sums of each stretch, upwards, from 0.
   */
  scoresF32(
    scores: number,
    queries: number,
    rows: number,
    factors: number,
    scale: number,
    metric: number,
    patterns: number,
    width: number,
    batch: number,
  ): void;
  /** The index of the first largest of f32[count], count ≥ 1. */
  largestF32(scores: number, count: number): number;
  /** The indices (u32) of f32[count] with score ≥ threshold, compared as doubles, upwards; returns how many. */
  selectF32(indices: number, scores: number, threshold: number, count: number): number;
  /**
   * f64[count]: Σ_k x_k² of each row, in doubles: lane l = k mod 8 upwards from 0, then
   * ((l₀ + l₄) + (l₂ + l₆)) + ((l₁ + l₅) + (l₃ + l₇)).
   */
  squaresF32(out: number, rows: number, count: number, width: number): void;

  // attention ------------------------------------------------------------------------------------

  /**
   * The softmax average of the rows for each query: `states` f32[batch×width] is Σ_μ w_μ x^μ / Z, `readouts`
   * f32[batch×valueWidth] the same of the rows of `values` (none at address 0, with valueWidth 0); `stats`
   * f64[batch×4]: M the largest score, the index of the first row that has it, Z = Σ w_μ, U = Σ w_μ (s_μ − M),
   * w_μ = e^(s_μ − M). Scores s as in `scoresF32`, finite; patterns ≥ 1.
   *
   * Rows are taken 64 at a time, M the largest score so far. When a tile raises M to M', d = M − M': c = e^d in
   * doubles, U ← c·(U + Z·d), Z ← c·Z; c = 0 when d < −32 and for the first tile, then U = Z = 0; c = 1 when M
   * stays. Of the tile, in singles, e = s_μ − M, w_μ = e^e as `exponentialF32`, and 0 when e < −32: such rows are
   * left out. Z and U grow by the tile's Σ w_μ and Σ w_μ·e, in doubles, lane l = μ mod 4 upwards from 0, then
   * (l₀ + l₂) + (l₁ + l₃). Each column's Σ w_μ x_μ of the tile runs in singles, rows upwards from 0; its total,
   * a double, becomes total·c + that; at the end total/Z is rounded to single.
   * Scratch: u8[8·batch·(width + valueWidth + 40) + 2048].
   */
  attendF32(
    states: number,
    readouts: number,
    stats: number,
    queries: number,
    rows: number,
    values: number,
    factors: number,
    scratch: number,
    scale: number,
    metric: number,
    patterns: number,
    width: number,
    valueWidth: number,
    batch: number,
  ): void;

  // combinations ---------------------------------------------------------------------------------

  /**
   * f32[width]: Σ_k weights_k·row[indices_k], f64 weights and u32 indices, in doubles from the first product on,
   * rounded once. One row of weight 1 comes out bit for bit. count ≥ 1.
   */
  combineF32(
    out: number,
    rows: number,
    indices: number,
    weights: number,
    count: number,
    width: number,
  ): void;

  // potts ----------------------------------------------------------------------------------------
  // Variables in groups, exactly one of a group on: E = Σ own_b + Σ Q_ab over those that are on, in integers. `starts` is
  // u32[groups + 1], the first variable of each group and the end; `state` u32[groups], the variable that is on; `own`
  // i32[variables]; row b of the symmetric Q is links[rows_b … rows_{b+1}), `rows` u32[variables + 1], a link a u32
  // neighbour, in another group, and its i32 cost. `costs` i32[variables] is c_b = own_b + Σ_a Q_ab over the a
  // that are on. |c_b| < 2³⁰.
  //
  // The sweeps visit groups upwards and keep state and costs up to date. They return the change of the energy, and stop
  // as soon as it is `drop` or less. `beta` is 1/T in units of the integers, finite. Groups of one variable draw nothing.

  /** Computes the costs of a state; returns its energy. */
  costsPotts(
    costs: number,
    state: number,
    own: number,
    rows: number,
    links: number,
    variables: number,
    groups: number,
  ): number;
  /** Proposes another variable of each group, all equally likely; a move that costs Δ > 0 is made when a real < e^(−Δ·beta). */
  metropolisPotts(
    state: number,
    costs: number,
    generator: number,
    starts: number,
    rows: number,
    links: number,
    beta: number,
    drop: number,
    groups: number,
  ): number;
  /**
   * Turns the first variable on whose sum of weights up to it, over the group, is above a real times the whole:
   * w_b = e^(−x), x = (c_b − min c)·beta, and 0 where x > 40. Scratch: f64[largest group].
   */
  glauberPotts(
    state: number,
    costs: number,
    generator: number,
    starts: number,
    rows: number,
    links: number,
    scratch: number,
    beta: number,
    drop: number,
    groups: number,
  ): number;
  /** Turns the first cheapest variable on where it is cheaper than the one that is. */
  descendPotts(
    state: number,
    costs: number,
    starts: number,
    rows: number,
    links: number,
    drop: number,
    groups: number,
  ): number;
  /**
   * Mean field: V_b = w_b/Σ w over its group, f64[variables], one group after the other; weights as in `glauberPotts`
   * from the costs own_b + ((l0 + l2) + (l1 + l3)), lane l the sum of Q_ab·V_a over the links k ≡ l mod 4 of
   * the row. Returns Σ V². Scratch: f64[largest group].
   */
  averagesPotts(
    averages: number,
    own: number,
    starts: number,
    rows: number,
    links: number,
    scratch: number,
    beta: number,
    groups: number,
  ): number;
  /** Turns the first variable with the largest average of each group on. */
  likeliestPotts(state: number, averages: number, starts: number, groups: number): void;
}
