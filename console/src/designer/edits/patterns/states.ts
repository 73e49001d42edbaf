import type { NewState } from "../fragment.ts";
import { dialectOf, invoke, type Dialect, type Pattern } from "./pattern.ts";

/** Types without `Next` and `End`. */
const endingTypes: ReadonlySet<unknown> = new Set(["Succeed", "Fail", "Choice"]);

/** A pattern of one state. Its name is the word of its id. */
function one(id: string, group: Pattern["group"], state: (dialect: Dialect) => NewState): Pattern {
  return {
    id,
    group,
    words: [id],
    build: (language, words) => {
      const built = state(dialectOf(language));
      const isEnding = endingTypes.has(built["Type"]);
      return {
        QueryLanguage: language,
        StartAt: words(id),
        States: { [words(id)]: isEnding ? built : { ...built, End: true } },
      };
    },
  };
}

/** A rule that is never taken, until its author says when. */
function rule({ language }: Dialect): NewState {
  return language === "JSONata"
    ? { Condition: "{% false %}" }
    : { Variable: "$", IsPresent: false };
}

const service =
  (resource: string, args: (dialect: Dialect) => NewState) =>
  (dialect: Dialect): NewState =>
    dialect.task(`arn:aws:states:::${resource}`, args(dialect));

/** A function whose state goes on with what it returns, as Workflow Studio has it, and not with all that is told of the call. */
function returning(dialect: Dialect): NewState {
  const output =
    dialect.language === "JSONata"
      ? { Output: "{% $states.result.Payload %}" }
      : { OutputPath: "$.Payload" };
  return invoke(dialect, output);
}

/** The eight types. Parallel and Map are empty: the first states are put into their lanes. */
export const flowPatterns: readonly Pattern[] = [
  one("task", "flow", returning),
  one("pass", "flow", () => ({ Type: "Pass" })),
  one("choice", "flow", (dialect) => ({ Type: "Choice", Choices: [rule(dialect)] })),
  one("wait", "flow", () => ({ Type: "Wait", Seconds: 60 })),
  one("succeed", "flow", () => ({ Type: "Succeed" })),
  one("fail", "flow", () => ({ Type: "Fail", Error: "", Cause: "" })),
  one("parallel", "flow", () => ({ Type: "Parallel", Branches: [{}, {}] })),
  one("map", "flow", ({ language }) => ({
    Type: "Map",
    ...(language === "JSONata" ? { Items: "{% $states.input %}" } : { ItemsPath: "$" }),
    ItemProcessor: { ProcessorConfig: { Mode: "INLINE" } },
  })),
  one("distributedMap", "flow", ({ language }) => ({
    Type: "Map",
    ...(language === "JSONata" ? { Items: "{% $states.input %}" } : { ItemsPath: "$" }),
    ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
    MaxConcurrency: 100,
  })),
];

/** Tasks by what they call, for those that are wanted most. All others are made of the catalogue of actions. */
export const actionPatterns: readonly Pattern[] = [
  one("invokeFunction", "actions", returning),
  one(
    "sendMessage",
    "actions",
    service("sqs:sendMessage", (dialect) => ({
      QueueUrl: "",
      ...dialect.dynamic("MessageBody", "$states.input", "$"),
    })),
  ),
  one(
    "publish",
    "actions",
    service("sns:publish", (dialect) => ({
      TopicArn: "",
      ...dialect.dynamic("Message", "$states.input", "$"),
    })),
  ),
  one(
    "putEvent",
    "actions",
    service("events:putEvents", (dialect) => ({
      Entries: [{ Source: "", DetailType: "", ...dialect.dynamic("Detail", "$states.input", "$") }],
    })),
  ),
  one(
    "getItem",
    "actions",
    service("dynamodb:getItem", () => ({ TableName: "", Key: { id: { S: "" } } })),
  ),
  one(
    "putItem",
    "actions",
    service("dynamodb:putItem", () => ({ TableName: "", Item: { id: { S: "" } } })),
  ),
  one(
    "callHttp",
    "actions",
    service("http:invoke", () => ({
      ApiEndpoint: "",
      Method: "GET",
      InvocationConfig: { ConnectionArn: "" },
    })),
  ),
  one(
    "startWorkflow",
    "actions",
    service("states:startExecution.sync:2", (dialect) => ({
      StateMachineArn: "",
      ...dialect.dynamic("Input", "$states.input", "$"),
    })),
  ),
  one("activity", "actions", () => ({ Type: "Task", Resource: "" })),
];
