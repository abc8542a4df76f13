declare module '*/find-browser.mjs' {
  export const testBrowser: 'chromium' | 'firefox';
  export function findBrowser(): import('playwright').LaunchOptions | undefined;
}
declare module '*/typedoc-plugin.mjs' {
  export const ONLY: string;
  export const AROUND: string;
}
