import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Real parts are shared and slow to start, so these files run one after the other, each in its own process. What they
 * wait for has more time than vitest's second: a busy machine must not fail them.
 */
const oneByOne = {
  ...{ pool: 'forks', fileParallelism: false, maxWorkers: 1 },
  expect: { poll: { timeout: 15_000 } },
} as const;

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/**/*.{integration,e2e}.test.{ts,tsx}', 'test/{e2e,bench}/**'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: 'integration',
          include: ['test/**/*.integration.test.ts'],
          ...oneByOne,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.test.ts'],
          ...oneByOne,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        root,
        test: {
          name: 'bench',
          include: ['test/bench/**/*.bench.test.ts'],
          ...oneByOne,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
