/** As much of JSON Schema (draft 2020-12) as the documents of problems need, and what is wrong with a value by it. */

import { describe } from '../../../checks.ts';

export interface Schema {
  /** What it is, for people: `expected …`. */
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** What members without a name of their own are; `false`: there are none. */
  readonly additionalProperties?: false | Schema;
  readonly anyOf?: readonly Schema[];
}

/** What the whole of a document is called. */
export const DOCUMENT = 'the document';

/**
 * The first thing that is wrong, with its place; undefined when nothing is.
 *
 * @param place - what the value is called, such as `edges[3]`
 */
export function mismatch(value: unknown, schema: Schema, place: string): string | undefined {
  const { anyOf, description } = schema;
  if (!ofType(value, schema) || (anyOf && !anyOf.some((one) => fits(value, one)))) {
    return `${place} is ${named(value)}, expected ${description ?? expected(schema)}`;
  }
  if (Array.isArray(value)) return inList(value, schema, place);
  if (typeof value === 'object' && value !== null) return inObject(value, schema, place);
  return undefined;
}

function fits(value: unknown, schema: Schema): boolean {
  return mismatch(value, schema, '') === undefined;
}

/** Whether a value is right by itself; what is in it is another question. */
function ofType(value: unknown, schema: Schema): boolean {
  const { type, minimum = -Infinity, maximum = Infinity } = schema;
  if (schema.const !== undefined && value !== schema.const) return false;
  if (schema.enum && !schema.enum.includes(value as string)) return false;
  if (type === undefined) return true;
  if (type === 'array') {
    const { minItems = 0, maxItems = Infinity } = schema;
    return Array.isArray(value) && value.length >= minItems && value.length <= maxItems;
  }
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'number' || type === 'integer') {
    if (typeof value !== 'number' || !(value >= minimum && value <= maximum)) return false;
    return type === 'number' || Number.isInteger(value);
  }
  return typeof value === type;
}

function inList(list: unknown[], { items }: Schema, place: string): string | undefined {
  if (!items) return undefined;
  for (let k = 0; k < list.length; k++) {
    const wrong =
      ofType(list[k], items) && isLeaf(items)
        ? undefined
        : mismatch(list[k], items, `${place}[${k}]`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Whether there is nothing further to look at. */
function isLeaf({ anyOf, items, properties, additionalProperties }: Schema): boolean {
  return !(anyOf || items || properties || additionalProperties !== undefined);
}

function inObject(
  object: object,
  { properties = {}, required = [], additionalProperties }: Schema,
  place: string,
): string | undefined {
  const missing = required.find((name) => !Object.hasOwn(object, name));
  if (missing !== undefined) return `${place} has no ${missing}`;
  for (const [name, value] of Object.entries(object)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (schema === false) {
      return `${place} has ${JSON.stringify(name)}, expected ${Object.keys(properties).join(', ')}`;
    }
    const own = /^\w+$/.test(name) ? name : JSON.stringify(name);
    const wrong = schema && mismatch(value, schema, place === DOCUMENT ? own : `${place}.${own}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function named(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return describe(value);
}

function expected({ type, minimum, maximum, enum: names, const: name }: Schema): string {
  if (name !== undefined) return JSON.stringify(name);
  if (names) return `one of ${names.join(', ')}`;
  const article = /^[aeio]/.test(type!) ? 'an' : 'a';
  const kind = type === 'array' ? 'a list' : `${article} ${type}`;
  if (minimum === undefined) return kind;
  return maximum === undefined
    ? `${kind}, ${minimum} or more`
    : `${kind} from ${minimum} to ${maximum}`;
}
