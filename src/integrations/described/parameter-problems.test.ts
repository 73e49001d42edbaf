import { expect, test } from "vitest";
import { parseJson } from "../../expression/parse-json.ts";
import { parameterProblems } from "./parameter-problems.ts";

const table = {
  Url: "text!",
  Body: "json!",
  Tags: "object",
  Items: "list",
  Delay: "number",
  Name: "string",
} as const;

test.each([
  [{ Url: "u", Body: { any: 1 }, Tags: {}, Items: [], Delay: "5" }, []],
  [parseJson('{"Url":"u","Body":1.0,"Delay":5.0}'), []],
  [{ Url: null, Body: null, Name: null }, []],
  [{ Url: 1, Body: 1, Name: 1 }, ["The value of the field 'Name' has an invalid format"]],
  [
    { Url: {}, Tags: [], Items: "x", Delay: [1] },
    [
      "The value of the field 'Url' has an invalid format",
      "The value of the field 'Tags' has an invalid format",
      "The value of the field 'Items' has an invalid format",
      "The value of the field 'Delay' has an invalid format",
      "The field 'Body' is required but was missing",
    ],
  ],
  [
    { Url: "u", Body: "", constructor: 1 },
    ["The field 'constructor' is not supported by Step Functions"],
  ],
  [
    "text",
    ["The field 'Url' is required but was missing", "The field 'Body' is required but was missing"],
  ],
])("parameters %j", (parameters, problems) => {
  expect(parameterProblems(table, parameters)).toEqual(problems);
});
