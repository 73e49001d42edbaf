import { describe, expect, test } from "vitest";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";

const names = "[SecondsPath, Seconds, TimestampPath, Timestamp]";

describe("a Wait state", () => {
  test.each([
    [
      { Seconds: 0 },
      { kind: "seconds", Seconds: { kind: "constant", field: "Seconds", value: 0 } },
    ],
    [{ SecondsPath: "$.s" }, { kind: "seconds", Seconds: { kind: "path", field: "SecondsPath" } }],
    [
      { Timestamp: "2016-03-14T01:59:00Z" },
      { kind: "timestamp", Timestamp: { kind: "constant", value: "2016-03-14T01:59:00Z" } },
    ],
    [
      { TimestampPath: "$$.Execution.StartTime" },
      { kind: "timestamp", Timestamp: { kind: "path", field: "TimestampPath" } },
    ],
    [
      { QueryLanguage: "JSONata", Seconds: "{% $states.input.s %}" },
      { kind: "seconds", Seconds: { kind: "jsonata", field: "Seconds" } },
    ],
    [
      { QueryLanguage: "JSONata", Timestamp: "{% $now() %}" },
      { kind: "timestamp", Timestamp: { kind: "jsonata", field: "Timestamp" } },
    ],
  ])("waits as %j says", (fields, delay) => {
    expect(parsedState("Wait", { ...fields, End: true }).delay).toMatchObject(delay);
  });

  test("has exactly one of its fields", () => {
    expect(stateDiagnostics({ Type: "Wait", End: true })).toEqual([
      `This object should have only one of the following fields: ${names} at /States/S`,
    ]);
    expect(stateDiagnostics({ Type: "Wait", Seconds: 1, SecondsPath: "$.s", End: true })).toContain(
      `There should only be one of the following fields: ${names} at /States/S`,
    );
  });

  test.each([
    [-1, "Minimum value is 0"],
    [100_000_000, "Maximum value is 99999999"],
    [1.5, "Expected value of type Integer"],
    ["1", "Expected value of type Integer"],
    ["${Seconds}", "Expected value of type Integer"],
  ])("refuses %j seconds", (Seconds, message) => {
    expect(stateDiagnostics({ Type: "Wait", Seconds, End: true })).toEqual([
      `${message} at /States/S/Seconds`,
    ]);
  });

  test.each(["2016-12-05T25:29:29Z", "2016-12-05 21:29:29Z", "2016-12-05T21:29:29", "soon"])(
    "refuses the timestamp %s",
    (Timestamp) => {
      expect(stateDiagnostics({ Type: "Wait", Timestamp, End: true })).toEqual([
        "String does not match RFC3339 timestamp at /States/S/Timestamp",
      ]);
    },
  );

  test("refuses a timestamp that is not text", () => {
    expect(stateDiagnostics({ Type: "Wait", Timestamp: 5, End: true })).toEqual([
      "Expected value of type [STRING] at /States/S/Timestamp",
    ]);
  });

  test("has the paths only in JSONPath", () => {
    expect(
      stateDiagnostics({ Type: "Wait", QueryLanguage: "JSONata", SecondsPath: "$.s", End: true }),
    ).toContain(
      "The QueryLanguage is set to 'JSONata', but field 'SecondsPath' is only supported for the 'JSONPath' QueryLanguage at /States/S",
    );
  });
});
