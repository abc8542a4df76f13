/** Lets `using` dispose of a model, on engines that have `Symbol.dispose`. */
export function makeDisposable(prototype: { dispose(): void }): void {
  if (typeof Symbol.dispose !== 'symbol') return;
  Object.defineProperty(prototype, Symbol.dispose, { value: prototype.dispose });
}
