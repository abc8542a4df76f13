/** Prints the milliseconds from the import of the package, or of the file named, to the end of the first recall. */
import { pathToFileURL } from 'node:url';

const entry = process.argv[2] ? pathToFileURL(process.argv[2]).href : '../dist/index.js';
const start = performance.now();
const { HopfieldNetwork } = await import(entry);
const pattern = new Int8Array(100).map((_, i) => (i % 3 === 0 ? 1 : -1));
const { converged } = new HopfieldNetwork(100).store(pattern).recall(pattern, { seed: 1 });
const end = performance.now();
if (!converged) throw new Error('the first recall did not converge');
console.log(end - start);
