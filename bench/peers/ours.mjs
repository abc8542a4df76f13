/** This package. */
import { ModernHopfieldNetwork } from '../../dist/index.js';

export const NAME = 'ours';

/** @param {import('./run.mjs').Memory} memory */
export function open({ rows, dimension }) {
  const networks = new Map();
  return {
    retriever(queries, beta) {
      if (!networks.has(beta)) {
        const network = new ModernHopfieldNetwork(dimension, { beta, backend: 'wasm' });
        networks.set(beta, network.store(rows));
      }
      const network = networks.get(beta);
      return queries.length === dimension
        ? () => network.recall(queries).state
        : () => network.recallMany(queries).states;
    },
    close() {
      for (const network of networks.values()) network.dispose();
    },
  };
}
