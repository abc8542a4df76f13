/**
 * TensorFlow.js, its WebAssembly backend. It multiplies by a matrix as it lies far faster than by one that it is
 * told to transpose, so it gets both.
 */
import { readFileSync } from 'node:fs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

export const NAME = 'TensorFlow.js';
export const VERSION = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  .dependencies['@tensorflow/tfjs-core'];

/** @param {import('../tasks/retrieval.mjs').Memory} memory */
export async function open({ rows, columns, dimension }) {
  setThreadsCount(1);
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend does not start');
  const count = rows.length / dimension;
  const X = tf.tensor2d(rows, [count, dimension]);
  const transposed = tf.tensor2d(columns, [dimension, count]);
  const retrieve = (queries, beta) => {
    const Q = tf.tensor2d(queries, [queries.length / dimension, dimension]);
    return tf.matMul(tf.softmax(tf.mul(tf.matMul(Q, transposed), beta)), X).dataSync();
  };
  return {
    retriever: (queries, beta) => () => tf.tidy(() => retrieve(queries, beta)),
    close: () => tf.dispose([X, transposed]),
  };
}
