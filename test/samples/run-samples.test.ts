import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { isJsonObject } from "../../src/expression/json.ts";
import { ownData } from "./own-data.ts";
import { type End, runSample } from "./run-sample.ts";
import { sampleDefinition } from "./sample-definition.ts";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
/** Published with `"Messages": "Messages.$": …`, which no JSON is. */
const broken = "sfn-iot-data-analytics-dataset__statemachine.asl.json";
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name !== broken) : [];

/** Kinds of data that are tried until one leads to the end. */
const mostSeeds = 12;

describe.skipIf(names.length === 0)("samples (need ../shared/samples)", () => {
  test.each(names)("%s runs to its end on mocks", async (name) => {
    const definition = sampleDefinition(join(folder, name));
    if (!isJsonObject(definition)) throw new Error(`${name} is no definition`);
    const { diagnostics } = parseDefinition(JSON.stringify(definition));
    expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
    const ends: End[] = [];
    for (let seed = 0; seed < mostSeeds; seed++) {
      const end = await runSample(definition, seed, ownData[name]);
      ends.push(end);
      if (end.how === "succeeded") break;
    }
    const best =
      ends.find(({ how }) => how === "succeeded") ??
      ends.find(({ how }) => how === "by a Fail state");
    expect(best, ends.map(({ because }) => because).join("\n")).toBeDefined();
  });
});
