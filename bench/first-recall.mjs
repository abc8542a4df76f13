/** Prints the milliseconds from the import of the package to the end of the first recall. */
const start = performance.now();
const { HopfieldNetwork } = await import('../dist/index.js');
const pattern = new Int8Array(100).map((_, i) => (i % 3 === 0 ? 1 : -1));
const { converged } = new HopfieldNetwork(100).store(pattern).recall(pattern, { seed: 1 });
const end = performance.now();
if (!converged) throw new Error('the first recall did not converge');
console.log(end - start);
