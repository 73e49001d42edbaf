import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/slowest-first.ts";

// Against servers that are not part of the checkout: `npm run integrations` starts them, `npm test` does without.
const withServers = process.env["STEPWELL_INTEGRATIONS"] === "1";

// Hundreds of processes of the command line are started, and each would compile all of its code again, which takes a second.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(
  new URL("node_modules/.compile-cache", import.meta.url),
);

/** Tests of the whole server that start no browser, database or function: one file's changes nothing for another's. */
const inProcess = [
  "test/{api,deploy,docs,iam,machine,runtime,samples,scenarios,simulate}/**/*.test.ts",
  "test/console/*.test.ts",
];

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
              // Otherwise every style is empty: a saved graph takes its colours from this one's text.
              css: { include: [/tokens\.css/] },
            },
          },
          {
            extends: true,
            test: {
              name: "in process",
              include: inProcess,
              // Loading the whole server anew for each file took longer than its tests.
              isolate: false,
            },
          },
          {
            extends: true,
            test: {
              name: "whole",
              include: ["test/**/*.test.ts"],
              globalSetup: ["test/shared-postgres.setup.ts"],
              exclude: [...configDefaults.exclude, "test/integrations/**", ...inProcess],
            },
          },
        ],
    testTimeout: 20_000,
    // A busy machine takes longer than the second that is the default.
    expect: { poll: { timeout: 10_000 } },
    sequence: { sequencer: SlowestFirst },
    // One more than there are cores where it is tuned for: many tests wait for processes, browsers and clocks.
    maxWorkers: 3,
    coverage: {
      provider: "v8",
      include: ["src/expression/**", "src/asl/**", "src/machine/**"],
      exclude: ["**/*.test.ts"],
    },
  },
});
