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

/**
 * Twice in a worker that had run many other files an escaped quote was read as a backslash here, and never in ten thousands of runs in a worker of its own.
 * Nothing of ours that is shared could do that.
 */
const ofConsoleOnTheirOwn = ["console/src/designer/document/edit-document.test.ts"];

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
const inProcessOfTheirOwn = [
  "test/contracts/{task-handler-aws,task-handler-lambda,who-answers}.test.ts",
];

/** What is measured there takes time that is the browser's own. */
const measuredInBrowser = ["test/console/browser/{budgets,live-heap}.test.ts"];

/** Every page in turn, streams that are cut, hours that go by: `npm run test:long`, which CI runs beside `npm test`. */
const longInBrowser = [
  "test/console/browser/{accessibility,bulk,cut-stream,hostile,live-tabs}.test.ts",
];

/** Servers that are killed again and again, schedules of the simulation, and data that passes through a bounded memory. */
const longElsewhere = [
  "test/{simulation,soak/soak,cluster/kills,contracts/map-run-io-memory}.test.ts",
];

/** `short` and `long` as the scripts of npm say it; absent: all, of which paths are named. */
const extent = process.env["STEPWELL_TESTS"];

/**
 * Node reads the sources by itself and keeps what it has compiled: through Vite a file's imports took longer than its tests.
 * Nothing is mocked, so that no loader is needed for it.
 */
const native = { viteModuleRunner: false, nodeLoader: false };

interface TestSet {
  readonly include: string[];
  readonly exclude?: string[];
  readonly isolate?: boolean;
  readonly testTimeout?: number;
  readonly globalSetup?: string[];
}

/** Test files that are run alike. */
function project(name: string, { exclude = [], ...more }: TestSet) {
  return {
    extends: true as const,
    test: {
      name,
      ...more,
      exclude: [...configDefaults.exclude, ...exclude],
      experimental: native,
    },
  };
}

const postgres = "test/shared-postgres.setup.ts";

/** A worker's files have one browser: each starts a server and opens visitors of its own. */
const browser = (include: string[], exclude: string[]) =>
  project("browser", { include, exclude, isolate: false, testTimeout: longestInBrowserMs });

/** Loading the whole server anew for each file took as long as many files' tests. */
const whole = (include: string[], exclude: string[]) =>
  project("whole", { include, exclude, isolate: false, globalSetup: [postgres] });

const measured = project("measured in a browser", {
  include: measuredInBrowser,
  isolate: false,
  testTimeout: longestInBrowserMs,
});

const notLong = [
  {
    extends: true as const,
    test: {
      name: "console",
      include: ofConsole,
      exclude: [...configDefaults.exclude, ...ofConsoleOnTheirOwn],
      // They change nothing that others see: a worker is not started anew for each file.
      isolate: false,
      // Otherwise every style is empty: a saved graph takes its colours from this one's text.
      css: { include: [/tokens\.css/] },
    },
  },
  { extends: true as const, test: { name: "console, alone", include: ofConsoleOnTheirOwn } },
  // Loading the whole server anew for each file took longer than its tests.
  project("in process", { include: inProcess, exclude: ofConsole, isolate: false }),
  project("command line", {
    include: ofCommandLine,
    globalSetup: [postgres, "test/cli/bundled-command-line.setup.ts"],
  }),
  project("in a process of their own", { include: inProcessOfTheirOwn }),
  browser(inBrowser, [...measuredInBrowser, ...(extent === "short" ? longInBrowser : [])]),
  whole(
    ["test/**/*.test.ts"],
    [
      "test/integrations/**",
      ...ofConsole,
      ...inProcess,
      ...inBrowser,
      ...ofCommandLine,
      ...inProcessOfTheirOwn,
      ...(extent === "short" ? longElsewhere : []),
    ],
  ),
];

function projects() {
  if (withServers) return [project("servers", { include: ["test/integrations/**/*.test.ts"] })];
  if (extent === "long") return [browser(longInBrowser, []), whole(longElsewhere, []), measured];
  return extent === "short" ? notLong : [...notLong, measured];
}

export default defineConfig({
  test: {
    projects: projects(),
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
