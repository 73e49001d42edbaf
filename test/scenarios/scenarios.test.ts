import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { playScenario } from "./play.ts";
import { expand, type Scenario } from "./scenario.ts";

const folder = import.meta.dirname;
const files = globSync("*/*.json", { cwd: folder }).sort();

describe.each([...Map.groupBy(files, dirname)])("%s", (_topic, inTopic) => {
  for (const file of inTopic) {
    const name = file.replace(/^.*[\\/]|\.json$/g, "").replaceAll("-", " ");
    const parsed = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as JsonValue;
    const { cases: variants, ...base } = expand(parsed) as unknown as Scenario;
    test.each(variants ?? [{ name: "" }])(`${name} $name`, (variant) => {
      playScenario({ ...base, ...variant });
    });
  }
});

test("every scenario says where its expectation comes from", () => {
  expect(files.length).toBeGreaterThan(60);
  for (const file of files) {
    const { source } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Scenario;
    expect(source, file).toMatch(/\w/);
  }
});
