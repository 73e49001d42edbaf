import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { SlowestFirst } from "./test/slowest-first.ts";

// Against servers that are not part of the checkout: `npm run integrations` starts them, `npm test` does without.
const withServers = process.env["STEPWELL_INTEGRATIONS"] === "1";

// Hundreds of processes of the command line are started, and each would compile all of its code again, which takes a second.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(
  new URL("node_modules/.compile-cache", import.meta.url),
);

/** Tests of the console's own sources, which only Vite can read. */
const ofConsole = ["console/src/**/*.test.ts", "test/console/starter*.test.ts"];

/** Tests that start no browser, database or function: one file's changes nothing for another's. */
const inProcess = [
  "src/**/*.test.ts",
  "test/{api,deploy,docs,embedding,fuzz,iam,machine,runtime,samples,scenarios,simulate}/**/*.test.ts",
  "test/console/*.test.ts",
];

const ofCommandLine = ["test/cli/**/*.test.ts"];

const inBrowser = ["test/console/browser/**/*.test.ts"];

/** Our choice: a machine that does other things, too, needs a while for a first page. */
const longestInBrowserMs = 60_000;

/** They look at what their process has loaded, or at credentials that the SDK's clients keep. */
const inProcessOfTheirOwn = ["test/contracts/{task-handler-aws,who-answers}.test.ts"];

/** What is measured there takes the browser as people have it. */
const measuredInBrowser = ["test/console/browser/{budgets,live-heap}.test.ts"];

/**
 * Node reads the sources by itself and keeps what it has compiled: through Vite a file's imports took longer than its tests.
 * Nothing is mocked, so that no loader is needed for it.
 */
const native = { viteModuleRunner: false, nodeLoader: false };

export default defineConfig({
  test: {
    projects: withServers
      ? [
          {
            extends: true,
            test: {
              name: "servers",
              include: ["test/integrations/**/*.test.ts"],
              experimental: native,
            },
          },
        ]
      : [
          {
            extends: true,
            test: {
              name: "console",
              include: ofConsole,
              // They change nothing that others see: a worker is not started anew for each file.
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
              exclude: [...configDefaults.exclude, ...ofConsole],
              // Loading the whole server anew for each file took longer than its tests.
              isolate: false,
              experimental: native,
            },
          },
          {
            extends: true,
            test: {
              name: "browser",
              include: inBrowser,
              exclude: [...configDefaults.exclude, ...measuredInBrowser],
              // A worker's files have one browser: each starts a server and opens visitors of its own.
              isolate: false,
              testTimeout: longestInBrowserMs,
              // A page is gone before what its code is optimized for has paid: a third of the pages' processor time.
              env: { CONSOLE_TEST_JS_FLAGS: "--no-opt" },
              experimental: native,
            },
          },
          {
            extends: true,
            test: {
              name: "measured in a browser",
              include: measuredInBrowser,
              isolate: false,
              testTimeout: longestInBrowserMs,
              experimental: native,
            },
          },
          {
            extends: true,
            test: {
              name: "command line",
              include: ofCommandLine,
              globalSetup: [
                "test/shared-postgres.setup.ts",
                "test/cli/bundled-command-line.setup.ts",
              ],
              experimental: native,
            },
          },
          {
            extends: true,
            test: {
              name: "in a process of their own",
              include: inProcessOfTheirOwn,
              experimental: native,
            },
          },
          {
            extends: true,
            test: {
              name: "whole",
              include: ["test/**/*.test.ts"],
              globalSetup: ["test/shared-postgres.setup.ts"],
              exclude: [
                ...configDefaults.exclude,
                "test/integrations/**",
                ...ofConsole,
                ...inProcess,
                ...inBrowser,
                ...ofCommandLine,
                ...inProcessOfTheirOwn,
              ],
              // Loading the whole server anew for each file took as long as many files' tests.
              isolate: false,
              experimental: native,
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
