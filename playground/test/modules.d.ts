declare module '*/find-chromium.mjs' {
  export function findChromium(): string | undefined;
}
declare module '*/typedoc-plugin.mjs' {
  export const ONLY: string;
  export const AROUND: string;
}
