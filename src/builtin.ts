/** Node's own modules, where there are any, without any bundler looking for them. */

interface Modules {
  'node:worker_threads': typeof import('node:worker_threads');
  'node:os': typeof import('node:os');
  'node:zlib': typeof import('node:zlib');
  'node:fs/promises': typeof import('node:fs/promises');
}

interface Process {
  getBuiltinModule?<Name extends keyof Modules>(name: Name): Modules[Name] | undefined;
}

/** Undefined where there is no such module, or no way to get it at once (Node before 20.16). */
export function builtinNow<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  const { process } = globalThis as { process?: Process };
  try {
    return process?.getBuiltinModule?.(name);
  } catch {
    // The edge runtime of Next has a process that throws where others have nothing.
    return undefined;
  }
}

/** @throws Error where there is no such module */
export async function builtin<Name extends keyof Modules>(name: Name): Promise<Modules[Name]> {
  const specifier: string = name;
  return (
    builtinNow(name) ??
    (import(/* @vite-ignore */ /* webpackIgnore: true */ specifier) as Promise<Modules[Name]>)
  );
}
