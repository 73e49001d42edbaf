import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { defined } from "../sam/expansion.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { readValue } from "../reading/read-value.ts";
import { TemplateError } from "../template.ts";
import { alarmResources } from "./alarms.ts";
import { eventsOf } from "./events.ts";
import { isExact, withVersions } from "./exact-versions.ts";
import { executionStatements } from "./execution-statements.ts";
import { stateMachineId } from "./names.ts";
import { notificationsOf } from "./notifications.ts";
import { memberObject, type ServerlessService } from "./service.ts";

/** The state machines of a service as SAM's, each with a role that may do what its tasks do. */
export function stateMachineResources(service: ServerlessService): JsonObject {
  const resources = Object.keys(service.stateMachines).map((key) => stateMachine(key, service));
  return Object.assign({}, ...resources) as JsonObject;
}

/** Members that would be another machine if they were passed over. */
const unknownMembers = ["encryptionConfig"];

function stateMachine(key: string, service: ServerlessService): JsonObject {
  const written = memberObject(service.stateMachines, key);
  const unknown = unknownMembers.find((name) => ownMember(written, name) !== undefined);
  if (unknown !== undefined) {
    throw new TemplateError(
      `Stepwell does not know ${unknown} of the state machine ${key} in serverless.yml.`,
    );
  }
  const name = ownMember(written, "name");
  const own = scalarText(ownMember(written, "id")) ?? scalarText(name);
  const logicalId = stateMachineId(key, own);
  const plain = definitionOf(written, key);
  const definition = isExact(written) ? (withVersions(plain, service) as JsonObject) : plain;
  const role = ownMember(written, "role");
  const dependsOn = ownMember(written, "dependsOn");
  return {
    [logicalId]: {
      Type: "AWS::Serverless::StateMachine",
      ...(dependsOn !== undefined && { DependsOn: dependsOn }),
      ...(ownMember(written, "retain") === true && { DeletionPolicy: "Retain" }),
      Properties: defined({
        Definition: definition,
        Name: name,
        Type: ownMember(written, "type"),
        ...(role === undefined ? { Policies: policies(written, plain) } : { Role: roleArn(role) }),
        Events: eventsOf(ownMember(written, "events"), `state machine ${key}`),
        Tags: tagsOf(written, service),
        Tracing: tracing(ownMember(written, "tracingConfig")),
        Logging: logging(ownMember(written, "loggingConfig")),
      }),
    },
    ...alarmResources(logicalId, memberObject(written, "alarms")),
    ...notificationsOf(logicalId, key, written),
  };
}

/** An object, or a text of one. `${AWS::Region}`, and `#{AWS::Region}` of an older plugin, is put in as `Fn::Sub` does. */
function definitionOf(written: JsonObject, key: string): JsonObject {
  const definition = ownMember(written, "definition");
  const value = typeof definition === "string" ? readValue(definition).value : definition;
  if (value === undefined || !isJsonObject(value)) {
    throw new TemplateError(`The state machine ${key} of serverless.yml must have a definition.`);
  }
  return withSub(value) as JsonObject;
}

function withSub(value: JsonValue): JsonValue {
  if (typeof value === "string") {
    const text = value.replaceAll(/#\{(AWS::\w+)\}/g, "${$1}");
    return text.includes("${AWS::") ? { "Fn::Sub": text } : value;
  }
  if (isJsonArray(value)) return value.map(withSub);
  if (!isJsonObject(value) || Object.hasOwn(value, "Fn::Sub")) return value;
  const object: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) setMember(object, name, withSub(member));
  return object;
}

function policies(written: JsonObject, definition: JsonObject): readonly JsonObject[] {
  const own = ownMember(written, "iamRoleStatements");
  const statements = [
    ...executionStatements(definition),
    ...(own !== undefined && isJsonArray(own) ? own : []),
  ];
  return statements.length > 0 ? [{ Version: "2012-10-17", Statement: statements }] : [];
}

function roleArn(role: JsonValue): JsonValue {
  return typeof role === "string" && !role.includes(":") ? { "Fn::GetAtt": [role, "Arn"] } : role;
}

/** Documented: the provider's tags too, if the machine does not refuse them. */
function tagsOf(written: JsonObject, service: ServerlessService): JsonObject | undefined {
  const inherited =
    ownMember(written, "inheritGlobalTags") === false ? {} : memberObject(service.provider, "tags");
  const tags = { ...inherited, ...memberObject(written, "tags") };
  return Object.keys(tags).length > 0 ? tags : undefined;
}

function tracing(written: JsonValue | undefined): JsonValue | undefined {
  if (written === undefined || !isJsonObject(written)) return undefined;
  return { Enabled: ownMember(written, "enabled") ?? false };
}

function logging(written: JsonValue | undefined): JsonValue | undefined {
  if (written === undefined || !isJsonObject(written)) return undefined;
  const destinations = ownMember(written, "destinations") ?? [];
  return defined({
    Level: ownMember(written, "level"),
    IncludeExecutionData: ownMember(written, "includeExecutionData"),
    Destinations: (isJsonArray(destinations) ? destinations : [destinations]).map((arn) => ({
      CloudWatchLogsLogGroup: { LogGroupArn: arn },
    })),
  });
}
