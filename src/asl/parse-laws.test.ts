import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isJsonArray, isJsonObject, setMember, type JsonValue } from "../expression/json.ts";
import { locationPointer } from "./diagnostics/location.ts";
import { parseDefinition } from "./parse-definition.ts";
import { parseSingleState } from "./parse-single-state.ts";
import { variableReferences } from "./variables/variable-references.ts";

const samples = fileURLToPath(new URL("../../../shared/samples", import.meta.url));

/** Uses about every field of the language, for when there are no samples. */
const showcase: JsonValue = {
  StartAt: "A",
  TimeoutSeconds: 100,
  States: {
    A: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "f", "Payload.$": "States.Format('{}', $.a)" },
      TimeoutSecondsPath: "$.t",
      Credentials: { "RoleArn.$": "$.r" },
      Retry: [{ ErrorEquals: ["States.ALL"], BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "F", ResultPath: "$.e" }],
      Assign: { "v.$": "$.x" },
      Next: "C",
    },
    C: {
      Type: "Choice",
      Choices: [
        {
          And: [
            { Variable: "$.a", IsNull: true },
            { Not: { Variable: "$.b", StringMatches: "*" } },
          ],
          Next: "M",
        },
        { Variable: "$v", TimestampEqualsPath: "$.t", Next: "W" },
      ],
      Default: "P",
    },
    M: {
      Type: "Map",
      ItemsPath: "$.items",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", MaxItems: 5 },
        Parameters: { Bucket: "b", "Key.$": "$.k" },
      },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ResultWriter: { WriterConfig: { OutputType: "JSON", Transformation: "NONE" } },
      Label: "label",
      ToleratedFailurePercentage: 5,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
        StartAt: "I",
        States: {
          I: {
            Type: "Pass",
            QueryLanguage: "JSONata",
            Output: { a: "{% $states.input %}" },
            End: true,
          },
        },
      },
      Next: "W",
    },
    P: {
      Type: "Parallel",
      Branches: [{ StartAt: "B", States: { B: { Type: "Succeed" } } }],
      Next: "W",
    },
    W: { Type: "Wait", Seconds: 1, End: true },
    F: { Type: "Fail", Error: "e", CausePath: "$.c" },
  },
};

const documents: readonly JsonValue[] = [
  showcase,
  ...(existsSync(samples) ? readdirSync(samples) : [])
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(samples, name), "utf8")) as JsonValue];
      } catch {
        return [];
      }
    }),
];

/** Values that are likely to be misread: wrong types, names of the prototype, half expressions. */
const odd: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    -1,
    1.5,
    1e30,
    "",
    "$",
    "$.",
    "$..a",
    "$$",
    "$states",
    "{%",
    "{% %}",
    "{% $ %}",
    "{% a %}",
    "${X}",
    "States.Format(",
    "__proto__",
    "States.ALL",
    "JSONata",
    "Choice",
    [],
    {},
    [null],
    { __proto__: null, "a.$": "$.b" },
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);

type Mutation = {
  readonly pick: number;
  readonly how: "replace" | "remove" | "add";
  readonly value: JsonValue;
};

const mutation: fc.Arbitrary<Mutation> = fc.record({
  pick: fc.nat(),
  how: fc.constantFrom("replace", "remove", "add"),
  value: odd,
});

const addedNames = [
  "QueryLanguage",
  "Next",
  "End",
  "Assign",
  "Output",
  "__proto__",
  "Retry",
  "x.$",
];

/** The document with one of its values changed. */
function mutated(document: JsonValue, { pick, how, value }: Mutation): JsonValue {
  let countdown = pick % countOf(document);
  const walk = (node: JsonValue): JsonValue => {
    if (countdown-- === 0) {
      if (how === "add" && isJsonObject(node)) {
        const copy = { ...node };
        setMember(copy, addedNames[pick % addedNames.length] as string, value);
        return copy;
      }
      return value;
    }
    if (isJsonArray(node)) return node.map(walk);
    if (!isJsonObject(node)) return node;
    const copy: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(node)) {
      if (how === "remove" && countdown === 0) countdown--;
      else setMember(copy, name, walk(member));
    }
    return copy;
  };
  return walk(document);
}

function countOf(node: JsonValue): number {
  if (!isJsonArray(node) && !isJsonObject(node)) return 1;
  return Object.values(node).reduce<number>((sum, member) => sum + countOf(member), 1);
}

test("the showcase is a valid definition", () => {
  expect(parseDefinition(JSON.stringify(showcase)).diagnostics).toEqual([]);
});

test("law: whatever is done to a definition, it has a tree or an error, at a place that exists", () => {
  const options = fc.record({
    type: fc.constantFrom("STANDARD" as const, "EXPRESS" as const),
    placeholders: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      options,
      (document, mutations, parseOptions) => {
        const changed = mutations.reduce(mutated, document);
        const { definition, diagnostics } = parseDefinition(JSON.stringify(changed), parseOptions);
        const hasError = diagnostics.some(({ severity }) => severity === "ERROR");
        if (hasError) expect(definition).toBeUndefined();
        else if (!parseOptions.placeholders) expect(definition).toBeDefined();
        if (definition !== undefined) variableReferences(definition);
        for (const { location } of diagnostics) {
          if (location !== undefined && location !== "/") locationPointer(location, changed);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test("law: any JSON and any text is parsed or refused, and never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        odd.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        expect(parseDefinition(text).definition).toBeUndefined();
        parseSingleState(text, { placeholders: true });
      },
    ),
    { numRuns: 1000 },
  );
});

test("law: parsing the same text twice gives the same diagnostics", () => {
  fc.assert(
    fc.property(fc.constantFrom(...documents), mutation, (document, change) => {
      const text = JSON.stringify(mutated(document, change));
      expect(parseDefinition(text).diagnostics).toEqual(parseDefinition(text).diagnostics);
    }),
    { numRuns: 200 },
  );
});
