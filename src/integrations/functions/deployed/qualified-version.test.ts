import fc from "fast-check";
import { expect, test } from "vitest";
import type { FunctionRecord } from "./function-record.ts";
import { versionOf } from "./qualified-version.ts";

const alias = (version: string, weights = {}) => ({
  name: "",
  version,
  weights,
  description: "",
  revisionId: "",
});

const record = {
  latest: { version: "$LATEST" },
  lastVersion: 3,
  aliases: { live: alias("2"), canary: alias("2", { 3: 0.1 }) },
} as unknown as FunctionRecord;

test.each([
  [undefined, "$LATEST"],
  ["$LATEST", "$LATEST"],
  ["3", "3"],
  ["4", undefined],
  ["live", "2"],
  ["constructor", undefined],
])("the qualifier %s means the version %s", (qualifier, version) => {
  expect(versionOf(record, qualifier, 0.5)).toBe(version);
});

test("an alias gives another version its share of the calls and no more", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (draw) => {
      expect(versionOf(record, "canary", draw)).toBe(draw < 0.1 ? "3" : "2");
    }),
  );
});
