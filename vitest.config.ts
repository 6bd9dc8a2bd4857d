import { defineConfig } from 'vitest/config'

/** `unit` runs files in parallel and touches no child process; `integration` may start anvil, servers and real services. */
export default defineConfig({
  test: {
    // Most of a file's time was the loading of modules. None of ours keeps state that a test could leave behind, but lists of what is to be killed at the end.
    isolate: false,
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
