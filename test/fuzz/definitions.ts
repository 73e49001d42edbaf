import fc from "fast-check";
import { damagedIntrinsics, intrinsics, jsonata, paths } from "./expressions.ts";
import { damaged, json, jsonTexts, names, numbers, texts } from "./vocabulary.ts";

const stateNames = fc.constantFrom("A", "B", "C", "D", "__proto__", "constructor");
const expression = fc.oneof(
  paths,
  intrinsics,
  jsonata.map((text) => `{% ${text} %}`),
);
const template = fc.oneof(
  expression,
  json,
  fc.dictionary(
    fc.oneof(
      names,
      names.map((name) => `${name}.$`),
    ),
    fc.oneof(expression, json),
    { maxKeys: 4 },
  ),
);
const resources = fc.constantFrom(
  "arn:aws:lambda:us-east-1:123456789012:function:f",
  "arn:aws:states:eu-west-1:123456789012:activity:a",
  "arn:aws:states:::lambda:invoke",
  "arn:aws:states:::lambda:invoke.waitForTaskToken",
  "arn:aws:states:::sqs:sendMessage",
  "arn:aws:states:::states:startExecution.sync:2",
  "arn:aws:states:::http:invoke",
  "arn:aws:states:::aws-sdk:s3:getObject",
  "arn:aws:states:::nope:nope",
  "arn:",
);
const errorNames = fc.constantFrom("States.ALL", "States.Timeout", "E", "States.Nope", "");
const rule = fc.letrec<{ rule: object }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.record(
      {
        Variable: paths,
        Condition: expression,
        StringEquals: texts,
        StringMatches: fc.constantFrom("*", "a*b*c*d*e*f*", "\\*", "**************************x"),
        NumericLessThan: numbers,
        NumericEqualsPath: paths,
        IsPresent: fc.boolean(),
        TimestampEquals: texts,
        Next: stateNames,
        Assign: template,
      },
      { requiredKeys: [] },
    ),
    fc.record({ And: fc.array(tie("rule"), { maxLength: 3 }), Next: stateNames }),
    fc.record({ Or: fc.array(tie("rule"), { maxLength: 3 }), Next: stateNames }),
    fc.record({ Not: tie("rule"), Next: stateNames }),
  ),
})).rule;

const tree = fc.letrec<{ state: object; graph: object }>((tie) => {
  const fields = {
    Next: stateNames,
    End: fc.boolean(),
    Comment: texts,
    QueryLanguage: fc.constantFrom("JSONPath", "JSONata", "jsonata"),
    InputPath: paths,
    OutputPath: paths,
    ResultPath: fc.oneof(paths, fc.constant(null)),
    Parameters: template,
    ResultSelector: template,
    Arguments: template,
    Output: template,
    Assign: template,
    Result: json,
    Resource: resources,
    TimeoutSeconds: fc.oneof(numbers, expression),
    TimeoutSecondsPath: paths,
    HeartbeatSeconds: numbers,
    Credentials: template,
    Seconds: fc.oneof(numbers, expression),
    SecondsPath: paths,
    Timestamp: texts,
    Error: fc.oneof(texts, expression),
    CausePath: fc.oneof(paths, damagedIntrinsics),
    Choices: fc.array(rule, { maxLength: 4 }),
    Default: stateNames,
    Items: expression,
    ItemsPath: paths,
    ItemSelector: template,
    MaxConcurrency: numbers,
    ToleratedFailurePercentage: numbers,
    ItemBatcher: json,
    ItemReader: json,
    ResultWriter: json,
    Label: texts,
    Retry: fc.array(
      fc.record(
        {
          ErrorEquals: fc.array(errorNames, { maxLength: 2 }),
          IntervalSeconds: numbers,
          MaxAttempts: numbers,
          BackoffRate: numbers,
          MaxDelaySeconds: numbers,
          JitterStrategy: fc.constantFrom("FULL", "NONE", ""),
        },
        { requiredKeys: ["ErrorEquals"] },
      ),
      { maxLength: 2 },
    ),
    Catch: fc.array(
      fc.record(
        { ErrorEquals: fc.array(errorNames, { maxLength: 2 }), Next: stateNames, Output: template },
        { requiredKeys: ["ErrorEquals", "Next"] },
      ),
      { maxLength: 2 },
    ),
    Branches: fc.array(tie("graph"), { maxLength: 2 }),
    ItemProcessor: tie("graph"),
    Iterator: tie("graph"),
  };
  const some = fc.constantFrom(...Object.keys(fields)) as fc.Arbitrary<keyof typeof fields>;
  return {
    state: fc
      .tuple(
        fc.constantFrom(
          "Pass",
          "Task",
          "Choice",
          "Wait",
          "Succeed",
          "Fail",
          "Parallel",
          "Map",
          "?",
        ),
        fc.uniqueArray(some, { maxLength: 6 }),
      )
      .chain(([Type, keys]) =>
        fc.record({
          Type: fc.constant(Type),
          ...Object.fromEntries(keys.map((key) => [key, fields[key]])),
        }),
      ),
    graph: fc.oneof(
      { maxDepth: 3 },
      json as fc.Arbitrary<object>,
      fc.record(
        {
          StartAt: stateNames,
          States: fc.dictionary(stateNames, tie("state"), { minKeys: 1, maxKeys: 4 }),
          QueryLanguage: fc.constantFrom("JSONPath", "JSONata"),
          TimeoutSeconds: numbers,
          Comment: texts,
          ProcessorConfig: json,
        },
        { requiredKeys: ["StartAt", "States"] },
      ),
    ),
  };
});

const documents = tree.graph.map((graph) => JSON.stringify(graph));

function chain(length: number, state: (next: string) => object): string {
  const states = Array.from({ length }, (_, index) => [`S${index}`, state(`S${index + 1}`)]);
  return JSON.stringify({ StartAt: "S0", States: Object.fromEntries(states) });
}

function nested(depth: number, kind: "Map" | "Parallel"): string {
  const open =
    kind === "Map"
      ? `{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":`
      : `{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[`;
  const inner = `{"StartAt":"X","States":{"X":{"Type":"Succeed"}}}`;
  return open.repeat(depth) + inner + (kind === "Map" ? "}}}" : "]}}}").repeat(depth);
}

const large = fc.oneof(
  fc.nat(4_000).map((length) => chain(length, (Next) => ({ Type: "Pass", Next }))),
  fc.nat(300).map((length) =>
    chain(length, (Next) => ({
      Type: "Pass",
      Next,
      Assign: { v: 1 },
      Parameters: { "x.$": "States.Format('{}', $.a[?(@.b == 1)])" },
    })),
  ),
  fc.nat(300).map((length) =>
    chain(length, (Next) => ({
      Type: "Choice",
      Choices: Array(20).fill({ Variable: "$.a", StringMatches: "a*b*c", Next }),
    })),
  ),
  fc.nat(600).map((depth) => nested(depth, "Map")),
  fc.nat(600).map((depth) => nested(depth, "Parallel")),
  fc.nat(2_000).map((depth) => {
    const not = `{"Not":`.repeat(depth);
    return `{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[${not}{"Variable":"$.a","IsNull":true}${"}".repeat(depth)}]}}}`;
  }),
  fc.nat(5_000).map((depth) => {
    const data = "[".repeat(depth) + "]".repeat(depth);
    return `{"StartAt":"P","States":{"P":{"Type":"Pass","End":true,"Result":${data}}}}`;
  }),
);

/** Definitions: such as might be meant, such as are broken, and such as are far too large. */
export const definitions: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: documents },
  { weight: 6, arbitrary: damaged(documents) },
  { weight: 1, arbitrary: large },
  { weight: 1, arbitrary: jsonTexts },
);

/** Small ones that the API takes more often. */
export const likelyDefinitions: fc.Arbitrary<string> = fc
  .dictionary(fc.constantFrom("A", "B", "C"), tree.state, { minKeys: 1, maxKeys: 3 })
  .map((states) => {
    const all = Object.entries(states);
    const chained = all.map(([name, state], index) => {
      const next = all[index + 1]?.[0];
      return [name, { ...state, ...(next === undefined ? { End: true } : { Next: next }) }];
    });
    return JSON.stringify({ StartAt: all[0]?.[0], States: Object.fromEntries(chained) });
  });
