import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { findBrowser, testBrowser } from './scripts/find-browser.mjs';
import { workerSource } from './scripts/worker-source.mjs';

const launchOptions = findBrowser();
/** Projects do not inherit it from the root. */
const testTimeout = 60_000;

const node = {
  plugins: [workerSource()],
  test: {
    name: 'node',
    testTimeout,
    environment: 'node',
    // Files share what they import: a third of the time was that.
    isolate: false,
    include: ['test/**/*.test.ts', 'playground/test/short.test.ts'],
  },
};

const browser = {
  plugins: [workerSource()],
  // Found while tests run, these would reload the page in the middle of one.
  optimizeDeps: {
    include: [
      '@assemblyscript/loader',
      'fast-check',
      'fast-png',
      'fflate',
      'jpeg-js/lib/decoder.js',
      'npyjs',
    ],
  },
  test: {
    name: testBrowser,
    testTimeout,
    include: ['test/**/*.test.ts'],
    // Failures at every allocation in turn, known answers of experiments, statistics of physics and bounds of errors do not depend on
    // the engine, as bits do not.
    exclude: [
      ...configDefaults.exclude,
      'test/node/**',
      'test/models/short-of-memory.test.ts',
      'test/experiments/known.test.ts',
      'test/physics/**',
      'test/models/modern/error-bound.test.ts',
      'test/optimise/hopfield-tank.test.ts',
    ],
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: testBrowser }],
    },
  },
};

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: launchOptions === undefined ? [node] : [node, browser],
  },
});
