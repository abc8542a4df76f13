import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { findChromium } from './scripts/find-chromium.mjs';
import { workerSource } from './scripts/worker-source.mjs';

const executablePath = findChromium();
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

const chromium = {
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
    name: 'chromium',
    testTimeout,
    include: ['test/**/*.test.ts'],
    // Failures at every allocation in turn and known answers of experiments do not depend on the engine.
    exclude: [
      ...configDefaults.exclude,
      'test/node/**',
      'test/models/short-of-memory.test.ts',
      'test/experiments/known.test.ts',
    ],
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath,
          args: [
            '--no-sandbox',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
            '--disable-quic',
          ],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
};

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: executablePath === undefined ? [node] : [node, chromium],
  },
});
