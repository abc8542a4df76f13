import { expect, test } from 'vitest';
import { GradedHopfieldNetwork, HopfieldNetwork, Random } from '../../../src/index.ts';
import { GRADED } from '../../../src/models/graded/file.ts';
import { encodeModel } from '../../../src/models/save-format.ts';
import { decodeModel } from '../../../src/models/saved-model.ts';

const make = (n: number, options?: object) => new GradedHopfieldNetwork(n, options);

test.each([
  [0, {}, /neurons is 0, expected an integer from 1 to 16384/],
  [1.5, {}, /neurons is 1.5/],
  [16385, {}, /neurons is 16385/],
  [3, { gain: 0 }, /gain is 0, expected a number from 1e-30 to 1e30/],
  [3, { gain: -1 }, /gain is -1/],
  [3, { gain: NaN }, /gain is NaN/],
  [3, { gain: Infinity }, /gain is Infinity/],
  [3, { timeConstant: 0 }, /timeConstant is 0/],
  [3, { inputs: [1, 2] }, /inputs has length 2, expected 3/],
  [3, { inputs: [1, NaN, 2] }, /inputs\[1\] is NaN, expected a number/],
  [3, { inputs: Infinity }, /inputs is Infinity/],
  [3, { inputs: 1e101 }, /inputs is 1e\+101/],
])('a network of %s neurons with %s', (n, options, message) => {
  expect(() => make(n, options)).toThrow(RangeError);
  expect(() => make(n, options)).toThrow(message);
});

test.each([
  ['3', {}, /neurons is '3'/],
  [3, { activation: 'relu' }, /activation is 'relu', expected one of 'tanh', 'logistic'/],
  [3, { inputs: 'a' }, /inputs is 'a', expected an array of 3 numbers/],
  [3, { inputs: [1, '2', 3] }, /inputs\[1\] is '2'/],
  [3, { slope: 1 }, /graded network options have no slope/],
  [3, { backend: 'gpu' }, /backend is gpu/],
  [3, null, /graded network options are null/],
])('a network of %s neurons with %s is of the wrong kind', (n, options, message) => {
  expect(() => make(n as number, options as object)).toThrow(TypeError);
  expect(() => make(n as number, options as object)).toThrow(message);
});

test('couplings that will not do', () => {
  const from = GradedHopfieldNetwork.fromCouplings;
  expect(() => from([0, 1, 2, 0])).toThrow(
    'coupling [1][0] is 2 and [0][1] is 1, expected symmetric couplings',
  );
  expect(() => from([0, 1, 2, 0])).toThrow(RangeError);
  expect(() => from([0, NaN, NaN, 0])).toThrow(/matrix\[1\] is NaN/);
  expect(() => from([0, 1, 2])).toThrow(/matrix has length 3, expected a square number/);
  expect(() => from([[0, 1], [1]])).toThrow(/matrix\[1\] has length 1, expected 2/);
  expect(() => from('T' as never)).toThrow(TypeError);
  expect(() => from([])).toThrow(RangeError);
  expect(() => from([0, 1e300, 1e300, 0])).toThrow(/add up to 1e\+300, expected at most 1e\+100/);
  // The limit itself is not above it.
  expect(from([0, 1e100, 1e100, 0]).neurons).toBe(2);
  expect(() => from([0, 1.0000000000000002e100, 1.0000000000000002e100, 0])).toThrow(RangeError);
  expect(() => from([0, 1e308, 1e308, 1e308])).toThrow(/add up to Infinity/);
});

test('potentials, cues, outputs and options that will not do', () => {
  const network = make(3);
  expect(() => network.run([1, 2])).toThrow('u0 has length 2, expected 3');
  expect(() => network.run([1, NaN, 2])).toThrow('u0[1] is NaN');
  expect(() => network.run([1, 1e200, 2])).toThrow(RangeError);
  expect(() => network.run(undefined as never)).toThrow(TypeError);
  expect(() => network.trajectory([1, 2])).toThrow(RangeError);
  expect(() => network.trajectory([1, 2, 3], { maxSteps: 0 })).toThrow(/maxSteps is 0/);
  expect(() => network.run([1, 2, 3], { tolerance: -1 })).toThrow(/tolerance is -1/);
  expect(() => network.run([1, 2, 3], { tolerance: NaN })).toThrow(/tolerance is NaN/);
  expect(() => network.run([1, 2, 3], { maxTime: 0 })).toThrow(/maxTime is 0/);
  expect(() => network.run([1, 2, 3], { accuracy: 0 })).toThrow(/accuracy is 0/);
  expect(() => network.run([1, 2, 3], { steps: 3 } as never)).toThrow(/have no steps/);
  expect(() => network.recall([1, 2, 1])).toThrow('cue[1] is 2, expected an output from -1 to 1');
  expect(() => make(2, { activation: 'logistic' }).recall([-1, 0.5])).toThrow(
    'cue[0] is -1, expected an output from 0 to 1',
  );
  expect(() => network.recall(['a', 'b', 'c'] as never)).toThrow(TypeError);
  expect(() => network.energy([0, 0, 1.5])).toThrow(/outputs\[2\] is 1.5/);
  expect(() => network.store([1, 2, 3])).toThrow(RangeError);
  expect(network.patternCount).toBe(0);
});

test('all kinds of cues: signs, 0/1, booleans, and outputs', () => {
  const pattern = [1, -1, 1, 1, -1];
  for (const activation of ['tanh', 'logistic'] as const) {
    const network = make(5, { activation, gain: 50 }).store(pattern);
    const binary = pattern.map((x) => (x + 1) / 2);
    const ends = [
      network.recall(pattern),
      network.recall(Int8Array.from(pattern)),
      network.recall(binary),
      network.recall(binary.map(Boolean)),
    ];
    for (const end of ends) expect(end).toEqual(ends[0]);
    const low = activation === 'tanh' ? -1 : 0;
    expect([...ends[0].state]).toEqual(pattern.map((x) => (x > 0 ? 1 : low)));
    expect([...network.patterns[0]]).toEqual(pattern.map((x) => (x > 0 ? 1 : low)));
    const middle = activation === 'tanh' ? 0 : 0.5;
    const outputs = pattern.map((x) => middle + 0.2 * x);
    expect(network.recall(outputs).match).toEqual({ index: 0, overlap: 1, correlation: 1 });
    // Nine tenths of the way from the middle.
    const [first] = network.trajectory(Array(5).fill(0));
    expect([...first.outputs]).toEqual(Array(5).fill(middle));
  }
});

test('one neuron', () => {
  const alone = make(1, { inputs: 2, gain: 3, timeConstant: 0.5 });
  const end = alone.run([-4], { tolerance: 1e-9 });
  expect(end.converged).toBe(true);
  expect(end.u[0]).toBeCloseTo(1, 8);
  expect(end.match).toBeUndefined();
  const itself = GradedHopfieldNetwork.fromCouplings([[5]], { gain: 1 });
  expect(itself.run([0.1]).outputs[0]).toBeCloseTo(Math.tanh(5 * Math.tanh(5)), 3);
  expect(make(1).store([1]).run([0.3]).u[0]).toBeCloseTo(0, 5);
});

test('the largest and smallest gains, time constants and potentials stay numbers', () => {
  for (const gain of [1e-30, 1e30]) {
    for (const timeConstant of [1e-30, 1, 1e30]) {
      for (const size of [1e-300, 1, 1e100]) {
        const network = GradedHopfieldNetwork.fromCouplings([0, 7, 7, -3], {
          gain,
          timeConstant,
          inputs: [1, -1],
        });
        const { u, outputs, energy, derivative, steps } = network.run([size, -size], {
          maxSteps: 200,
        });
        for (const x of [...u, ...outputs, energy, derivative]) expect(x).toBeLessThan(Infinity);
        for (const x of [...u, ...outputs, energy, derivative])
          expect(x).toBeGreaterThan(-Infinity);
        expect(steps).toBeLessThanOrEqual(200);
      }
    }
  }
});

test('tolerance 0 ends at an exact rest, or after the steps allowed', () => {
  const random = new Random(2);
  const network = make(20).store(random.signs(40));
  const end = network.recall(random.signs(20), { tolerance: 0, maxSteps: 300 });
  expect(end.converged).toBe(end.derivative === 0);
  expect(end.steps).toBeLessThanOrEqual(300);
  expect(end.derivative).toBeLessThan(1e-12);
});

test('the time is not overstepped', () => {
  const network = make(4).store([1, 1, -1, 1]);
  const { time, converged } = network.run([0.1, 0.2, 0.3, 0.4], { maxTime: 0.123 });
  expect([time, converged]).toEqual([0.123, false]);
  const times = [...network.trajectory([0.1, 0.2, 0.3, 0.4], { maxTime: 0.5 })].map((s) => s.time);
  expect(times[0]).toBe(0);
  expect(times.at(-1)).toBe(0.5);
  for (let k = 1; k < times.length; k++) expect(times[k]).toBeGreaterThan(times[k - 1]);
});

test('storing after a run counts in the next; it ends a trajectory', () => {
  const random = new Random(3);
  const patterns = random.signs(60);
  const network = make(20).store(patterns.subarray(0, 20));
  const u0 = Array.from({ length: 20 }, () => random.real() - 0.5);
  network.run(u0);
  const way = network.trajectory(u0);
  const late = network.trajectory(u0);
  way.next();
  network.store(patterns.subarray(20));
  expect(() => way.next()).toThrow('the network was changed during a run of it');
  expect(() => late.next()).toThrow('the network was changed during a run of it');
  const whole = make(20).store(patterns);
  expect(network.run(u0)).toEqual(whole.run(u0));
  expect(network.couplings).toEqual(whole.couplings);
  const hebbian = new HopfieldNetwork(20).store(patterns).couplings;
  whole.couplings.forEach((w, k) => expect(w).toBeCloseTo(hebbian[k], 6));
});

test('patterns are learnt on top of given couplings', () => {
  const given = [0.5, 1, 1, 0];
  const network = GradedHopfieldNetwork.fromCouplings(given).store([1, -1]);
  expect([...network.couplings]).toEqual([0.5, 0.5, 0.5, 0]);
});

test('a run leaves no memory behind, nor does a trajectory that is left', () => {
  const network = make(200).store(new Random(1).signs(400));
  network.recall(new Random(2).signs(200));
  const before = network.bytes;
  for (let k = 0; k < 200; k++) {
    network.recall(new Random(k).signs(200), { maxSteps: 3 });
    network.trajectory(new Float64Array(200).fill(0.1)).next();
    network.energy(new Float64Array(200));
  }
  expect(network.bytes).toBe(before);
});

test('nothing works after disposal', () => {
  const network = make(3).store([1, 1, -1]);
  const way = network.trajectory([1, 2, 3]);
  network.dispose();
  network.dispose();
  const message = 'the network has been disposed of';
  expect(() => network.run([1, 2, 3])).toThrow(message);
  expect(() => network.recall([1, 1, 1])).toThrow(message);
  expect(() => network.store([1, 1, 1])).toThrow(message);
  expect(() => network.energy([0, 0, 0])).toThrow(message);
  expect(() => network.save()).toThrow(message);
  expect(() => network.couplings).toThrow(message);
  expect(() => network.patterns).toThrow(message);
  expect(() => network.backend).toThrow(message);
  expect(() => way.next()).toThrow(message);
});

test('a saved network runs as before', () => {
  const random = new Random(6);
  const patterns = random.signs(75);
  const options = {
    gain: 3,
    timeConstant: 0.5,
    inputs: Array.from({ length: 25 }, () => random.real()),
  };
  const T = Array.from({ length: 625 }, (_, k) => ((k % 25) + Math.floor(k / 25)) / 100);
  for (const network of [
    make(25),
    make(25, { ...options, activation: 'logistic' }).store(patterns),
    GradedHopfieldNetwork.fromCouplings(T, options),
    GradedHopfieldNetwork.fromCouplings(T, options).store(patterns),
  ]) {
    const file = network.save();
    for (const backend of ['wasm', 'reference'] as const) {
      const again = GradedHopfieldNetwork.load(file, { backend });
      expect(again.backend).toBe(backend);
      expect(again.save()).toEqual(file);
      expect(again.couplings).toEqual(network.couplings);
      expect(again.patterns).toEqual(network.patterns);
      const cue = random.signs(25);
      expect(again.recall(cue)).toEqual(network.recall(cue));
    }
  }
});

test('files that are altered, cut short or foreign', () => {
  const file = GradedHopfieldNetwork.fromCouplings([0, 2, 2, 0]).store([1, -1]).save();
  const load = GradedHopfieldNetwork.load;
  for (let k = 0; k < file.length; k++) {
    const altered = file.slice();
    altered[k] ^= 1 << (k % 8);
    expect(() => load(altered)).toThrow(Error);
    expect(() => load(file.subarray(0, k))).toThrow(Error);
  }
  expect(() => load(new HopfieldNetwork(2).save())).toThrow(
    "the file holds 'HopfieldNetwork', expected 'GradedHopfieldNetwork'",
  );
  expect(() => load('file' as never)).toThrow(TypeError);
  // Tampered with, and with the checksum put right.
  const { description, sections } = decodeModel(GRADED, file, {});
  const forged = (change: object, change2 = sections) =>
    encodeModel({ model: GRADED.model, ...description, ...change }, change2);
  const reals = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);
  const [rows, inputs, given] = sections;
  expect(() => load(forged({ gain: 0 }))).toThrow(RangeError);
  expect(() => load(forged({ gain: 'x' }))).toThrow(TypeError);
  expect(() => load(forged({ neurons: 3 }))).toThrow(/length of inputs is 16, expected 24/);
  expect(() => load(forged({ neurons: 1e9 }))).toThrow(Error);
  expect(() => load(forged({ patterns: 2 }))).toThrow(/length of patterns is 1, expected 2/);
  expect(() => load(forged({ patterns: -1 }))).toThrow(Error);
  expect(() => load(forged({ patterns: undefined }))).toThrow(Error);
  expect(() => load(forged({}, [rows, inputs, reals(0, 1, 2, 0)]))).toThrow(/symmetric/);
  expect(() => load(forged({}, [rows, inputs, reals(0, NaN, NaN, 0)]))).toThrow(/NaN/);
  expect(() => load(forged({}, [rows, inputs, reals(0)]))).toThrow(
    /length of couplings is 8, expected 32/,
  );
  expect(() => load(forged({}, [rows, reals(NaN, 0), given]))).toThrow(/inputs\[0\] is NaN/);
  expect(() => load(forged({}, [rows, inputs]))).toThrow(Error);
});
