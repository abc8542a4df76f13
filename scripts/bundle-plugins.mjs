// Plugins of the build: what becomes of the kernels' bytes, and of the loader that instantiates them.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const BYTES = /[\\/]src[\\/]kernels[\\/]bytes[\\/]\w+\.ts$/;
const WASM = /[\\/]src[\\/]kernels[\\/]wasm\.ts$/;

/** Leaves WebAssembly out: what is left is the reference. */
export function withoutWasm() {
  return {
    name: 'without-wasm',
    load(id) {
      if (BYTES.test(id)) return "export const bytes = '';";
      if (WASM.test(id)) {
        return `export function openWasm() {
          throw new Error('hopfield-wasm/reference has no WebAssembly kernels');
        }`;
      }
    },
  };
}

/** Imports each group's module as a file beside the bundle, compiled by whoever bundles or runs it. */
export function wasmModules() {
  return {
    name: 'wasm-modules',
    resolveId(id) {
      if (id.endsWith('.wasm?module')) return { id, external: true };
    },
    load(id) {
      if (!BYTES.test(id)) return;
      const file = basename(id).replace('.ts', '.wasm');
      return `export { default as bytes } from './${file}?module';`;
    },
    generateBundle() {
      for (const id of this.getModuleIds()) {
        if (!BYTES.test(id)) continue;
        const fileName = basename(id).replace('.ts', '.wasm');
        this.emitFile({ type: 'asset', fileName, source: readFileSync(`build/${fileName}`) });
      }
    },
  };
}

/**
 * Writes what is not ASCII as escapes: an engine keeps such a file in half the memory and reads it faster, and a page need
 * not say in what encoding it is.
 */
export function ascii() {
  return {
    name: 'ascii',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !/\.c?js$/.test(file.fileName)) continue;
        file.code = file.code.replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
      }
    },
  };
}

/**
 * Begins a line with every statement of a file: of an error that nobody catches Node shows the whole line, which would be all of
 * the package.
 */
export function lines() {
  return {
    name: 'lines',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !/\.c?js$/.test(file.fileName)) continue;
        const starts = this.parse(file.code).body.map(({ start }) => start);
        starts[0] = 0;
        file.code = starts
          .map((start, k) => file.code.slice(start, starts[k + 1]).trimEnd())
          .join('\n');
      }
    },
  };
}

/**
 * Takes out of @assemblyscript/loader what the package does not use: a polyfill that assigns to Object (which every
 * engine in question has, and frozen intrinsics forbid), the compiling of bytes, and the wrappers around exports.
 */
export function leanLoader() {
  const cuts = [
    [/Object\.hasOwn = Object\.hasOwn \|\| function\(obj, prop\) \{[^}]*\};/, ''],
    [
      /(export function instantiateSync[^]*?)const exports = postInstantiate\(extended, instance\);\s*return \{ module, instance, exports \};/,
      '$1return { module, instance };',
    ],
    [
      /const extended = preInstantiate\(imports\);\s*(const instance = new WebAssembly\.Instance)/,
      '$1',
    ],
    // What it is given is a module, though perhaps of another realm, which instanceof does not know.
    ['isModule(source) ? source : new WebAssembly.Module(source)', 'source'],
    [
      'new TextDecoder("utf-16le", { fatal: true })',
      '/* @__PURE__ */ new TextDecoder("utf-16le", { fatal: true })',
    ],
    ['const THIS = Symbol()', 'const THIS = /* @__PURE__ */ Symbol()'],
  ];
  return {
    name: 'lean-loader',
    transform(code, id) {
      if (!/@assemblyscript[\\/]loader[\\/]index\.js$/.test(id)) return;
      for (const [from, to] of cuts) {
        const after = code.replace(from, to);
        if (after === code) throw new Error(`the loader is not what it was: no ${from} in it`);
        code = after;
      }
      return code;
    },
  };
}
