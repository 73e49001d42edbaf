import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { trustOf } from "../sam/policies/execution-role.ts";
import { defined, getAtt } from "../sam/expansion.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { TemplateError } from "../template.ts";
import { exactAlias, wantsVersions } from "./exact-versions.ts";
import { eventsOf } from "./events.ts";
import { functionId } from "./names.ts";
import { memberObject, type ServerlessService } from "./service.ts";

const roleId = "IamRoleLambdaExecution";

/** The functions of a service as SAM's, and the one role that they have. */
export function functionResources(service: ServerlessService): JsonObject {
  const names = Object.keys(service.functions);
  if (names.length === 0) return {};
  const resources = Object.fromEntries(
    names.map((name) => [functionId(name), functionResource(name, service)]),
  );
  return providerRole(service) === undefined
    ? { [roleId]: role(service), ...resources }
    : resources;
}

function functionResource(name: string, service: ServerlessService): JsonObject {
  const { provider } = service;
  const written = memberObject(service.functions, name);
  const setting = (member: string) => ownMember(written, member) ?? ownMember(provider, member);
  const image = ownMember(written, "image");
  if (image === undefined && ownMember(written, "handler") === undefined) {
    throw new TemplateError(`The function ${name} of serverless.yml must have a handler.`);
  }
  const environment = {
    ...memberObject(provider, "environment"),
    ...memberObject(written, "environment"),
  };
  const tags = { ...memberObject(provider, "tags"), ...memberObject(written, "tags") };
  return {
    Type: "AWS::Serverless::Function",
    ...dependsOn(ownMember(written, "dependsOn")),
    ...condition(ownMember(written, "condition")),
    Properties: defined({
      FunctionName: ownMember(written, "name") ?? `${service.name}-${service.stage}-${name}`,
      ...(image === undefined
        ? {
            Handler: ownMember(written, "handler"),
            // Documented: the framework's defaults.
            Runtime: setting("runtime") ?? "nodejs20.x",
            CodeUri:
              scalarText(ownMember(memberObject(written, "package"), "artifact")) ??
              service.artifact ??
              ".",
          }
        : { PackageType: "Image", ImageUri: imageUri(image) }),
      Description: ownMember(written, "description"),
      MemorySize: setting("memorySize") ?? 1024,
      Timeout: setting("timeout") ?? 6,
      Environment: Object.keys(environment).length > 0 ? { Variables: environment } : undefined,
      Tags: Object.keys(tags).length > 0 ? tags : undefined,
      Layers: setting("layers"),
      Architectures: architecture(setting("architecture")),
      ReservedConcurrentExecutions: ownMember(written, "reservedConcurrency"),
      VpcConfig: vpc(setting("vpc")),
      Role: roleArn(ownMember(written, "role") ?? providerRole(service)),
      AutoPublishAlias: wantsVersions(service) && image === undefined ? exactAlias : undefined,
      Events: eventsOf(ownMember(written, "events"), `function ${name}`),
    }),
  };
}

function providerRole({ provider }: ServerlessService): JsonValue | undefined {
  const role = ownMember(memberObject(provider, "iam"), "role") ?? ownMember(provider, "role");
  // An object with statements describes the role that is made.
  const isMade =
    role !== undefined && isJsonObject(role) && !Object.keys(role).some(isFunctionName);
  return isMade ? undefined : role;
}

function isFunctionName(name: string): boolean {
  return name === "Ref" || name.startsWith("Fn::");
}

/** A role's ARN, or the logical id of one of the file's `resources`. */
function roleArn(role: JsonValue | undefined): JsonValue {
  if (role === undefined) return getAtt(roleId, "Arn");
  return typeof role === "string" && !role.includes(":") ? getAtt(role, "Arn") : role;
}

function role({ provider }: ServerlessService): JsonObject {
  const described = memberObject(memberObject(provider, "iam"), "role");
  const statements = [
    ...list(ownMember(described, "statements")),
    ...list(ownMember(provider, "iamRoleStatements")),
  ];
  return {
    Type: "AWS::IAM::Role",
    Properties: defined({
      AssumeRolePolicyDocument: trustOf("lambda.amazonaws.com"),
      ManagedPolicyArns: [
        {
          "Fn::Sub":
            "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        },
        ...list(ownMember(described, "managedPolicies")),
      ],
      Policies:
        statements.length > 0
          ? [
              {
                PolicyName: "lambda",
                PolicyDocument: { Version: "2012-10-17", Statement: statements },
              },
            ]
          : undefined,
    }),
  };
}

function imageUri(image: JsonValue): JsonValue {
  return isJsonObject(image) ? (ownMember(image, "uri") ?? ".") : image;
}

function architecture(name: JsonValue | undefined): JsonValue | undefined {
  return name === undefined ? undefined : [name];
}

function vpc(written: JsonValue | undefined): JsonValue | undefined {
  if (written === undefined || !isJsonObject(written)) return undefined;
  return {
    SecurityGroupIds: ownMember(written, "securityGroupIds") ?? [],
    SubnetIds: ownMember(written, "subnetIds") ?? [],
  };
}

function dependsOn(names: JsonValue | undefined): JsonObject {
  return names === undefined ? {} : { DependsOn: names };
}

function condition(name: JsonValue | undefined): JsonObject {
  return name === undefined ? {} : { Condition: name };
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}
