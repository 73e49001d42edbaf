import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { convertDefinition } from "../../src/asl/to-jsonata/convert-definition.ts";
import { isJsonObject } from "../../src/expression/json.ts";
import { mockedRun } from "./mocked-run.ts";
import { ownData } from "./own-data.ts";
import { sampleDefinition } from "./sample-definition.ts";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
const broken = "sfn-iot-data-analytics-dataset__statemachine.asl.json";
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name !== broken) : [];

describe.skipIf(names.length === 0)("x", () => {
  const sum = {
    files: 0,
    whole: 0,
    states: 0,
    left: 0,
    exact: 0,
    ok: 0,
    same: 0,
    failed: 0,
    runs: 0,
  };
  const codes = new Map<string, number>();
  test.each(names)("%s", (name) => {
    const definition = sampleDefinition(join(folder, name));
    if (!isJsonObject(definition)) throw new Error(`${name} is no definition`);
    const result = convertDefinition(definition);
    sum.files++;
    if (result.left === 0) sum.whole++;
    sum.states += result.converted + result.left;
    sum.left += result.left;
    for (const note of result.notes) codes.set(note.code, (codes.get(note.code) ?? 0) + 1);
    for (const note of result.notes) if (note.level === "left") console.log(name, note);
    const { diagnostics } = parseDefinition(JSON.stringify(result.definition));
    expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
    for (let seed = 0; seed < 12; seed++) {
      const own = seed < 6 ? ownData[name] : undefined;
      const a = mockedRun(definition, definition, seed, own);
      const b = mockedRun(result.definition, definition, seed, own);
      sum.runs++;
      if (a.error === "States.Runtime") {
        sum.failed++;
        continue;
      }
      expect(b.told, JSON.stringify(result.definition, null, 1)).toEqual(a.told);
      sum.same++;
    }
  });
  test("sum", () => {
    console.log(sum, codes);
  });
});
