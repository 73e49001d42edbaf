import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sampleInputs, sampleNames } from "./samples.ts";

test.each(sampleNames)("the input of %s is the one of its example", (name) => {
  const file = new URL(`../../../../examples/${name}/input.json`, import.meta.url);
  expect(sampleInputs[name]).toEqual(JSON.parse(readFileSync(file, "utf8")));
});
