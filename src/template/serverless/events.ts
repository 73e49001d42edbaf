import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { defined } from "../sam/expansion.ts";
import { scalarText, shownText } from "../functions/scalar-text.ts";
import { TemplateError } from "../template.ts";
import { memberObject } from "./service.ts";

/** An event of a `serverless.yml` as one of SAM's, or several. */
type ReadEvent = (written: JsonValue, owner: string) => readonly JsonObject[];

/** A list of events as the `Events` of SAM; `undefined` for none. `owner` is for messages. */
export function eventsOf(written: JsonValue | undefined, owner: string): JsonObject | undefined {
  if (written === undefined || written === null) return undefined;
  const events = (isJsonArray(written) ? written : [written]).flatMap((event) =>
    read(event, owner),
  );
  if (events.length === 0) return undefined;
  return Object.fromEntries(
    events.map((event, index) => [`${shownText(event["Type"])}${String(index + 1)}`, event]),
  );
}

function read(event: JsonValue, owner: string): readonly JsonObject[] {
  const [name] = isJsonObject(event) ? Object.keys(event) : [scalarText(event) ?? ""];
  const readEvent = Object.hasOwn(types, name ?? "") ? types[name ?? ""] : undefined;
  if (readEvent === undefined) {
    throw new TemplateError(
      `Stepwell knows no events of type ${name ?? ""} in serverless.yml (${owner}).`,
    );
  }
  return readEvent(isJsonObject(event) ? (ownMember(event, name ?? "") ?? null) : null, owner);
}

const types: { readonly [name: string]: ReadEvent } = {
  // They are methods of the service's own REST API.
  http: () => [],
  httpApi,
  schedule,
  eventBridge: pattern,
  cloudwatchEvent: pattern,
  sqs: (written) => [mapping("SQS", "Queue", written)],
  stream: (written) => [mapping(streamType(written), "Stream", written)],
  sns: (written) => [{ Type: "SNS", Properties: { Topic: arnOf(written) } }],
};

function httpApi(written: JsonValue): readonly JsonObject[] {
  if (written === "*") return [{ Type: "HttpApi", Properties: {} }];
  const route = isJsonObject(written) ? written : fromText(written);
  const method = scalarText(ownMember(route, "method")) ?? "any";
  return [
    {
      Type: "HttpApi",
      Properties: {
        Path: ownMember(route, "path") ?? "$default",
        Method: method === "*" ? "any" : method,
      },
    },
  ];
}

function fromText(written: JsonValue): JsonObject {
  const [method = "", path = ""] = (scalarText(written) ?? "").split(/\s+/);
  return { method, path };
}

/** `rate` may be a list; `method: scheduler` is of EventBridge Scheduler. */
function schedule(written: JsonValue): readonly JsonObject[] {
  const settings = isJsonObject(written) ? written : { rate: written };
  const rate = ownMember(settings, "rate") ?? null;
  const rates = isJsonArray(rate) ? rate : [rate];
  const isScheduler = ownMember(settings, "method") === "scheduler";
  return rates.map((expression) => ({
    Type: isScheduler ? "ScheduleV2" : "Schedule",
    Properties: defined({
      ...(isScheduler
        ? {
            ScheduleExpression: expression,
            ScheduleExpressionTimezone: ownMember(settings, "timezone"),
            State: ownMember(settings, "enabled") === false ? "DISABLED" : undefined,
            RoleArn: ownMember(settings, "role"),
          }
        : { Schedule: expression, Enabled: ownMember(settings, "enabled") }),
      Name: ownMember(settings, "name"),
      Description: ownMember(settings, "description"),
      Input: inputText(ownMember(settings, "input")),
      InputPath: ownMember(settings, "inputPath"),
    }),
  }));
}

function pattern(written: JsonValue): readonly JsonObject[] {
  const settings = isJsonObject(written) ? written : {};
  const expression = ownMember(settings, "schedule");
  const enabled = ownMember(settings, "enabled");
  const transformer = memberObject(settings, "inputTransformer");
  const shared = {
    Input: inputText(ownMember(settings, "input")),
    InputPath: ownMember(settings, "inputPath"),
    InputTransformer:
      Object.keys(transformer).length > 0
        ? defined({
            InputPathsMap: ownMember(transformer, "inputPathsMap"),
            InputTemplate: ownMember(transformer, "inputTemplate"),
          })
        : undefined,
    DeadLetterConfig: deadLetter(ownMember(settings, "deadLetterConfig")),
    State: enabled === false ? "DISABLED" : undefined,
  };
  if (expression !== undefined) {
    return [{ Type: "Schedule", Properties: defined({ Schedule: expression, ...shared }) }];
  }
  return [
    {
      Type: "EventBridgeRule",
      Properties: defined({
        Pattern: ownMember(settings, "event") ?? ownMember(settings, "pattern"),
        EventBusName: ownMember(settings, "eventBusName") ?? ownMember(settings, "eventBus"),
        RuleName: ownMember(settings, "name"),
        ...shared,
      }),
    },
  ];
}

function deadLetter(written: JsonValue | undefined): JsonValue | undefined {
  if (written === undefined) return undefined;
  return { Arn: isJsonObject(written) ? (ownMember(written, "Arn") ?? written) : written };
}

/** An input is a JSON text in CloudFormation. */
function inputText(input: JsonValue | undefined): string | undefined {
  if (input === undefined) return undefined;
  return typeof input === "string" ? input : JSON.stringify(input);
}

function mapping(type: string, source: string, written: JsonValue): JsonObject {
  const settings = isJsonObject(written) ? written : {};
  return {
    Type: type,
    Properties: defined({
      [source]: arnOf(written),
      BatchSize: ownMember(settings, "batchSize"),
      Enabled: ownMember(settings, "enabled"),
      MaximumBatchingWindowInSeconds:
        ownMember(settings, "maximumBatchingWindow") ?? ownMember(settings, "batchWindow"),
      FunctionResponseTypes:
        ownMember(settings, "functionResponseType") === undefined
          ? undefined
          : [ownMember(settings, "functionResponseType") as JsonValue],
      StartingPosition:
        type === "SQS" ? undefined : (ownMember(settings, "startingPosition") ?? "TRIM_HORIZON"),
    }),
  };
}

function arnOf(written: JsonValue): JsonValue {
  if (!isJsonObject(written)) return written;
  return ownMember(written, "arn") ?? ownMember(written, "topicName") ?? written;
}

function streamType(written: JsonValue): string {
  const type = isJsonObject(written) ? scalarText(ownMember(written, "type")) : undefined;
  const isTable = type === "dynamodb" || JSON.stringify(arnOf(written)).includes(":dynamodb:");
  return isTable ? "DynamoDB" : "Kinesis";
}
