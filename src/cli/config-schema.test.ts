import { expect, test } from "vitest";
import { checkConfig } from "./config-schema.ts";

function problemOf(value: unknown): string {
  try {
    checkConfig(value, "stepwell.config.json");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("a configuration with every key is taken", () => {
  const config = {
    host: "0.0.0.0",
    port: 0,
    dataDir: "data",
    region: "eu-west-1",
    accountId: "123456789012",
    functionsFolder: "lambdas",
    functions: {
      a: { path: "a.mjs", handler: "a.main", timeoutSeconds: 3, environment: { X: "1" } },
      b: { command: ["./run", "-x"], maxConcurrency: 2 },
      c: { command: "./run -x" },
      d: { url: "http://127.0.0.1:9000/2015-03-31/functions/d/invocations" },
    },
    allowedHosts: ["stepwell"],
    mockConfig: "MockConfigFile.json",
    waitTimeScale: 0,
    consolePath: "/ops/stepwell",
    limits: { payloadBytes: 1_000_000 },
  };
  expect(checkConfig(config, "file")).toBe(config);
});

test("an unknown key is named, with the keys that there are", () => {
  expect(problemOf({ prot: 1 })).toBe(
    "The configuration stepwell.config.json is wrong: 'prot' is not a known key. The keys here are: host, port, dataDir, region, accountId, functionsFolder, functions, allowedHosts, buckets, retentionDays, logExecutions, mockConfig, waitTimeScale, consolePath, limits.",
  );
  expect(problemOf({ functions: { charge: { timeout: 3 } } })).toMatch(
    /'functions.charge.timeout' is not a known key. The keys here are: path, handler, command, url, timeoutSeconds/,
  );
  expect(problemOf({ limits: { payload: 3 } })).toMatch(/'limits.payload' is not a known key/);
});

test.each([
  [{ port: "8083" }, "'port' must be a port number"],
  [{ port: 65_536 }, "'port' must be a port number"],
  [{ accountId: 123_456_789_012 }, "'accountId' must be a text of 12 digits"],
  [{ allowedHosts: "stepwell" }, "'allowedHosts' must be a list"],
  [{ functions: { a: { url: "ftp://x" } } }, "'functions.a.url' must be a URL"],
  [{ functions: { a: { environment: { X: 1 } } } }, "'functions.a.environment.X' must be a text"],
  [
    { functions: { a: { command: [1] } } },
    "'functions.a.command' must be a text or a list of texts",
  ],
  [{ limits: { historyEvents: 0 } }, "'limits.historyEvents' must be a number above 0"],
  [[], "must be an object"],
])("%j is refused", (config, message) => {
  expect(problemOf(config)).toContain(message);
});
