/**
 * softmax(β·Q·Xᵀ)·X as the bytes of an ONNX file, by hand: a file is a tree of protobuf messages. The numbers of
 * the fields are those of onnx.proto.
 */

const FLOAT = 1;
/** Version 13 of the operators: Softmax runs over the last axis. */
const OPERATORS = 13;
/** The version of the file format that came with them. */
const FORMAT = 7;

/**
 * The model with inputs `queries` f32[batch×d], any batch, and `beta` f32[], and output `states` f32[batch×d].
 *
 * @param {Float32Array} rows P×d
 * @param {Float32Array} columns d×P, the same transposed
 * @param {number} dimension d
 * @returns {Uint8Array}
 */
export function retrievalModel(rows, columns, dimension) {
  const count = rows.length / dimension;
  const graph = [
    node('MatMul', ['queries', 'columns'], 'similarities'),
    node('Mul', ['similarities', 'beta'], 'scores'),
    node('Softmax', ['scores'], 'weights'),
    node('MatMul', ['weights', 'rows'], 'states'),
    text(2, 'retrieval'),
    constant('columns', [dimension, count], columns),
    constant('rows', [count, dimension], rows),
    message(11, tensorOf('queries', [text(2, 'batch'), integer(1, dimension)])),
    message(11, tensorOf('beta', [])),
    message(12, tensorOf('states', [text(2, 'batch'), integer(1, dimension)])),
  ];
  return concatenate([integer(1, FORMAT), message(7, graph), message(8, [integer(2, OPERATORS)])]);
}

function node(operator, inputs, output) {
  return message(1, [...inputs.map((name) => text(1, name)), text(2, output), text(4, operator)]);
}

/** A tensor that is part of the model. */
function constant(name, shape, values) {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const dimensions = shape.map((size) => integer(1, size));
  return message(5, [...dimensions, integer(2, FLOAT), text(8, name), bytes(9, raw)]);
}

/** What is known of a tensor before the model runs: its name and its sizes, each a name or a number. */
function tensorOf(name, sizes) {
  const shape = sizes.map((size) => message(1, [size]));
  const type = [integer(1, FLOAT), message(2, shape)];
  return [text(1, name), message(2, [message(1, type)])];
}

// A field is its number and kind, 0 for an integer and 2 for bytes with their length before them.

function integer(field, value) {
  return Uint8Array.of(...varint(field * 8), ...varint(value));
}

function bytes(field, contents) {
  return concatenate([
    Uint8Array.of(...varint(field * 8 + 2), ...varint(contents.length)),
    contents,
  ]);
}

function text(field, string) {
  return bytes(field, new TextEncoder().encode(string));
}

function message(field, parts) {
  return bytes(field, concatenate(parts));
}

/** An integer in groups of 7 bits, the lowest first; all but the last have the eighth bit set. */
function varint(value) {
  const groups = [];
  for (; value > 127; value = Math.floor(value / 128)) groups.push((value % 128) + 128);
  return [...groups, value];
}

function concatenate(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
