import { expect, test } from "vitest";
import { parseInputPath, valueAt } from "./input-path.ts";
import { InputTooLong, parseInputTemplate } from "./input-template.ts";
import { parseInputTransformer, transformedInput } from "./input-transformer.ts";
import { InvalidTargetInput } from "./invalid-target-input.ts";
import { parseTargetInput, targetInput } from "./target-input.ts";
import { pipeInput } from "./pipe-template.ts";

const event = {
  version: "0",
  id: "7bf73129-1428-4cd3-a780-95db273d1602",
  "detail-type": "EC2 Instance State-change Notification",
  source: "aws.ec2",
  time: "2015-11-11T21:29:54Z",
  resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
  detail: { "instance-id": "i-0123456789", state: "RUNNING", tags: [{ k: "a" }, { k: "b" }], n: 5 },
};
const origin = {
  ruleArn: "arn:aws:events:us-east-2:123456789012:rule/example",
  ruleName: "example",
  ingestionTime: "2015-11-11T21:29:55Z",
};
const paths = {
  timestamp: "$.time",
  instance: "$.detail.instance-id",
  state: "$.detail.state",
  none: "$.detail.none",
  tags: "$.detail.tags",
  keys: "$.detail.tags[*].k",
  n: "$.detail.n",
};

function transformed(InputTemplate: string): string {
  return transformedInput(
    parseInputTransformer({ InputPathsMap: paths, InputTemplate }),
    event,
    origin,
  );
}

// Documented: EventBridge, "input transform examples"; those of what is missing, of lists and of quotes are observed.
test.each([
  [`"instance <instance> is in <state>"`, `"instance i-0123456789 is in RUNNING"`],
  [`"instance \\"<instance>\\" is in <state>"`, `"instance \\"i-0123456789\\" is in RUNNING"`],
  [
    `{\n  "instance" : <instance>,\n  "state": <state>\n}`,
    `{"instance":"i-0123456789","state":"RUNNING"}`,
  ],
  [
    `{ "state": "<state>", "instanceStatus": "instance \\"<instance>\\" is in <state>" }`,
    `{"state":"RUNNING","instanceStatus":"instance \\"i-0123456789\\" is in RUNNING"}`,
  ],
  [
    `{ "state": [ 9, <state>, true ], "Transformed" : "Yes" }`,
    `{"state":[9,"RUNNING",true],"Transformed":"Yes"}`,
  ],
  [
    `{ "ruleArn" : <aws.events.rule-arn>, "ruleName" : <aws.events.rule-name> }`,
    `{"ruleArn":"${origin.ruleArn}","ruleName":"example"}`,
  ],
  [`"<aws.events.rule-name> triggered"`, `"example triggered"`],
  [`{ "at": <aws.events.event.ingestion-time> }`, `{"at":"2015-11-11T21:29:55Z"}`],
  [`<aws.events.event.json>`, JSON.stringify(event)],
  [`{ "e": <aws.events.event> }`, JSON.stringify({ e: { ...event, detail: undefined } })],
  [`"info <none>"`, `"info "`],
  [`{ "info": <none>, "n": <n>, "keys": <keys> }`, `{"info":"","n":5,"keys":["a","b"]}`],
  [`"tags <tags>"`, `"tags [{k:a},{k:b}]"`],
  [`{ "a": "1 < 2 > 0", "b": "<state>" }`, `{"a":"1 < 2 > 0","b":"RUNNING"}`],
])("%s", (template, expected) => {
  expect(transformed(template)).toBe(expected);
});

test("a value is not escaped in quotes, so that the input may be no JSON any more", () => {
  const transformer = parseInputTransformer({
    InputPathsMap: { text: "$.text" },
    InputTemplate: `{ "a": "<text>" }`,
  });
  expect(transformedInput(transformer, { text: `say "hi"` }, origin)).toBe(`{ "a": "say "hi"" }`);
});

test.each([
  [{ "AWS.x": "$.a" }, "<x>", "InputPathsMap has a name that is not valid: AWS.x."],
  [{ x: "detail" }, "<x>", "InputPathsMap has a JSONPath that is not valid: detail."],
  [{ x: "$.a..b" }, "<x>", "InputPathsMap has a JSONPath that is not valid: $.a..b."],
  [{}, "", "InputTemplate has to have between 1 and 8192 characters."],
  [{}, "x".repeat(8193), "InputTemplate has to have between 1 and 8192 characters."],
  [{ x: "$.a" }, `{ "<x>": 1 }`, "InputTemplate has a variable as the name of a member: <x>."],
  [{}, "<aws.events.other>", "InputTemplate has a variable that is reserved: aws.events.other."],
])("%j with %s is refused", (InputPathsMap, InputTemplate, message) => {
  expect(() => parseInputTransformer({ InputPathsMap, InputTemplate })).toThrow(
    new InvalidTargetInput(message),
  );
});

test("an event that is named again and again makes no input without end", () => {
  const transformer = parseInputTransformer({
    InputTemplate: `[${"<aws.events.event.json>,".repeat(300)}1]`,
  });
  expect(() => transformedInput(transformer, { detail: "x".repeat(200_000) }, origin)).toThrow(
    InputTooLong,
  );
});

test.each([
  ["$", event],
  ["$.detail.state", "RUNNING"],
  ["$.resources[0]", event.resources[0]],
  ["$.resources[1]", undefined],
  ["$.detail['instance-id']", "i-0123456789"],
  ["$.detail.tags[*].k", ["a", "b"]],
  ["$.constructor", undefined],
])("%s leads there", (text, expected) => {
  const path = parseInputPath(text);
  expect(path && valueAt(path, event)).toEqual(expected);
});

test("a pipe's template has paths for variables", () => {
  const template = parseInputTemplate(`{"id": <$.detail.n>, "pipe": "<aws.pipes.pipe-name>"}`);
  expect(pipeInput(template, event, { "pipe-name": "p" })).toBe(`{"id":5,"pipe":"p"}`);
});

test.each([
  [{}, JSON.stringify(event)],
  [{ Input: "[1]" }, "[1]"],
  [{ InputPath: "$.detail.n" }, "5"],
  [{ InputPath: "$.none" }, "{}"],
  [{ InputTransformer: { InputPathsMap: { s: "$.source" }, InputTemplate: "<s>" } }, '"aws.ec2"'],
])("a target with %j is given its input", (given, expected) => {
  const input = parseTargetInput(given, "t");
  expect(targetInput(input, event, JSON.stringify(event), origin)).toBe(expected);
});

test.each([
  [
    { Input: "1", InputPath: "$" },
    "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
  ],
  [{ Input: "{" }, "JSON syntax error in input for target t."],
  [{ InputPath: "detail" }, "Invalid InputPath for target t."],
])("%j is no input of a target", (given, message) => {
  expect(() => parseTargetInput(given, "t")).toThrow(new InvalidTargetInput(message));
});
