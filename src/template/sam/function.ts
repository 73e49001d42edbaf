import { shownText } from "../functions/scalar-text.ts";
import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { functionEvents, eventPolicies } from "./events/function-events.ts";
import {
  defined,
  getAtt,
  invalid,
  objectMember,
  picked,
  ref,
  sharedAttributes,
  type ExpandResource,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "./expansion.ts";
import { publishFunction } from "./function-alias.ts";
import { executionRole } from "./policies/execution-role.ts";
import { s3Location } from "./s3-location.ts";
import { tagList } from "./tags.ts";

/** Properties that `AWS::Lambda::Function` has by the same name. */
const sameProperties = [
  "Architectures",
  "CodeSigningConfigArn",
  "Description",
  "Environment",
  "EphemeralStorage",
  "FileSystemConfigs",
  "FunctionName",
  "Handler",
  "ImageConfig",
  "KmsKeyArn",
  "Layers",
  "LoggingConfig",
  "MemorySize",
  "PackageType",
  "RecursiveLoop",
  "ReservedConcurrentExecutions",
  "Runtime",
  "RuntimeManagementConfig",
  "SnapStart",
  "Timeout",
  "VpcConfig",
];

/** `AWS::Serverless::Function`: the function, its role, a version and an alias, its URL, and what its events are. */
export const expandFunction: ExpandResource = (resource, expansion) => {
  const { logicalId, properties, attributes } = resource;
  const role = ownMember(properties, "Role");
  const tags = tagList(properties, "lambda:createdBy");
  const tracing = ownMember(properties, "Tracing");
  const published = publishFunction(resource, expansion);
  return {
    [logicalId]: {
      Type: "AWS::Lambda::Function",
      ...attributes,
      Properties: defined({
        Code: codeOf(resource, expansion),
        ...picked(properties, sameProperties),
        Role: role ?? getAtt(`${logicalId}Role`, "Arn"),
        TracingConfig:
          tracing === undefined || tracing === "Disabled" ? undefined : { Mode: tracing },
        DeadLetterConfig: deadLetterConfig(properties),
        Tags: tags,
      }),
    },
    ...(role === undefined && { [`${logicalId}Role`]: roleOf(resource, tags, expansion) }),
    ...published.resources,
    ...urlOf(resource, published.name),
    ...invokeConfig(resource, published.qualifier),
    ...functionEvents(resource, published, expansion),
  };
};

/** From one of `InlineCode`, `ImageUri` and `CodeUri`, of which a path stays one. */
function codeOf({ logicalId, properties }: SamResource, expansion: SamExpansion): JsonValue {
  const inline = ownMember(properties, "InlineCode");
  if (inline !== undefined) return { ZipFile: inline };
  const image = ownMember(properties, "ImageUri");
  if (image !== undefined) return { ImageUri: image };
  const uri = ownMember(properties, "CodeUri");
  const location =
    uri === undefined ? undefined : s3Location(uri, ["S3Bucket", "S3Key", "S3ObjectVersion"]);
  if (location !== undefined) return location;
  // Observed: an image is built into the place that its metadata names, and `CodeUri` may be absent until then.
  if (ownMember(properties, "PackageType") === "Image") return { ImageUri: "." };
  throw invalid(expansion, logicalId, "Either 'InlineCode' or 'CodeUri' must be set.");
}

function roleOf(resource: SamResource, tags: JsonValue, expansion: SamExpansion): JsonObject {
  const { properties } = resource;
  const traces = ["Active", "PassThrough"].includes(shownText(ownMember(properties, "Tracing")));
  return executionRole(
    resource,
    {
      service: "lambda.amazonaws.com",
      managedPolicies: [
        "AWSLambdaBasicExecutionRole",
        ...(ownMember(properties, "VpcConfig") === undefined
          ? []
          : ["AWSLambdaVPCAccessExecutionRole"]),
        ...(traces ? ["AWSXRayDaemonWriteAccess"] : []),
        ...eventPolicies(properties),
      ],
      policies: deadLetterPolicies(resource),
      tags,
    },
    expansion,
  );
}

function deadLetterConfig(properties: JsonObject): JsonObject | undefined {
  const queue = objectMember(properties, "DeadLetterQueue");
  return queue && picked(queue, ["TargetArn"]);
}

/** Observed: what the policy is called that lets a function give up an event. */
function deadLetterPolicies({ properties }: SamResource): readonly JsonObject[] {
  const queue = objectMember(properties, "DeadLetterQueue");
  if (queue === undefined) return [];
  const action = ownMember(queue, "Type") === "SNS" ? "sns:Publish" : "sqs:SendMessage";
  return [
    {
      PolicyName: "DeadLetterQueuePolicy",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: action, Resource: ownMember(queue, "TargetArn") ?? "" },
        ],
      },
    },
  ];
}

/** `FunctionUrlConfig`: the URL, and who may call it where that is everybody. */
function urlOf(resource: SamResource, target: JsonObject): Resources {
  const config = objectMember(resource.properties, "FunctionUrlConfig");
  if (config === undefined) return {};
  const { logicalId } = resource;
  const shared = sharedAttributes(resource);
  const authType = ownMember(config, "AuthType") ?? "NONE";
  return {
    [`${logicalId}Url`]: {
      Type: "AWS::Lambda::Url",
      ...shared,
      Properties: {
        AuthType: authType,
        TargetFunctionArn: target,
        ...picked(config, ["Cors", "InvokeMode"]),
      },
    },
    ...(authType === "NONE" && {
      [`${logicalId}UrlPublicPermissions`]: {
        Type: "AWS::Lambda::Permission",
        ...shared,
        Properties: {
          Action: "lambda:InvokeFunctionUrl",
          FunctionName: target,
          FunctionUrlAuthType: authType,
          Principal: "*",
        },
      },
    }),
  };
}

/** `EventInvokeConfig`, for the alias or for `$LATEST`. Destinations name what is there: none is made for them. */
function invokeConfig(resource: SamResource, qualifier: JsonValue): Resources {
  const config = objectMember(resource.properties, "EventInvokeConfig");
  if (config === undefined) return {};
  const destinations = objectMember(config, "DestinationConfig");
  return {
    [`${resource.logicalId}EventInvokeConfig`]: {
      Type: "AWS::Lambda::EventInvokeConfig",
      ...sharedAttributes(resource),
      Properties: defined({
        FunctionName: ref(resource.logicalId),
        Qualifier: qualifier,
        ...picked(config, ["MaximumEventAgeInSeconds", "MaximumRetryAttempts"]),
        DestinationConfig: destinations && withoutTypes(destinations),
      }),
    },
  };
}

/** SAM's destinations have a type that CloudFormation's have not. */
function withoutTypes(destinations: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(destinations).map(([name, destination]) => [
      name,
      isJsonObject(destination) ? picked(destination, ["Destination"]) : destination,
    ]),
  );
}
