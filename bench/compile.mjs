/** Compiles one of the AssemblyScript files in bench/assembly. */
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const FOLDER = fileURLToPath(new URL('assembly', import.meta.url));
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'];

/**
 * @param {string} file
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(file) {
  let wasm;
  const { error, stderr } = await main(
    // The folder is the base, so that the package's own asconfig.json is not merged in.
    [file, '--baseDir', FOLDER, '--outFile', 'out.wasm', ...OPTIONS],
    { writeFile: (name, contents) => (wasm = name === 'out.wasm' ? contents : wasm) },
  );
  if (error) throw new Error(`${stderr}` || error.message);
  return new WebAssembly.Module(wasm);
}
