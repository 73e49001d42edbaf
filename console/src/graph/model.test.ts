import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphModel, type GraphModel } from "./model.ts";

const end = { Type: "Pass", End: true };

function edgesOf(model: GraphModel): string[] {
  return [...model.edges.values()].map(
    ({ source, target, kind, label }) => `${source} -${kind}-> ${target}${label && `: ${label}`}`,
  );
}

/** The label of one Choice Rule. */
function labelOf(rule: object, which: "label" | "fullLabel" = "label"): string | undefined {
  const States = { A: { Type: "Choice", Choices: [{ ...rule, Next: "B" }] }, B: end };
  return graphModel({ StartAt: "A", States }).edges.get("/A|choice:0")?.[which];
}

/** A state by what it says on its card. */
function cardOf(state: object) {
  return graphModel({ StartAt: "A", States: { A: state } }).nodes.get("/A");
}

describe("states", () => {
  test("a key is the path of a state, with the branch of a Parallel and without that of a Map", () => {
    const inner = { StartAt: "Print", States: { Print: end } };
    const parallel = { Type: "Parallel", Branches: [inner, inner], End: true };
    const model = graphModel({
      StartAt: "Pack",
      States: {
        Pack: {
          Type: "Map",
          End: true,
          ItemProcessor: { StartAt: "Label", States: { Label: parallel } },
        },
        Old: { Type: "Map", End: true, Iterator: inner },
      },
    });
    expect([...model.nodes.keys()].sort()).toEqual([
      "/#end",
      "/#start",
      "/Old",
      "/Old/Print",
      "/Pack",
      "/Pack/Label",
      "/Pack/Label[0]/Print",
      "/Pack/Label[1]/Print",
    ]);
    expect(model.nodes.get("/Pack")?.scopes.map(({ key }) => key)).toEqual(["/Pack"]);
    expect(model.nodes.get("/Pack/Label")?.scopes.map(({ startAt }) => startAt)).toEqual([
      "/Pack/Label[0]/Print",
      "/Pack/Label[1]/Print",
    ]);
  });

  test("names that spell another key do not take its place", () => {
    const inner = { StartAt: "B", States: { B: end } };
    const model = graphModel({
      StartAt: "#start",
      States: { "#start": end, "A/B": end, A: { Type: "Map", ItemProcessor: inner, End: true } },
    });
    expect(model.nodes.size).toBe(6);
    expect(model.root.startAt).toBe("/#start~2");
  });

  test("what no transition leads to is unreachable, with all that it holds", () => {
    const inner = { StartAt: "B", States: { B: end, C: end } };
    const map = { Type: "Map", ItemProcessor: inner, End: true };
    const model = graphModel({ StartAt: "A", States: { A: map, Lost: map } });
    const unreachable = [...model.nodes.values()].filter(({ isReachable }) => !isReachable);
    expect(unreachable.map(({ key }) => key)).toEqual(["/A/C", "/Lost/B", "/Lost/C", "/Lost"]);
  });

  test.each([
    ["sqs:sendMessage", { Resource: "arn:aws:states:::sqs:sendMessage" }],
    ["dynamodb:putItem", { Resource: "arn:aws:states:::aws-sdk:dynamodb:putItem" }],
    ["glue:startJobRun.sync", { Resource: "arn:aws:states:::glue:startJobRun.sync:2" }],
    ["waits for callback", { Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" }],
    ["Lambda charge", { Resource: "arn:aws:lambda:eu-west-1:123456789012:function:charge" }],
    ["Activity review", { Resource: "arn:aws:states:eu-west-1:123456789012:activity:review" }],
    ["Task", { Resource: "${ChargeFunctionArn}" }],
    ["Task", {}],
  ])("the card of a Task says %s", (detail, task) => {
    expect(cardOf({ Type: "Task", ...task })?.detail).toBe(detail);
  });

  test.each([
    ["Choice", { Type: "Choice" }],
    ["Wait 5 s", { Type: "Wait", Seconds: 5 }],
    ["Wait 2 h", { Type: "Wait", Seconds: 7200 }],
    ["Wait $.delay s", { Type: "Wait", SecondsPath: "$.delay" }],
    ["Wait until $due", { Type: "Wait", Timestamp: "{% $due %}" }],
    ["Fail OrderLost", { Type: "Fail", Error: "OrderLost" }],
    [
      "Distributed Map",
      { Type: "Map", ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" } } },
    ],
    ["Unknown", {}],
  ])("a card says %s", (detail, state) => {
    expect(cardOf(state)?.detail).toBe(detail);
  });

  test("retries are the attempts of all Retriers, three where the Retrier does not say", () => {
    const Retry = [{ ErrorEquals: ["A"], MaxAttempts: 4 }, { ErrorEquals: ["B"] }];
    expect(cardOf({ Type: "Task", Retry })?.retries).toBe(7);
  });
});

describe("edges", () => {
  test("every transition is an edge; a retry and a missing target are none", () => {
    const model = graphModel({
      StartAt: "Charge",
      States: {
        Charge: {
          Type: "Task",
          Next: "Paid?",
          Retry: [{ ErrorEquals: ["States.ALL"] }],
          Catch: [
            { ErrorEquals: ["CardDeclined", "NoCard"], Next: "Reject" },
            { ErrorEquals: ["States.ALL"], Next: "Nowhere" },
          ],
        },
        "Paid?": {
          Type: "Choice",
          Choices: [{ Variable: "$.paid", BooleanEquals: true, Next: "Done" }],
          Default: "Charge",
        },
        Reject: { Type: "Fail" },
        Done: { Type: "Pass", End: true },
      },
    });
    expect(edgesOf(model)).toEqual([
      "/#start -start-> /Charge",
      "/Charge -next-> /Paid?",
      "/Charge -catch-> /Reject: CardDeclined, NoCard",
      "/Paid? -choice-> /Done: $.paid = true",
      "/Paid? -default-> /Charge: otherwise",
      "/Reject -end-> /#end",
      "/Done -end-> /#end",
    ]);
  });

  test("only the root has pills", () => {
    const inner = { StartAt: "B", States: { B: end } };
    const States = { A: { Type: "Map", ItemProcessor: inner, Next: "Z" }, Z: end };
    expect(edgesOf(graphModel({ StartAt: "A", States }))).toEqual([
      "/#start -start-> /A",
      "/A -next-> /Z",
      "/Z -end-> /#end",
    ]);
  });

  test("two rules to the same state are two edges", () => {
    const Choices = [
      { Condition: "{% $a %}", Next: "B" },
      { Condition: "{% $b %}", Next: "B" },
    ];
    const model = graphModel({ States: { A: { Type: "Choice", Choices }, B: end } });
    expect(model.edges.size).toBe(3);
  });
});

describe("labels of rules", () => {
  const total = { Variable: "$.total", NumericGreaterThan: 5000 };
  const country = { Variable: "$.to", StringEquals: "DE" };
  test.each([
    ["$.total > 5000", total],
    ["$.a <= $.b", { Variable: "$.a", TimestampLessThanEqualsPath: "$.b" }],
    ["$.to = 'DE'", country],
    ["$.to matches 'D*'", { Variable: "$.to", StringMatches: "D*" }],
    ["$.to is present", { Variable: "$.to", IsPresent: true }],
    ["$.to is not null", { Variable: "$.to", IsNull: false }],
    ["not ($.to = 'DE')", { Not: country }],
    [
      "$.x = 1 and $.y = 2",
      {
        And: [
          { Variable: "$.x", NumericEquals: 1 },
          { Variable: "$.y", NumericEquals: 2 },
        ],
      },
    ],
    ["$total > 5000", { Condition: "{% $total > 5000 %}" }],
    ["Expensive", { ...total, Comment: "Expensive" }],
    ["", {}],
  ])("%s", (label, rule) => {
    expect(labelOf(rule)).toBe(label);
  });

  test("a long rule is cut on the line and whole on hover", () => {
    const rule = { Or: [{ And: [total, country] }, { Not: country }] };
    const whole = "($.total > 5000 and $.to = 'DE') or not ($.to = 'DE')";
    expect(labelOf(rule, "fullLabel")).toBe(whole);
    expect(labelOf(rule)).toBe("($.total > 5000 and $.to =…");
  });
});

test("any JSON value gives a model whose edges join its nodes", () => {
  const names = fc.constantFrom("A", "B", "A/B", "#end", "__proto__");
  const types = fc.constantFrom(
    "Task",
    "Choice",
    "Map",
    "Parallel",
    "Fail",
    "Pass",
    "Odd",
    7,
    null,
  );
  const { scope } = fc.letrec((tie) => ({
    scope: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.jsonValue(),
      fc.record({
        StartAt: fc.oneof(names, fc.jsonValue()),
        States: fc.dictionary(names, tie("state")),
      }),
    ),
    state: fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.record(
        {
          Type: types,
          Next: names,
          Default: names,
          End: fc.boolean(),
          Choices: fc.array(fc.record({ Next: names, And: fc.jsonValue() }, { requiredKeys: [] })),
          Catch: fc.array(fc.record({ Next: names, ErrorEquals: fc.jsonValue() })),
          Retry: fc.jsonValue(),
          Branches: fc.array(tie("scope"), { maxLength: 3 }),
          ItemProcessor: tie("scope"),
        },
        { requiredKeys: ["Type"] },
      ),
    ),
  }));
  fc.assert(
    fc.property(scope, (definition) => {
      const { nodes, edges } = graphModel(definition);
      for (const { source, target } of edges.values()) {
        expect(nodes.has(source) && nodes.has(target)).toBe(true);
      }
    }),
  );
  expect(() =>
    graphModel({ States: { A: { Type: "Fail", Error: { toString: 1 } } } }),
  ).not.toThrow();
  expect(() => labelOf({ Variable: "$", NumericEqualsPath: { toString: 1 } })).not.toThrow();
});
