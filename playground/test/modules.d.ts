declare module '*/find-browser.mjs' {
  export const testBrowser: 'chromium' | 'firefox';
  export function findBrowser(): import('playwright').LaunchOptions | undefined;
}
