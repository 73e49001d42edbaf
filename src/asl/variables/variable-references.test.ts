import { expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { machineOf } from "../definition.fixture.ts";
import { parseDefinition } from "../parse-definition.ts";
import { variableReferences } from "./variable-references.ts";

function references(state: JsonValue, others?: Record<string, JsonValue>) {
  const { definition, diagnostics } = parseDefinition(JSON.stringify(machineOf(state, others)));
  if (definition === undefined) throw new Error(JSON.stringify(diagnostics));
  return variableReferences(definition);
}

const lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";
const graph = { StartAt: "P", States: { P: { Type: "Pass", InputPath: "$inner", End: true } } };

test.each<[JsonValue, string[]]>([
  [
    {
      Type: "Pass",
      InputPath: "$a",
      Parameters: { "x.$": "$b.c", y: "$none" },
      OutputPath: "$d[0]",
      Assign: { "z.$": "States.Format('{}', $e)", f: 1 },
      End: true,
    },
    ["a", "b", "d", "e"],
  ],
  [{ Type: "Succeed", OutputPath: "$a" }, ["a"]],
  [{ Type: "Fail", ErrorPath: "$a", CausePath: "States.Format('{}', $b)" }, ["a", "b"]],
  [{ Type: "Wait", SecondsPath: "$a", End: true }, ["a"]],
  [{ Type: "Wait", TimestampPath: "$a", End: true }, ["a"]],
  [
    {
      Type: "Task",
      Resource: lambda,
      TimeoutSecondsPath: "$a",
      HeartbeatSecondsPath: "$b",
      Credentials: { "RoleArn.$": "$c" },
      ResultSelector: { "r.$": "$d" },
      Catch: [{ ErrorEquals: ["A"], Next: "S", Assign: { "x.$": "$e" } }],
      End: true,
    },
    ["a", "b", "c", "d", "e"],
  ],
  [
    {
      Type: "Choice",
      Choices: [
        {
          Or: [
            { Variable: "$a", StringEqualsPath: "$b" },
            { Not: { Variable: "$c", StringEquals: "$none" } },
          ],
          Next: "T",
          Assign: { "x.$": "$d" },
        },
      ],
      Default: "T",
    },
    ["a", "b", "c", "d"],
  ],
])("%j reads %j", (state, names) => {
  expect(
    references(
      state,
      (state as { Type: string }).Type === "Choice" ? { T: { Type: "Succeed" } } : {},
    ),
  ).toEqual({
    S: names,
  });
});

test("a distributed Map reads variables wherever a path may stand", () => {
  const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
  const state = {
    Type: "Map",
    ItemProcessor: { ...graph, ProcessorConfig },
    ItemsPath: "$a",
    ItemSelector: { "x.$": "$b" },
    MaxConcurrencyPath: "$c",
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      Parameters: { "Bucket.$": "$d" },
      ReaderConfig: { InputType: "JSON", MaxItemsPath: "$e" },
    },
    ItemBatcher: {
      MaxItemsPerBatchPath: "$f",
      MaxInputBytesPerBatchPath: "$g",
      BatchInput: { "x.$": "$h" },
    },
    ResultWriter: {
      Resource: "arn:aws:states:::s3:putObject",
      Parameters: { "Bucket.$": "$i" },
    },
    ToleratedFailureCountPath: "$j",
    ToleratedFailurePercentagePath: "$k",
    End: true,
  };
  expect(references(state)).toEqual({ S: "abcdefghijk".split(""), P: ["inner"] });
});

test("states within others are listed under their own names, and those that read nothing are not", () => {
  const Branches = [
    graph,
    { StartAt: "Q", States: { Q: { Type: "Pass", Assign: { a: 1 }, End: true } } },
  ];
  expect(
    references({ Type: "Parallel", Branches, Parameters: { "x.$": "$o" }, End: true }),
  ).toEqual({ S: ["o"], P: ["inner"] });
});
