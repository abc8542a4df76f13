/** Lets `using` dispose of a model, on engines that have `Symbol.dispose`; called by constructors. */
export function makeDisposable(model: { dispose(): void }): void {
  if (typeof Symbol.dispose !== 'symbol') return;
  Object.defineProperty(model, Symbol.dispose, { value: disposeOfThis, configurable: true });
}

function disposeOfThis(this: { dispose(): void }): void {
  this.dispose();
}
