/** onnxruntime-web on WebAssembly. What is stored is part of the model, so that it is packed once. */
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';
import { retrievalModel } from './onnx-model.mjs';

export const NAME = 'onnxruntime-web';
export const VERSION = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  .dependencies['onnxruntime-web'];

/** @param {import('../tasks/retrieval.mjs').Memory} memory */
export async function open({ rows, columns, dimension }) {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(retrievalModel(rows, columns, dimension), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  return {
    retriever: (queries, beta) => async () => {
      const shape = [queries.length / dimension, dimension];
      const { states } = await session.run({
        queries: new ort.Tensor('float32', queries, shape),
        beta: new ort.Tensor('float32', Float32Array.of(beta), []),
      });
      return states.data;
    },
    close: () => session.release(),
  };
}
