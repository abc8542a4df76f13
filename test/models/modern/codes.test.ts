/**
 * Codes: no score is above its bound, whatever rows and queries are; recalls with codes have the bits of those without; and where an
 * error is allowed, the answer is as near as the bound says.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type ModernOptions } from '../../../src/index.ts';
import { codeBytes, widthOf } from '../../../src/kernels/layout.ts';
import { codeKernels } from '../../../src/kernels/groups/codes.ts';
import { modernKernels } from '../../../src/kernels/groups/modern.ts';
import { openMachine } from '../../../src/kernels/open.ts';
import { writeCodes } from '../../../src/models/modern/codes.ts';
import { normalise, squaresOf } from '../../../src/models/modern/norms.ts';
import { planModern } from '../../../src/models/modern/options.ts';
import { Scan } from '../../../src/models/modern/scan.ts';
import { measureOf } from '../../../src/models/modern/similarity.ts';
import { BLOCK_ROWS, fold, maximum, partial } from '../../../src/parallel/index.ts';
import { BACKENDS, GENERATED, SIMILARITIES } from './cases.ts';
import { Scanning } from '../../../src/models/modern/scanning.ts';

const COUNT = 2500;
const FEW = {
  ...GENERATED,
  endOnFailure: true,
  numRuns: typeof document === 'undefined' ? 40 : 12,
};

type Kind = (typeof KINDS)[number];
const KINDS = [
  'unit',
  'clustered',
  'equal',
  'outlier',
  'huge',
  'tiny',
  'denormal',
  'zeros',
  'whole',
  'offset',
] as const;

/** One number of a row, or of a query near a row, of a kind. */
function rowsOf(kind: Kind, random: Random, count: number, d: number): Float32Array {
  const real = () => 2 * random.real() - 1;
  const rows = new Float32Array(count * d).map(real);
  for (let k = 0; k < count; k++) {
    const row = rows.subarray(k * d, (k + 1) * d);
    if (kind === 'unit') {
      const norm = Math.hypot(...row);
      row.forEach((x, i) => (row[i] = x / norm));
    }
    if (kind === 'clustered')
      row.forEach((x, i) => (row[i] = ((k % 9) + i === 4 ? 3 : 0) + x / 50));
    if (kind === 'equal' && k % 3 > 0) row.set(rows.subarray((k % 3) * d, (k % 3) * d + d));
    if (kind === 'outlier' && k % 2) row[k % d] *= 1e4;
    if (kind === 'huge' && k % 50 === 0) row.forEach((x, i) => (row[i] = x * 1e6));
    if (kind === 'tiny') row.forEach((x, i) => (row[i] = x * 1e-12));
    if (kind === 'denormal') row.forEach((x, i) => (row[i] = i % 2 ? x * 1e-42 : x));
    if (kind === 'zeros' && k % 4) row.fill(k % 8 === 1 ? 1e-40 : 0);
    if (kind === 'whole')
      row.forEach((x, i) => (row[i] = Math.round(3 * x) + Number(i === 0 && k === 9)));
    if (kind === 'offset') row.forEach((x, i) => (row[i] = 100 + x));
  }
  return rows;
}

const spec = fc.record({
  seed: fc.nat(),
  kind: fc.constantFrom(...KINDS),
  asked: fc.constantFrom(...KINDS),
  d: fc.constantFrom(1, 3, 16, 17, 40),
  similarity: fc.constantFrom(...SIMILARITIES),
  /** β times the square of a norm, about. */
  heat: fc.constantFrom(0.1, 30, 100, 1000, 1e6),
  nothing: fc.constantFrom(undefined, 0.5),
});
type Spec = (typeof spec extends fc.Arbitrary<infer T> ? Omit<T, 'd' | 'heat'> : never) & {
  d: number;
  heat: number;
};

function caseOf({ seed, kind, asked, d, similarity, heat, nothing }: Spec, count = COUNT) {
  const random = new Random(seed);
  const rows = rowsOf(kind, random, count, d);
  const far = rowsOf(asked, random, 60, d).slice(59 * d);
  const near = rows.slice(d * 7, d * 8);
  const off = near.map((x, i) => x * (1 + (i % 3) / 20));
  // What a code leaves of a row is what it is most wrong about.
  const scale = Math.fround(Math.max(...near.map(Math.abs)) / 127);
  const rest = near.map((x) => (scale > 0 ? x - scale * Math.round(x / scale) : x));
  const stretch = Math.hypot(...near) / Math.hypot(...rest);
  const queries = [near, off, far, new Float32Array(d)];
  if (stretch < 1e5) queries.push(rest.map((x) => x * stretch));
  // Cosine similarity knows nothing without a direction.
  if (similarity === 'cosine') {
    const all = Array.from({ length: count }, (_, k) => rows.subarray(k * d, (k + 1) * d));
    for (const one of [...all, ...queries]) if (!(Math.hypot(...one) > 1e-14)) one.fill(1);
  }
  const square = near.reduce((sum, x) => sum + x * x, 0);
  const size = similarity === 'cosine' || square < 1e-30 ? 1 : square;
  const options: ModernOptions = {
    similarity,
    beta: Math.min(1e20, heat / size),
    nothing: nothing && (similarity === 'euclidean' ? -nothing : nothing) * size,
  };
  return { d, rows, options, queries };
}

describe.each(BACKENDS)('%s', (backend) => {
  test('no score is above its bound, nor that of the best row below what is known of others', () => {
    let close = 0;
    const machine = openMachine(backend, [modernKernels, codeKernels]);
    fc.assert(
      fc.property(spec, fc.constantFrom(1, 130, 2050), (given, wider) => {
        const count = 70;
        const { rows, options, queries, d } = caseOf(
          { ...given, d: Math.max(given.d, wider) },
          count,
        );
        const plan = planModern(d, options);
        const { memory, kernels } = machine;
        const width = widthOf(d);
        memory.scope((take) => {
          const put = (vectors: Float32Array) => {
            const many = vectors.length / d;
            const at = take(many * width * 4);
            memory.views.f32.fill(0, at >>> 2, (at >>> 2) + many * width);
            for (let k = 0; k < many; k++) {
              memory.views.f32.set(vectors.subarray(k * d, (k + 1) * d), (at >>> 2) + k * width);
            }
            return at;
          };
          const x = put(rows);
          const asked = put(Float32Array.from(queries.flatMap((query) => [...query])));
          const squares = squaresOf(machine, x, count, width);
          const codes = take(count * codeBytes(d));
          writeCodes(machine, plan, codes, x, count, squares);
          const factors = take(count * 4);
          squares.forEach((square, k) => {
            memory.views.f32[(factors >>> 2) + k] = 1 / Math.sqrt(square);
          });
          const cosine = plan.similarity === 'cosine';
          if (cosine) normalise(machine, asked, asked, queries.length, width);
          const scores = take(count * queries.length * 4);
          const { scale, metric } = measureOf(plan);
          kernels.scoresF32(
            scores,
            asked,
            x,
            cosine ? factors : 0,
            scale,
            metric,
            count,
            width,
            queries.length,
          );
          const largest = Math.sqrt(Math.max(...squares));
          const scan = new Scan(machine, plan, take, asked, queries.length, width, count, largest);
          scan.add(codes, 0, 0, 52);
          scan.add(codes + 52 * codeBytes(d), 0, 52, count - 52);
          for (const [k, b] of scan.queries.entries()) {
            const own = memory.views.f32.subarray(
              (scores >>> 2) + b * count,
              (scores >>> 2) + (b + 1) * count,
            );
            for (let r = 0; r < count; r++) {
              if (!(own[r] <= scan.upper(k, r))) {
                throw new Error(`row ${r}, query ${b}: score ${own[r]}, bound ${scan.upper(k, r)}`);
              }
            }
            // A bound that says something.
            const spread = Math.max(...own) - Math.min(...own);
            const best = scan.best(k);
            if (scan.upper(k, best) - own[best] < spread / 4) close++;
            const most = Math.max(...own);
            expect(scan.above(k, most, Infinity)).toContain(own.indexOf(most));
          }
        });
      }),
      { ...FEW, numRuns: backend === 'wasm' ? 2 * FEW.numRuns : FEW.numRuns / 2 },
    );
    expect(close).toBeGreaterThan(backend === 'wasm' ? FEW.numRuns : 0);
  });

  test('the bits of a recall without codes, values and all', () => {
    let few = 0;
    fc.assert(
      fc.property(spec, fc.boolean(), (given, more) => {
        // From time to time more than a block.
        const count = more && backend === 'wasm' ? 4800 : COUNT;
        const { rows, options, queries, d } = caseOf(given, count);
        const values = given.seed % 2 ? rows.slice(0, count) : undefined;
        const plain = new ModernHopfieldNetwork(d, { ...options, backend }).store(rows, { values });
        const coded = new ModernHopfieldNetwork(d, { ...options, backend, codes: 'int8' });
        coded.store(rows, { values });
        const how = { steps: 2, energy: given.similarity !== 'cosine' };
        const many = plain.recallMany(queries, how);
        expect(coded.recallMany(queries, how)).toEqual(many);
        expect(coded.recall(queries[0], how)).toEqual(plain.recall(queries[0], how));
        const { read, ...same } = coded.recall(queries[1], { error: 0 });
        expect(same).toEqual(plain.recall(queries[1]));
        expect(read!.bound).toBe(0);
        if (read!.rows < count) few++;
        const among = Array.from({ length: count }, (_, k) => k % 5 > 0);
        expect(coded.recall(queries[1], { among })).toEqual(plain.recall(queries[1], { among }));
        plain.dispose();
        coded.dispose();
      }),
      { ...FEW, numRuns: backend === 'wasm' ? FEW.numRuns : FEW.numRuns / 4 },
    );
    expect(few).toBeGreaterThan(backend === 'wasm' ? FEW.numRuns / 5 : 0);
  });

  test('where an error is allowed, the state is as near as the bound says, and few rows are read', () => {
    let less = 0;
    fc.assert(
      fc.property(
        spec,
        fc.constantFrom(1e-6, 1e-4, 0.01, 0.3, 2),
        fc.constantFrom(3, 10, 20, 60),
        (given, error, heat) => {
          const { rows, options, queries, d } = caseOf({ ...given, heat });
          const network = new ModernHopfieldNetwork(d, { ...options, backend, codes: 'int8' });
          network.store(rows);
          const largest = Math.sqrt(
            Array.from({ length: COUNT }, (_, k) =>
              rows.subarray(k * d, (k + 1) * d).reduce((sum, x) => sum + x * x, 0),
            ).reduce((a, b) => Math.max(a, b)),
          );
          for (const query of queries.slice(0, 3)) {
            const { state, read } = network.recall(query, { error });
            const exact = network.recall(query);
            const off = Math.hypot(...state.map((x, i) => x - exact.state[i]));
            // But for the rounding of this sum.
            expect(off).toBeLessThanOrEqual(read!.bound * (1 + 1e-6));
            expect(read!.bound).toBeLessThanOrEqual(error * largest * (1 + 1e-6));
            if (read!.bound === 0) expect(state).toEqual(exact.state);
            else if (read!.rows < network.recall(query, { error: 0 }).read!.rows) less++;
          }
          const many = network.recallMany(queries.slice(0, 2), { error });
          const one = network.recall(queries[1], { error });
          expect([many.read!.rows[1], many.read!.bounds[1]]).toEqual([
            one.read!.rows,
            one.read!.bound,
          ]);
          network.dispose();
        },
      ),
      { ...FEW, numRuns: backend === 'wasm' ? FEW.numRuns : FEW.numRuns / 4 },
    );
    expect(less).toBeGreaterThan(backend === 'wasm' ? FEW.numRuns / 5 : 0);
  });

  test('storing, forgetting, saving and loading keep codes with their rows', () => {
    const random = new Random(8);
    const [d, options] = [20, { beta: 500, backend, similarity: 'euclidean' } as const];
    const plain = new ModernHopfieldNetwork(d, options);
    let coded = new ModernHopfieldNetwork(d, { ...options, codes: 'int8' });
    const queries: Float32Array[] = [];
    const same = () => {
      for (const query of queries) {
        const { read, ...found } = coded.recall(query, { error: 0 });
        expect(found).toEqual(plain.recall(query));
        expect(read!.rows).toBeLessThan(plain.patternCount / 64);
      }
    };
    for (let round = 0; round < 6; round++) {
      const rows = rowsOf('unit', random, 300 + 100 * round, d);
      const labels = Array.from({ length: rows.length / d }, (_, k) => `${round}/${k}`);
      queries.push(rows.slice(100 * d, 101 * d).map((x) => x + 0.01));
      for (const network of [plain, coded]) network.store(rows, { labels });
      same();
      for (const network of [plain, coded]) {
        network.forget(round);
        network.forget({ label: `${round}/100` });
        network.forget(network.patternCount - 1);
        expect(() => network.store([...rows.subarray(0, d - 1), NaN])).toThrow('NaN');
      }
      same();
      if (round === 3) {
        const saved = coded.save();
        expect(saved).toEqual(plain.save());
        expect(ModernHopfieldNetwork.load(saved, { backend }).codes).toBe(undefined);
        coded = ModernHopfieldNetwork.load(saved, { backend, codes: 'int8' });
        expect(coded.codes).toBe('int8');
        same();
      }
    }
    while (plain.patternCount > 3000) for (const network of [plain, coded]) network.forget(0);
    same();
  });
});

test('parts of a network with codes are those of one without', () => {
  const random = new Random(9);
  const [d, count] = [12, BLOCK_ROWS + 900];
  const rows = rowsOf('unit', random, count, d);
  const options = { beta: 300, similarity: 'cosine', nothing: 0.1 } as const;
  const plain = new ModernHopfieldNetwork(d, options).store(rows);
  const coded = new ModernHopfieldNetwork(d, { ...options, codes: 'int8' }).store(rows);
  const query = rows.slice(0, d).map((x, i) => x + i / 100);
  const m = maximum(coded, query);
  expect(m).toBe(maximum(plain, query));
  expect(partial(coded, query, m)).toEqual(partial(plain, query, m));
  const last = partial(coded, query, m, { blocks: [1] });
  expect(fold([last, partial(plain, query, m, { blocks: [0] })])).toEqual(coded.recall(query));
});

test('nothing stored, and what is refused', () => {
  const network = new ModernHopfieldNetwork(3, { codes: 'int8', beta: 1e4 });
  expect(network.codes).toBe('int8');
  expect(network.recall([1, 0, 0], { error: 0.1 }).read).toEqual({ rows: 0, bound: 0 });
  network.store([1, 0, 0]);
  expect(network.recall([1, 1, 0], { error: 0 })).toMatchObject({ read: { rows: 1, bound: 0 } });
  expect(network.recall([1, 1, 0])).not.toHaveProperty('read');
  const wrong = (options: object) => () => new ModernHopfieldNetwork(3, options);
  expect(wrong({ codes: 'int4' })).toThrow("codes is 'int4', expected one of 'int8'");
  expect(wrong({ codes: true })).toThrow(TypeError);
  expect(wrong({ codes: 'int8', separation: 'entmax' })).toThrow(
    "codes are given, expected none for the separation 'entmax'",
  );
  expect(() => network.recall([1, 0, 0], { error: -1 })).toThrow(RangeError);
  expect(() => network.recall([1, 0, 0], { error: '1' as never })).toThrow(TypeError);
  expect(() => network.recall([1, 0, 0], { error: 0.1, steps: 2 })).toThrow(
    'steps is 2, expected 1',
  );
  expect(() => new ModernHopfieldNetwork(3).recall([1, 0, 0], { error: 0.1 })).toThrow(
    'error is given, expected none',
  );
  expect(() => network.recall([Infinity, 0, 0])).toThrow(RangeError);
  expect(() => ModernHopfieldNetwork.load(network.save(), { codes: 'int4' as never })).toThrow(
    TypeError,
  );
});

test('codes that spare nothing are scanned for less and less, and again at once when they do', () => {
  const tries = (outcomes: (scan: number) => boolean, batches: number) => {
    const scanning = new Scanning();
    const at: number[] = [];
    for (let batch = 0; batch < batches; batch++) {
      if (!scanning.due()) continue;
      scanning.told(outcomes(at.length));
      at.push(batch);
    }
    return at;
  };
  expect(tries(() => true, 5)).toEqual([0, 1, 2, 3, 4]);
  expect(tries(() => false, 130)).toEqual([0, 2, 6, 14, 30, 62, 94, 126]);
  expect(tries((scan) => scan > 2, 18)).toEqual([0, 2, 6, 14, 15, 16, 17]);
});

test.each(BACKENDS)(
  'queries that are flat and peaked by turns have the bits of a memory without codes (%s)',
  (backend) => {
    const [d, count] = [24, 300];
    const random = new Random(5);
    const rows = Float32Array.from({ length: count * d }, () => random.real() - 0.5);
    const options = { beta: 8, backend };
    const plain = new ModernHopfieldNetwork(d, options).store(rows);
    const coded = new ModernHopfieldNetwork(d, { ...options, codes: 'int8' }).store(rows);
    const reads: number[] = [];
    for (let k = 0; k < 40; k++) {
      const size = random.below(2) ? 1000 : 3;
      const query = rows.subarray(k * d, (k + 1) * d).map((x) => size * x);
      expect(coded.recall(query)).toEqual(plain.recall(query));
      const { read, ...same } = coded.recall(query, { error: 0 });
      expect(same).toEqual(plain.recall(query));
      reads.push(read!.rows);
    }
    expect(Math.min(...reads)).toBeLessThan(20);
    expect(Math.max(...reads)).toBe(count);
  },
);
