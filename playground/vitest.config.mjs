// All tests of the page: `npm run test:playground`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['test/*.test.ts'],
    testTimeout: 60_000,
    fileParallelism: false,
    expect: { poll: { timeout: 30_000 } },
  },
});
