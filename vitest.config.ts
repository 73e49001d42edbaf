import { configDefaults, defineConfig } from "vitest/config";

// Against servers that are not part of the checkout: `npm run integrations` starts them, `npm test` does without.
const withServers = process.env["STEPWELL_INTEGRATIONS"] === "1";

export default defineConfig({
  test: {
    projects: withServers
      ? [{ extends: true, test: { name: "servers", include: ["test/integrations/**/*.test.ts"] } }]
      : [
          {
            extends: true,
            test: {
              name: "units",
              include: ["src/**/*.test.ts", "console/src/**/*.test.ts"],
              // They change nothing that others see: a worker is not started anew for each of a hundred and fifty files.
              isolate: false,
            },
          },
          {
            extends: true,
            test: {
              name: "whole",
              include: ["test/**/*.test.ts"],
              exclude: [...configDefaults.exclude, "test/integrations/**"],
            },
          },
        ],
    testTimeout: 20_000,
    // One less than there are cores, which is what it takes by itself, leaves half of two idle.
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/expression/**", "src/asl/**", "src/machine/**"],
      exclude: ["**/*.test.ts"],
    },
  },
});
