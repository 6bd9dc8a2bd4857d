import { defineConfig } from 'vitest/config'

/** `unit` runs files in parallel and touches no child process; `integration` may start anvil, servers and real services. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['shared/*/test/**/*.test.ts', 'services/*/test/**/*.test.ts', 'test/e2e/conformance/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['shared/*/test/**/*.integration.test.ts', 'services/*/test/**/*.integration.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/scenarios/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // Networks wait for blocks most of the time.
          maxWorkers: 3,
        },
      },
    ],
  },
})
