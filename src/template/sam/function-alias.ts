import { shownText } from "../functions/scalar-text.ts";
import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import {
  defined,
  getAtt,
  hashed,
  invalid,
  objectMember,
  picked,
  ref,
  sharedAttributes,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "./expansion.ts";
import { trustOf } from "./policies/execution-role.ts";

/** What callers of a function call: itself, or its alias. */
export interface PublishedFunction {
  readonly resources: Resources;
  /** As an ARN. */
  readonly arn: JsonObject;
  /** As a permission names it. */
  readonly name: JsonObject;
  readonly qualifier: JsonValue;
}

/** What `AutoPublishAlias` makes: a version that is another one for other code, and an alias for it. */
export function publishFunction(resource: SamResource, expansion: SamExpansion): PublishedFunction {
  const { logicalId, properties } = resource;
  const written = ownMember(properties, "AutoPublishAlias");
  if (written === undefined) {
    const arn = getAtt(logicalId, "Arn");
    return { resources: {}, arn, name: ref(logicalId), qualifier: "$LATEST" };
  }
  const alias = expansion.literal(written);
  if (alias === undefined || !/^[A-Za-z0-9_-]+$/.test(alias)) {
    throw invalid(
      expansion,
      logicalId,
      "'AutoPublishAlias' must be a string or a Ref to a template parameter",
    );
  }
  const code = ownMember(properties, "AutoPublishCodeSha256") ?? codeKey(properties);
  const versionId = `${logicalId}Version${hashed(code)}`;
  const aliasId = `${logicalId}Alias${alias.replaceAll(/[^A-Za-z0-9]/g, "")}`;
  expansion.refer(`${logicalId}.Version`, versionId);
  expansion.refer(`${logicalId}.Alias`, aliasId);
  const deployment = deploymentOf(resource, expansion);
  const resources = {
    [versionId]: {
      Type: "AWS::Lambda::Version",
      ...sharedAttributes(resource),
      DeletionPolicy: ownMember(properties, "VersionDeletionPolicy") ?? "Retain",
      Properties: defined({
        FunctionName: ref(logicalId),
        Description: ownMember(properties, "VersionDescription"),
      }),
    },
    [aliasId]: {
      Type: "AWS::Lambda::Alias",
      ...sharedAttributes(resource),
      ...deployment.updatePolicy,
      Properties: defined({
        Name: alias,
        FunctionName: ref(logicalId),
        FunctionVersion: getAtt(versionId, "Version"),
        ProvisionedConcurrencyConfig: ownMember(properties, "ProvisionedConcurrencyConfig"),
      }),
    },
    ...deployment.resources,
  };
  return { resources, arn: ref(aliasId), name: ref(aliasId), qualifier: alias };
}

/** What a function's code is told apart by; every property, where that is asked for. */
function codeKey(properties: JsonObject): JsonValue {
  if (ownMember(properties, "AutoPublishAliasAllProperties") === true) return properties;
  return picked(properties, ["CodeUri", "InlineCode", "ImageUri"]);
}

const applicationId = "ServerlessDeploymentApplication";
const roleId = "CodeDeployServiceRole";

/** `DeploymentPreference`: CodeDeploy's resources for a function whose alias changes little by little. Observed: SAM's outputs. */
function deploymentOf(
  resource: SamResource,
  expansion: SamExpansion,
): { readonly resources: Resources; readonly updatePolicy: JsonObject } {
  const preference = objectMember(resource.properties, "DeploymentPreference");
  if (preference === undefined || ownMember(preference, "Enabled") === false) {
    return { resources: {}, updatePolicy: {} };
  }
  const groupId = `${resource.logicalId}DeploymentGroup`;
  const role = ownMember(preference, "Role");
  const hooks = objectMember(preference, "Hooks") ?? {};
  return {
    resources: {
      [applicationId]: {
        Type: "AWS::CodeDeploy::Application",
        Properties: { ComputePlatform: "Lambda" },
      },
      ...(role === undefined && { [roleId]: deployRole(expansion.partition) }),
      [groupId]: {
        Type: "AWS::CodeDeploy::DeploymentGroup",
        ...sharedAttributes(resource),
        Properties: defined({
          ApplicationName: ref(applicationId),
          AutoRollbackConfiguration: {
            Enabled: true,
            Events: [
              "DEPLOYMENT_FAILURE",
              "DEPLOYMENT_STOP_ON_ALARM",
              "DEPLOYMENT_STOP_ON_REQUEST",
            ],
          },
          DeploymentConfigName: configName(ownMember(preference, "Type") ?? "AllAtOnce"),
          DeploymentStyle: {
            DeploymentType: "BLUE_GREEN",
            DeploymentOption: "WITH_TRAFFIC_CONTROL",
          },
          ServiceRoleArn: role ?? getAtt(roleId, "Arn"),
          AlarmConfiguration: alarms(ownMember(preference, "Alarms")),
          TriggerConfigurations: ownMember(preference, "TriggerConfigurations"),
        }),
      },
    },
    updatePolicy: {
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: defined({
          ApplicationName: ref(applicationId),
          DeploymentGroupName: ref(groupId),
          BeforeAllowTrafficHook: ownMember(hooks, "PreTraffic"),
          AfterAllowTrafficHook: ownMember(hooks, "PostTraffic"),
        }),
      },
    },
  };
}

function deployRole(partition: string): JsonObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: trustOf("codedeploy.amazonaws.com"),
      ManagedPolicyArns: [
        `arn:${partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda`,
      ],
    },
  };
}

function configName(type: JsonValue): JsonValue {
  return isJsonObject(type) ? type : `CodeDeployDefault.Lambda${shownText(type)}`;
}

function alarms(names: JsonValue | undefined): JsonObject | undefined {
  if (!Array.isArray(names)) return undefined;
  return { Enabled: true, Alarms: (names as JsonValue[]).map((Name) => ({ Name })) };
}
