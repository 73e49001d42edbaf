/** The query language that a state is written in. */
export type WrittenLanguage = "JSONPath" | "JSONata";

interface FieldTable {
  readonly both: readonly string[];
  readonly JSONPath: readonly string[];
  readonly JSONata: readonly string[];
}

const transition = ["Next", "End"] as const;
const handling = ["Retry", "Catch"] as const;

/** What every state may have. */
const common = ["Type", "Comment", "QueryLanguage"] as const;

/** The fields of each state type, the most used first. A test holds them against the parser's. */
const tables = {
  Pass: {
    both: ["Assign", ...transition],
    JSONPath: ["InputPath", "Parameters", "Result", "ResultPath", "OutputPath"],
    JSONata: ["Output"],
  },
  Task: {
    both: [
      "Resource",
      "TimeoutSeconds",
      "HeartbeatSeconds",
      "Credentials",
      "Assign",
      ...handling,
      ...transition,
    ],
    JSONPath: [
      "InputPath",
      "Parameters",
      "ResultSelector",
      "ResultPath",
      "OutputPath",
      "TimeoutSecondsPath",
      "HeartbeatSecondsPath",
    ],
    JSONata: ["Arguments", "Output"],
  },
  Choice: {
    both: ["Choices", "Default", "Assign"],
    JSONPath: ["InputPath", "OutputPath"],
    JSONata: ["Output"],
  },
  Wait: {
    both: ["Seconds", "Timestamp", "Assign", ...transition],
    JSONPath: ["SecondsPath", "TimestampPath", "InputPath", "OutputPath"],
    JSONata: ["Output"],
  },
  Succeed: { both: [], JSONPath: ["InputPath", "OutputPath"], JSONata: ["Output"] },
  Fail: { both: ["Error", "Cause"], JSONPath: ["ErrorPath", "CausePath"], JSONata: [] },
  Parallel: {
    both: ["Branches", "Assign", ...handling, ...transition],
    JSONPath: ["InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath"],
    JSONata: ["Arguments", "Output"],
  },
  Map: {
    both: [
      "ItemProcessor",
      "Iterator",
      "ItemSelector",
      "MaxConcurrency",
      "Assign",
      ...handling,
      ...transition,
      "Label",
      "ItemReader",
      "ItemBatcher",
      "ResultWriter",
      "ToleratedFailureCount",
      "ToleratedFailurePercentage",
    ],
    JSONPath: [
      "InputPath",
      "ItemsPath",
      "Parameters",
      "MaxConcurrencyPath",
      "ResultSelector",
      "ResultPath",
      "OutputPath",
      "ToleratedFailureCountPath",
      "ToleratedFailurePercentagePath",
    ],
    JSONata: ["Items", "Output"],
  },
} as const satisfies Readonly<Record<string, FieldTable>>;

export type StateType = keyof typeof tables;
export const stateTypes = Object.keys(tables) as readonly StateType[];

/** Kept for definitions that have them; nobody is offered them. */
export const oldNames: ReadonlySet<string> = new Set(["Iterator"]);

/** What a state of the type may have, `Type` first; of an unknown type what every state has. */
export function fieldsOf(type: string, language: WrittenLanguage): readonly string[] {
  const table: FieldTable | undefined = Object.hasOwn(tables, type)
    ? tables[type as StateType]
    : undefined;
  if (table === undefined) return common;
  return ["Type", ...table.both, ...table[language], "Comment", "QueryLanguage"];
}

/** What other objects of a definition may have. */
export const objectFields = {
  workflow: ["Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"],
  branch: ["StartAt", "States", "Comment"],
  processor: ["ProcessorConfig", "StartAt", "States", "Comment"],
  processorConfig: ["Mode", "ExecutionType"],
  retrier: [
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
    "Comment",
  ],
  catcherJSONPath: ["ErrorEquals", "Next", "ResultPath", "Assign", "Comment"],
  catcherJSONata: ["ErrorEquals", "Next", "Output", "Assign", "Comment"],
  ruleJSONata: ["Condition", "Next", "Output", "Assign", "Comment"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What a rule of JSONPath compares with. Documented: ASL, Choice. */
export const comparisons: readonly string[] = [
  ...["String", "Numeric", "Timestamp"].flatMap((type) =>
    ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"].flatMap((how) => [
      `${type}${how}`,
      `${type}${how}Path`,
    ]),
  ),
  "StringMatches",
  "BooleanEquals",
  "BooleanEqualsPath",
  "IsNull",
  "IsPresent",
  "IsNumeric",
  "IsString",
  "IsBoolean",
  "IsTimestamp",
];
