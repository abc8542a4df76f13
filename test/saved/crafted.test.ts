/** Saved models that somebody made, with a checksum that is right: what they say of themselves has to hold. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork } from '../../src/index.ts';
import { BACKENDS } from '../models/cases.ts';
import {
  bare,
  doubles,
  faded,
  given,
  graded,
  ints,
  listed,
  load,
  MODELS,
  modern,
  none,
  restricted,
  shorts,
  singles,
  symmetric,
  VALID,
  type Name,
} from './cases.ts';
import { forge } from './forge.ts';

describe.each(VALID)('%s %o', (name, description, sections) => {
  test.each(BACKENDS)('is loaded, and saved the same: %s', (backend) => {
    const network = load(name, description, sections, { backend });
    expect(network.save()).toEqual(load(name, description, sections).save());
    expect(MODELS[name].fromJSON(JSON.parse(JSON.stringify(network))).save()).toEqual(
      network.save(),
    );
  });

  test('every field has to be there, and no other', () => {
    const visit = (value: object, rebuild: (changed: object) => object) => {
      for (const [key, inner] of Object.entries(value)) {
        const { [key]: _, ...rest } = value as Record<string, unknown>;
        const missing = Array.isArray(value) ? value.filter((__, k) => String(k) !== key) : rest;
        expect(() => load(name, rebuild(missing), sections), key).toThrow(
          /expected|without connections/,
        );
        for (const odd of [true, [], {}, 'x', -1, 0.3, 1e300, '1']) {
          const changed = Array.isArray(value)
            ? Object.assign([...value], { [key]: odd })
            : { ...value, [key]: odd };
          if (lawful(key, odd) || JSON.stringify(odd) === JSON.stringify(inner)) continue;
          expect(() => load(name, rebuild(changed), sections), `${key} ${odd}`).toThrow();
        }
        if (typeof inner === 'object' && inner !== null) {
          visit(inner, (changed) =>
            rebuild(
              Array.isArray(value)
                ? Object.assign([...value], { [key]: changed })
                : { ...value, [key]: changed },
            ),
          );
        }
      }
      if (Array.isArray(value)) return;
      expect(() => load(name, rebuild({ ...value, more: 1 }), sections)).toThrow(/more|have no/);
      const proto = JSON.parse('{"__proto__":{"x":1}}');
      expect(() => load(name, rebuild(Object.assign(proto, value)), sections)).toThrow(/__proto__/);
    };
    visit(description, (changed) => changed);
  });

  test('sections have the lengths that follow from the description', () => {
    for (const [k, section] of sections.entries()) {
      for (const other of [new Uint8Array(section.length + 1), section.subarray(1)]) {
        if (other.length === section.length) continue;
        const changed = sections.map((one, i) => (i === k ? other : one));
        expect(() => load(name, description, changed), `section ${k}`).toThrow(/expected/);
      }
    }
    const lengths = sections.map((section) => section.length);
    const bad = [...sections, Uint8Array.of(7)];
    for (const claimed of [
      undefined,
      null,
      'abc',
      {},
      [],
      [...lengths, 0],
      [...lengths, 1],
      [1e300],
    ]) {
      const description2 = { ...description, sections: claimed };
      expect(() => load(name, description2, sections)).toThrow(/sections|length of/);
    }
    expect(() => load(name, { ...description, sections: lengths }, bad)).toThrow(/all sections/);
  });
});

/** Whether a field may have this value beside all the others. */
function lawful(key: string, value: unknown): boolean {
  const numbers = ['scale', 'beta', 'gain', 'timeConstant', 'margin', 'strength'];
  if (value === 0.3) return numbers.includes(key);
  if (value === 1e300) return ['margin', 'maxEpochs', 'epochs', 'dimension'].includes(key);
  if (value === true)
    return ['dreamt', 'selfActing', 'symmetric', 'converged', 'cyclic'].includes(key);
  return false;
}

test.each<[string, Name, object, Uint8Array[], RegExp]>([
  [
    'scale 1e308',
    'HopfieldNetwork',
    { ...given, couplings: { kind: 'i32', scale: 1e308 } },
    [none, none, symmetric],
    /unit of 1e\+308/,
  ],
  [
    'dreamt, without couplings',
    'HopfieldNetwork',
    { ...bare, dreamt: true },
    [none, none, none],
    /couplings.scale is undefined/,
  ],
  [
    'scale 0',
    'HopfieldNetwork',
    { ...given, couplings: { kind: 'i32', scale: 0 } },
    [none, none, symmetric],
    /couplings.scale is 0/,
  ],
  [
    'i16 with another scale',
    'HopfieldNetwork',
    { ...faded, couplings: { kind: 'i16', scale: 1 } },
    [Uint8Array.of(3), none, new Uint8Array(18)],
    /couplings.scale is 1, expected 0.33/,
  ],
  [
    'i16 beyond the bound',
    'HopfieldNetwork',
    faded,
    [Uint8Array.of(3), none, shorts(0, 2, 0, 2, 0, 0, 0, 0, 0)],
    /coupling \[1\]\[0\] is 2 units, expected at most 1/,
  ],
  [
    'asymmetric',
    'HopfieldNetwork',
    given,
    [none, none, ints(0, 5, -7, -5, 0, 3, 7, -3, 0)],
    /expected the same: symmetric is true/,
  ],
  [
    'self-coupled',
    'HopfieldNetwork',
    given,
    [none, none, ints(1, 5, 7, 5, 0, 3, 7, 3, 0)],
    /\[0\]\[0\] is 1 units, expected 0/,
  ],
  [
    '−2³¹',
    'HopfieldNetwork',
    given,
    [none, none, ints(0, -(2 ** 31), 0, -(2 ** 31), 0, 0, 0, 0, 0)],
    /-2147483648 units, expected at most/,
  ],
  [
    'full rows',
    'HopfieldNetwork',
    given,
    [none, none, ints(0, 2 ** 29, 2 ** 29, 2 ** 29, 0, 0, 2 ** 29, 0, 0)],
    /neuron 0 are 1073741824 units, expected less than 1073741824/,
  ],
  [
    'full binary rows',
    'HopfieldNetwork',
    { ...given, units: 'binary' },
    [none, none, ints(0, 2 ** 29, 0, 2 ** 29, 0, 0, 0, 0, 0)],
    /expected less than 536870912/,
  ],
  [
    'a row full with its threshold',
    'HopfieldNetwork',
    given,
    [none, doubles(0, 2 ** 29, 0), symmetric],
    /neuron 1 are 1073741832 units/,
  ],
  [
    'NaN thresholds',
    'HopfieldNetwork',
    given,
    [none, doubles(0, NaN, 0), symmetric],
    /thresholds\[1\] is NaN/,
  ],
  [
    'thresholds too large for Hebb',
    'HopfieldNetwork',
    { ...bare, patterns: 1 },
    [Uint8Array.of(3), doubles(1e30, 0, 0), none],
    /thresholds of up to 1e\+30/,
  ],
  [
    'a rule that is misspelt',
    'HopfieldNetwork',
    { ...bare, rule: { name: 'hebb' } },
    [none, none, none],
    /rule is 'hebb'/,
  ],
  [
    'escape sequences',
    'HopfieldNetwork',
    { ...bare, units: '\u001b[2J' },
    [none, none, none],
    /^units is '\\u001b\[2J', expected/,
  ],
  [
    'bits of a fourth neuron',
    'HopfieldNetwork',
    { ...bare, patterns: 2 },
    [Uint8Array.of(3, 11), none, none],
    /pattern 1 has more bits, expected 3/,
  ],
  [
    'thresholds that are not those of the rule',
    'HopfieldNetwork',
    { ...bare, units: 'binary', rule: { name: 'covariance', activity: 0.5, threshold: 0 } },
    [none, doubles(0, NaN, 0), none],
    /a threshold is NaN, expected 0 as the rule says/,
  ],
  [
    'no thresholds, which the rule has',
    'HopfieldNetwork',
    { ...bare, units: 'binary', rule: { name: 'covariance', activity: 0.5, threshold: 0 } },
    [none, none, none],
    /the length of thresholds is 0, expected 24/,
  ],
  [
    'too many patterns',
    'GradedHopfieldNetwork',
    { ...graded, neurons: 1, patterns: 32768 },
    [new Uint8Array(32768), doubles(0), none],
    /patterns would be 32768/,
  ],
  [
    'asymmetric',
    'GradedHopfieldNetwork',
    graded,
    [none, doubles(0, 0), doubles(0, 1, 2, 0)],
    /expected symmetric/,
  ],
  [
    'vectors that are NaN',
    'ModernHopfieldNetwork',
    modern,
    [singles(NaN, 1), none],
    /vector\[0\] is NaN/,
  ],
  [
    'a radius whose beta is another',
    'ModernHopfieldNetwork',
    {
      ...modern,
      similarity: 'euclidean',
      separation: { name: 'log-sum-relu', radius: 2 },
      beta: 1,
    },
    [none, none],
    /similarity is 'euclidean' and beta 1, expected 'euclidean' and none/,
  ],
  [
    'an infinite weight',
    'RestrictedBoltzmannMachine',
    restricted,
    [singles(1, 2, 3, Infinity, 5, 6), singles(1, 2, 3), singles(1, 2)],
    /weights\[3\] is Infinity, expected a number from -1e15 to 1e15/,
  ],
  [
    'asymmetric',
    'BoltzmannMachine',
    { neurons: 2 },
    [singles(0, 1, 2, 0), singles(0, 0)],
    /coupling \[1\]\[0\] is 2, expected 1/,
  ],
  [
    'a neuron that is not there',
    'SimplicialHopfieldNetwork',
    listed,
    [none, ints(0, 9, 1, 2, 3)],
    /is 9, expected an integer from 0 to 3/,
  ],
  [
    'sizes downwards',
    'SimplicialHopfieldNetwork',
    {
      ...listed,
      sizes: [
        [3, 1],
        [2, 1],
      ],
    },
    [none, ints(1, 2, 3, 0, 1)],
    /sizes\[1\]\[0\] is 2, expected an integer from 4 to 4/,
  ],
])('%s: %s', (_, name, description, sections, message) => {
  expect(() => load(name, description, sections)).toThrow(message);
});

test.each(['null', '5', '"x"', '[]', '{', '', '{"model":"HopfieldNetwork"}', '\u001b[2J'])(
  'a description that is %o',
  (text) => {
    expect(() => HopfieldNetwork.load(forge(1, text, []))).toThrow(/expected/);
    // Neither the engine's words nor the file's control characters.
    expect(() => HopfieldNetwork.load(forge(1, text, []))).toThrow(/^(?!.*JSON at)[ -~…]+$/);
  },
);

test('what is of another kind is a TypeError, and of another value a RangeError', () => {
  const description = { ...bare, model: 'HopfieldNetwork', patterns: 1, sections: [1, 0, 0] };
  const file = (more: object) => () =>
    HopfieldNetwork.load(forge(1, { ...description, ...more }, [Uint8Array.of(3)]));
  expect(file({})).not.toThrow();
  expect(file({ other: 1 })).toThrow(TypeError);
  expect(file({ sections: '1,0,0' })).toThrow(TypeError);
  expect(file({ sections: [1, 0, '0'] })).toThrow(TypeError);
  expect(file({ sections: [1, 0, 1] })).toThrow(RangeError);
});

test('labels belong to version 2, one for each pattern', () => {
  const description = { ...bare, model: 'HopfieldNetwork', patterns: 2, sections: [2, 0, 0] };
  const file = (version: number, labels: unknown) =>
    HopfieldNetwork.load(forge(version, { ...description, labels }, [Uint8Array.of(3, 5)]));
  expect(file(2, ['a', null]).labels).toEqual(['a', undefined]);
  expect(() => file(1, ['a', null])).toThrow(/labels is an Array, expected no such field/);
  expect(() => file(2, undefined)).toThrow(/labels is null, expected/);
  expect(() => file(2, ['a'])).toThrow(/labels has length 1, expected 2/);
  expect(() => file(2, ['a', true])).toThrow(/labels\[1\] is true/);
  expect(() => file(3, ['a', 'b'])).toThrow(/version 3, expected 1 or 2/);
});
