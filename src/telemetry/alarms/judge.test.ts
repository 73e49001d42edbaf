import { expect, test } from "vitest";
import { judge, type MissingDataTreatment } from "./judge.ts";

function state(values: string, treatMissingData: MissingDataTreatment, datapointsToAlarm = 3) {
  const read = { X: 10, "0": 0, "-": undefined } as { readonly [sign: string]: number | undefined };
  return judge(
    values.split("").map((sign) => read[sign]),
    { comparison: "GreaterThanThreshold", threshold: 5, datapointsToAlarm, treatMissingData },
  );
}

test.each([
  // The values of three periods, then the state by how missing ones are treated.
  ["XXX", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0XX", "OK", "OK", "OK", "OK"],
  ["--X", "ALARM", undefined, "ALARM", "OK"],
  ["---", "INSUFFICIENT_DATA", undefined, "ALARM", "OK"],
  ["-0-", "OK", "OK", "OK", "OK"],
] as const)("%s", (values, missing, ignore, breaching, notBreaching) => {
  expect(state(values, "missing")).toBe(missing);
  expect(state(values, "breaching")).toBe(breaching);
  expect(state(values, "notBreaching")).toBe(notBreaching);
  expect(state(values, "ignore")).toBe(ignore);
});

test("two of three are enough where the alarm says so", () => {
  expect(state("X0X", "missing", 2)).toBe("ALARM");
  expect(state("00X", "missing", 2)).toBe("OK");
});
