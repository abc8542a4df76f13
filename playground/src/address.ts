/**
 * The state as text, for the part of the address behind # (and for files), and back: what differs from the initial state, as
 * `key=value`. Bits are packed, what panels have of their own is JSON.
 */
import { packed, unpacked } from './bits.ts';
import { modelOf } from './models.ts';
import { THEMES } from './ui/scheme.ts';
import { SIZES, type Own, type Pattern, type State } from './state.ts';

/** The longest text that goes into an address. */
export const LONGEST = 8000;

export function toText(state: State, initial: State): string {
  const parts = new URLSearchParams();
  const put = (key: string, value: string | number, usual: string | number) => {
    if (value !== usual) parts.append(key, String(value));
  };
  put('size', state.size, initial.size);
  put('model', state.model, initial.model);
  put('seed', state.seed, initial.seed);
  put('update', state.update, initial.update);
  put('pace', state.pace, initial.pace);
  put('theme', state.theme, initial.theme);
  if (!state.playing) parts.append('step', state.step === Infinity ? 'end' : String(state.step));
  if (state.patterns !== initial.patterns) {
    if (state.patterns.length === 0) parts.append('store', '');
    for (const pattern of state.patterns) parts.append('store', textOf(pattern));
  }
  if (state.cue !== initial.cue) parts.append('cue', packed(state.cue));
  for (const [id, own] of Object.entries(state.own)) {
    const usual = initial.own[id];
    const differs = Object.entries(own).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(usual?.[key]),
    );
    if (differs.length > 0)
      parts.append(`panel.${id}`, JSON.stringify(Object.fromEntries(differs)));
  }
  return parts.toString();
}

/** @throws RangeError when the text is none of a state */
export function fromText(text: string, initial: State): State {
  const parts = new URLSearchParams(text);
  const oneOf = <T extends string>(key: string, usual: T, names: readonly T[]): T => {
    const value = (parts.get(key) ?? usual) as T;
    if (!names.includes(value))
      throw new RangeError(`${key} is ${value}, expected ${names.join(', ')}`);
    return value;
  };
  const whole = (key: string, usual: number, most: number) => {
    const value = Number(parts.get(key) ?? usual);
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    throw new RangeError(`${key} is ${value}, expected an integer from 0 to ${most}`);
  };
  const size = Number(oneOf('size', String(initial.size), SIZES.map(String)));
  const stored = parts.getAll('store');
  const cue = parts.get('cue');
  if (size !== initial.size && (stored.length === 0 || cue === null)) {
    throw new RangeError(`size is ${size}, expected patterns and a cue of that size`);
  }
  const model = parts.get('model') ?? initial.model;
  modelOf(model);
  const step = parts.get('step');
  const own = Object.entries(initial.own).map(([id, usual]) => [
    id,
    ownOf(parts.get(`panel.${id}`), usual),
  ]);
  return {
    size,
    model,
    seed: whole('seed', initial.seed, 2 ** 32 - 1),
    update: oneOf('update', initial.update, ['asynchronous', 'synchronous']),
    pace: oneOf('pace', initial.pace, ['flips', 'steady', 'sweeps', 'full']),
    theme: oneOf('theme', initial.theme, THEMES),
    patterns:
      stored.length === 0
        ? initial.patterns
        : stored.filter((one) => one !== '').map((one) => patternOf(one, size)),
    cue: cue === null ? initial.cue : unpacked(cue, size ** 2),
    step: step === 'end' ? Infinity : whole('step', 0, 2 ** 32),
    playing: step === null,
    own: Object.fromEntries(own) as State['own'],
  };
}

const textOf = ({ label, bits }: Pattern) => `${packed(bits)}.${label}`;

function patternOf(text: string, size: number): Pattern {
  const dot = text.indexOf('.');
  const bits = unpacked(dot < 0 ? text : text.slice(0, dot), size ** 2);
  return { label: dot < 0 ? '' : text.slice(dot + 1), bits };
}

/** Values of the kinds that the panel's own have. */
function ownOf(text: string | null, usual: Own): Own {
  if (text === null) return usual;
  const given = JSON.parse(text) as Own;
  for (const [key, value] of Object.entries(given)) {
    const same = key in usual && typeof value === typeof usual[key];
    if (!same || Array.isArray(value) !== Array.isArray(usual[key])) {
      throw new RangeError(
        `${key} is ${JSON.stringify(value)}, expected a value like ${JSON.stringify(usual[key])}`,
      );
    }
  }
  return { ...usual, ...given };
}
