import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { diagnosticsOf, machineOf, parsedState, stateDiagnostics } from "../definition.fixture.ts";

const graph = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
const distributed = {
  ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
  ...graph,
};
const map = (fields: Record<string, JsonValue>) => ({
  Type: "Map",
  ItemProcessor: graph,
  End: true,
  ...fields,
});

describe("a Map state", () => {
  test("holds the graph that runs for each item", () => {
    const state = parsedState("Map", {
      ItemProcessor: { ...graph, ProcessorConfig: { Mode: "INLINE" } },
      ItemsPath: "$.items",
      ItemSelector: { "x.$": "$$.Map.Item.Value" },
      MaxConcurrency: 0,
      End: true,
    });
    expect(state.ItemProcessor.States.get("P")).toMatchObject({ Type: "Pass" });
    expect(state).toMatchObject({
      Items: { kind: "path" },
      ItemSelector: { kind: "payloadTemplate" },
      MaxConcurrency: { kind: "constant", value: 0 },
    });
    expect("distributed" in state).toBe(false);
    expect("Parameters" in state).toBe(false);
  });

  test("may be written with the old names", () => {
    const state = parsedState("Map", { Iterator: graph, Parameters: { "a.$": "$.b" }, End: true });
    expect(state.ItemProcessor.StartAt).toBe("P");
    expect(state.ItemSelector?.kind).toBe("payloadTemplate");
    expect("Parameters" in state).toBe(false);
  });

  test("is written with either name, not with both", () => {
    expect(stateDiagnostics(map({ Iterator: graph }))).toContain(
      "There should only be one of the following fields: [ItemProcessor, Iterator] at /States/S",
    );
    expect(stateDiagnostics({ Type: "Map", End: true })).toEqual([
      "This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/S",
    ]);
    expect(stateDiagnostics(map({ ItemSelector: {}, Parameters: {} }))).toEqual([
      "There should only be one of the following fields: [ItemSelector, Parameters] at /States/S",
    ]);
  });

  test.each<[JsonValue, object]>([
    ["{% $states.input.items %}", { kind: "jsonata" }],
    [[1, 2], { kind: "constant", value: [1, 2] }],
    [["{% 1 %}"], { kind: "jsonata" }],
    [{ a: 1 }, { kind: "jsonata" }],
  ])("in JSONata iterates %j", (Items, expected) => {
    const state = parsedState("Map", { ...map({}), QueryLanguage: "JSONata", Items });
    expect(state.Items).toMatchObject(expected);
  });

  test.each<[Record<string, JsonValue>, string]>([
    [{ ItemProcessor: [] }, "Expected value of type [OBJECT] at /States/S/ItemProcessor"],
    [
      { ItemProcessor: { ...graph, ProcessorConfig: 1 } },
      "Expected value of type [OBJECT] at /States/S/ItemProcessor/ProcessorConfig",
    ],
    [
      { ItemProcessor: { ...graph, QueryLanguage: "JSONata" } },
      "Field 'QueryLanguage' is not supported at /States/S/ItemProcessor",
    ],
    [{ MaxConcurrency: -1 }, "Minimum value is 0 at /States/S/MaxConcurrency"],
    [{ TimeoutSeconds: 5 }, "Field 'TimeoutSeconds' is not supported at /States/S"],
    [
      { Items: [1] },
      "The QueryLanguage is set to 'JSONPath', but field 'Items' is only supported for the 'JSONata' QueryLanguage at /States/S",
    ],
    [
      { QueryLanguage: "JSONata", Items: "items" },
      "Expected value of type [ARRAY] at /States/S/Items",
    ],
    [{ QueryLanguage: "JSONata", Items: 1 }, "Expected value of type [ARRAY] at /States/S/Items"],
    [
      { ItemProcessor: { ...graph, ProcessorConfig: { Mode: "PARALLEL" } } },
      "Value should be one of the following: [INLINE, DISTRIBUTED] at /States/S/ItemProcessor/ProcessorConfig/Mode",
    ],
    [
      {
        ItemProcessor: {
          ...graph,
          ProcessorConfig: { Mode: "INLINE", ExecutionType: "STANDARD" },
        },
      },
      "Field 'ExecutionType' is not supported at /States/S/ItemProcessor/ProcessorConfig",
    ],
    [
      { ItemProcessor: { ...graph, ProcessorConfig: { Mode: "DISTRIBUTED" } } },
      "These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig",
    ],
  ])("with %j is refused", (fields, message) => {
    expect(stateDiagnostics(map(fields))).toEqual([message]);
  });

  test("that is inline may have the fields of a distributed one, which mean nothing", () => {
    const fields = map({ ToleratedFailureCount: 1, Label: "l" });
    expect("distributed" in parsedState("Map", fields)).toBe(false);
  });
});

describe("a distributed Map state", () => {
  const reader = (fields: Record<string, JsonValue>, config?: Record<string, JsonValue>) =>
    stateDiagnostics(
      map({
        ItemProcessor: distributed,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          Parameters: { Bucket: "b", "Key.$": "$.key" },
          ...fields,
          ...(config && { ReaderConfig: config }),
        },
      }),
    );

  test("reads, batches, tolerates and writes", () => {
    const state = parsedState(
      "Map",
      map({
        ItemProcessor: distributed,
        Label: "a-label",
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          Parameters: { Bucket: "b", "Key.$": "$.key" },
          ReaderConfig: {
            InputType: "CSV",
            CSVHeaderLocation: "GIVEN",
            CSVHeaders: ["a"],
            CSVDelimiter: "TAB",
            MaxItemsPath: "$.max",
          },
        },
        ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { "x.$": "$.x" } },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: "b" },
          WriterConfig: { OutputType: "JSONL", Transformation: "FLATTEN" },
        },
        ToleratedFailurePercentage: 12.5,
        ToleratedFailureCountPath: "$.count",
      }),
    );
    expect(state.distributed).toMatchObject({
      ExecutionType: "STANDARD",
      Label: "a-label",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        Arguments: { kind: "payloadTemplate" },
        ReaderConfig: { InputType: "CSV", CSVHeaders: ["a"], MaxItems: { kind: "path" } },
      },
      ItemBatcher: { MaxItemsPerBatch: { value: 10 }, BatchInput: { kind: "payloadTemplate" } },
      ResultWriter: { WriterConfig: { OutputType: "JSONL", Transformation: "FLATTEN" } },
      ToleratedFailureCount: { kind: "path", field: "ToleratedFailureCountPath" },
      ToleratedFailurePercentage: { value: 12.5 },
    });
  });

  test("is refused in an Express machine", () => {
    const machine = machineOf(map({ ItemProcessor: distributed }));
    expect(diagnosticsOf(machine, { type: "EXPRESS" })).toEqual([
      "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States/S/ItemProcessor/ProcessorConfig/Mode",
    ]);
  });

  test("whose children are Express executions waits for nothing within them", () => {
    const wait = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    const Parameters = { QueueUrl: "q", MessageBody: "m" };
    const W = { Type: "Task", Resource: wait, Parameters, End: true };
    const processor = (ExecutionType: string) => ({
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType },
      StartAt: "W",
      States: { W },
    });
    expect(stateDiagnostics(map({ ItemProcessor: processor("STANDARD") }))).toEqual([]);
    expect(stateDiagnostics(map({ ItemProcessor: processor("EXPRESS") }))).toEqual([
      "Express state machine does not support '.waitForTaskToken' service integration  at /States/S/ItemProcessor/States/W/Resource",
    ]);
  });

  test.each<[Record<string, JsonValue>, Record<string, JsonValue> | undefined, string]>([
    [
      { Resource: "arn:aws:states:::s3:putObject" },
      undefined,
      "The field 'Resource' does not match any of the allowed values at /States/S/ItemReader/Resource",
    ],
    [
      {},
      { InputType: "CSV" },
      "The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig",
    ],
    [
      {},
      { InputType: "CSV", CSVHeaderLocation: "GIVEN" },
      "These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig",
    ],
    [
      {},
      { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: [1] },
      "Expected value of type [ARRAY] at /States/S/ItemReader/ReaderConfig/CSVHeaders",
    ],
    [
      {},
      { InputType: "JSON", CSVHeaderLocation: "FIRST_ROW" },
      "Field 'CSVHeaderLocation' is not supported at /States/S/ItemReader/ReaderConfig",
    ],
    [
      {},
      { InputType: "XML" },
      "Value should be one of the following: [CSV, JSON, JSONL, PARQUET, MANIFEST] at /States/S/ItemReader/ReaderConfig/InputType",
    ],
    [
      {},
      { InputType: "JSON", ItemsPointer: "inventory" },
      "Value must be a valid JSON pointer at /States/S/ItemReader/ReaderConfig/ItemsPointer",
    ],
    [
      {},
      { InputType: "JSON", MaxItems: 100_000_001 },
      "Maximum value is 100000000 at /States/S/ItemReader/ReaderConfig/MaxItems",
    ],
  ])("refuses the reader %j %j", (fields, config, message) => {
    expect(reader(fields, config)).toEqual([message]);
  });

  test("a reader names its resource", () => {
    const state = map({ ItemProcessor: distributed, ItemReader: {} });
    expect(stateDiagnostics(state)).toEqual([
      "These fields are required: [Resource] at /States/S/ItemReader",
    ]);
  });

  test.each([{}, { BatchInput: { a: 1 } }, { MaxItemsPerBatch: 0 }])(
    "accepts the batcher %j",
    (ItemBatcher) => {
      expect(stateDiagnostics(map({ ItemProcessor: distributed, ItemBatcher }))).toEqual([]);
    },
  );

  test.each<[path: string, field: object]>([
    ["/States/S/MaxConcurrencyPath", { MaxConcurrencyPath: "$$.Execution.Input.n" }],
    ["/States/S/ToleratedFailureCountPath", { ToleratedFailureCountPath: "$$.Execution.Input.n" }],
    [
      "/States/S/ItemBatcher/MaxItemsPerBatchPath",
      { ItemBatcher: { MaxItemsPerBatchPath: "$$.Execution.Input.n" } },
    ],
  ])("%s does not select from the context object", (at, field) => {
    expect(stateDiagnostics(map({ ItemProcessor: distributed, ...field }))).toEqual([
      `Value is not a Reference Path: it must not select from the context object at ${at}`,
    ]);
    const ofInput = JSON.parse(JSON.stringify(field).replace("$$.Execution.Input", "$")) as object;
    expect(stateDiagnostics(map({ ItemProcessor: distributed, ...ofInput }))).toEqual([]);
  });

  test("accepts a number of items that will fail when they are read", () => {
    expect(reader({}, { InputType: "JSON", ItemsPointer: "/a~0b/0", MaxItems: 0 })).toEqual([]);
  });

  test.each<[string, JsonValue, string]>([
    [
      "ItemBatcher",
      { MaxItemsPerBatch: -1 },
      "Minimum value is 0 at /States/S/ItemBatcher/MaxItemsPerBatch",
    ],
    [
      "ItemBatcher",
      { MaxInputBytesPerBatch: 262_145 },
      "Maximum value is 262144 at /States/S/ItemBatcher/MaxInputBytesPerBatch",
    ],
    ["ItemBatcher", 1, "Expected value of type [OBJECT] at /States/S/ItemBatcher"],
    [
      "ResultWriter",
      {},
      "These fields are required: [Resource, Parameters] at /States/S/ResultWriter",
    ],
    [
      "ResultWriter",
      { Resource: "arn:aws:states:::s3:getObject", Parameters: {} },
      "The field 'Resource' does not match any of the allowed values at /States/S/ResultWriter/Resource",
    ],
    [
      "ResultWriter",
      { WriterConfig: { OutputType: "XML" } },
      "Value should be one of the following: [JSON, JSONL] at /States/S/ResultWriter/WriterConfig/OutputType",
    ],
    [
      "ToleratedFailurePercentage",
      101,
      "Maximum value is 100.0 at /States/S/ToleratedFailurePercentage",
    ],
    [
      "ToleratedFailurePercentage",
      "all",
      "Expected value of type [NUMBER] at /States/S/ToleratedFailurePercentage",
    ],
    ["Label", "", "INVALID_LABEL_NAME: Value cannot be empty at /States/S/Label"],
    [
      "Label",
      "a b",
      "INVALID_LABEL_NAME: Label contains invalid character: ' ' at /States/S/Label",
    ],
    [
      "Label",
      "x".repeat(41),
      `INVALID_LABEL_NAME: Label '${"x".repeat(41)}' exceeds the 40-character limit allowed by the service at /States/S/Label`,
    ],
  ])("refuses the %s %j", (name, value, message) => {
    expect(stateDiagnostics(map({ ItemProcessor: distributed, [name]: value }))).toEqual([message]);
  });

  test.each(["WriterConfig only", "all"])("accepts a writer with %s", (which) => {
    const WriterConfig = { Transformation: "COMPACT", OutputType: "JSON" };
    const Resource = "arn:aws:states:::s3:putObject";
    const ResultWriter =
      which === "all" ? { WriterConfig, Resource, Parameters: {} } : { WriterConfig };
    expect(stateDiagnostics(map({ ItemProcessor: distributed, ResultWriter }))).toEqual([]);
  });

  test("has a label of its own", () => {
    const second = {
      ...map({ ItemProcessor: { ...distributed, StartAt: "Q", States: { Q: graph.States.P } } }),
      Label: "l",
    };
    const first = { ...map({ ItemProcessor: distributed }), Label: "l", End: false, Next: "T" };
    expect(stateDiagnostics(first, { T: second })).toEqual([
      "DUPLICATE_LABEL_NAME: Duplicate Label name: l at /States/T/Label",
    ]);
  });
});
