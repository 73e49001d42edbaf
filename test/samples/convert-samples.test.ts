import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { convertDefinition } from "../../src/asl/to-jsonata/convert-definition.ts";
import { isJsonObject } from "../../src/expression/json.ts";
import { type MockedRun, mockedRun } from "./mocked-run.ts";
import { ownData } from "./own-data.ts";
import { sampleDefinition } from "./sample-definition.ts";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
/** Published with `"Messages": "Messages.$": …`, which no JSON is. */
const broken = "sfn-iot-data-analytics-dataset__statemachine.asl.json";
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name !== broken) : [];

/** Kinds of data that each sample is run with. */
const seeds = 3;

/** Errors that nothing catches end the same way; the language decides what their names are. */
function isFailureOfData({ error }: MockedRun): boolean {
  return error === "States.Runtime" || error === "States.QueryEvaluationError";
}

describe.skipIf(names.length === 0)("samples in JSONata (need ../shared/samples)", () => {
  const sum = { runs: 0, alike: 0 };

  test.each(names)("%s does as it did", (name) => {
    const definition = sampleDefinition(join(folder, name));
    if (!isJsonObject(definition)) throw new Error(`${name} is no definition`);
    const { definition: converted, left, notes } = convertDefinition(definition);
    expect(left).toBe(0);
    expect(converted["QueryLanguage"]).toBe("JSONata");
    const { diagnostics } = parseDefinition(JSON.stringify(converted));
    expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);

    for (let seed = 0; seed < seeds; seed++) {
      const given = seed === 0 ? ownData[name] : {};
      const before = mockedRun(definition, definition, seed, given);
      const after = mockedRun(converted, definition, seed, given);
      sum.runs++;
      if (JSON.stringify(after.told) === JSON.stringify(before.told)) sum.alike++;
      else if (!isFailureOfData(before)) {
        // What is not alike has failed before, or a note says why.
        expect(notes.map(({ level }) => level)).toContain("differs");
      }
    }
  });

  test("do so for nearly all data, not only by what is noted", () => {
    expect(sum.alike / sum.runs).toBeGreaterThan(0.85);
  });
});
