import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { definitionText } from "./definition-text.ts";
import { stateMachineEvents } from "./events/state-machine-events.ts";
import {
  defined,
  getAtt,
  invalid,
  objectMember,
  ref,
  sharedAttributes,
  type ExpandResource,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "./expansion.ts";
import { executionRole } from "./policies/execution-role.ts";
import { s3Location } from "./s3-location.ts";
import { tagList } from "./tags.ts";

/** `AWS::Serverless::StateMachine`: the machine, its role, a version and an alias, and what its events are. */
export const expandStateMachine: ExpandResource = (resource, expansion) => {
  const { logicalId, properties, attributes } = resource;
  const tags = tagList(properties, "stateMachine:createdBy");
  const role = ownMember(properties, "Role");
  if (role !== undefined && ownMember(properties, "Policies") !== undefined) {
    throw invalid(
      expansion,
      logicalId,
      "Specify either 'Role' or 'Policies' or neither property and not both.",
    );
  }
  const published = publish(resource, expansion);
  const machine: JsonObject = {
    Type: "AWS::StepFunctions::StateMachine",
    ...attributes,
    Properties: defined({
      ...definitionOf(resource, expansion),
      RoleArn: role ?? getAtt(`${logicalId}Role`, "Arn"),
      StateMachineName: ownMember(properties, "Name"),
      StateMachineType: ownMember(properties, "Type"),
      LoggingConfiguration: ownMember(properties, "Logging"),
      TracingConfiguration: ownMember(properties, "Tracing"),
      Tags: tags,
    }),
  };
  return {
    [logicalId]: machine,
    ...(role === undefined && {
      [`${logicalId}Role`]: executionRole(
        resource,
        {
          service: "states.amazonaws.com",
          managedPolicies: isTraced(properties) ? ["AWSXRayDaemonWriteAccess"] : [],
          tags,
        },
        expansion,
      ),
    }),
    ...published.resources,
    ...stateMachineEvents(resource, published.target, expansion),
  };
};

function isTraced(properties: JsonObject): boolean {
  const tracing = objectMember(properties, "Tracing");
  return tracing !== undefined && ownMember(tracing, "Enabled") === true;
}

/** Exactly one of `Definition` and `DefinitionUri`; a path of a file stays one, for whoever uploads it. */
function definitionOf(
  { logicalId, properties }: SamResource,
  expansion: SamExpansion,
): { readonly [name: string]: JsonValue | undefined } {
  const definition = ownMember(properties, "Definition");
  const uri = ownMember(properties, "DefinitionUri");
  if (definition !== undefined && uri !== undefined) {
    throw invalid(
      expansion,
      logicalId,
      "Specify either 'Definition' or 'DefinitionUri' property and not both.",
    );
  }
  const given = objectMember(properties, "DefinitionSubstitutions");
  if (definition !== undefined && isJsonObject(definition)) {
    const { text, substitutions } = definitionText(definition);
    const all = { ...given, ...substitutions };
    return {
      DefinitionString: text,
      DefinitionSubstitutions: Object.keys(all).length > 0 ? all : undefined,
    };
  }
  const location = uri === undefined ? undefined : s3Location(uri, ["Bucket", "Key", "Version"]);
  if (location === undefined) {
    throw invalid(
      expansion,
      logicalId,
      "Either 'Definition' or 'DefinitionUri' property must be specified.",
    );
  }
  return { DefinitionS3Location: location, DefinitionSubstitutions: given };
}

/** What `AutoPublishAlias` makes, and what events start: the machine, or its alias. */
function publish(
  resource: SamResource,
  expansion: SamExpansion,
): { readonly resources: Resources; readonly target: JsonObject } {
  const { logicalId, properties } = resource;
  const written = ownMember(properties, "AutoPublishAlias");
  const preference = objectMember(properties, "DeploymentPreference");
  if (written === undefined) {
    if (preference !== undefined) {
      throw invalid(
        expansion,
        logicalId,
        "'DeploymentPreference' requires 'AutoPublishAlias' property to be specified.",
      );
    }
    return { resources: {}, target: ref(logicalId) };
  }
  const alias = expansion.literal(written);
  if (alias === undefined || !/^[A-Za-z0-9._-]+$/.test(alias)) {
    throw invalid(
      expansion,
      logicalId,
      "'AutoPublishAlias' must be a string or a Ref to a template parameter",
    );
  }
  const versionId = `${logicalId}Version`;
  const aliasId = `${logicalId}Alias${alias.replaceAll(/[^A-Za-z0-9]/g, "")}`;
  expansion.refer(`${logicalId}.Version`, versionId);
  expansion.refer(`${logicalId}.Alias`, aliasId);
  const usesAlias = ownMember(properties, "UseAliasAsEventTarget") === true;
  const resources = {
    [versionId]: {
      Type: "AWS::StepFunctions::StateMachineVersion",
      ...sharedAttributes(resource),
      // Observed: a version outlives its successor, so that a deployment can be undone.
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        StateMachineArn: ref(logicalId),
        StateMachineRevisionId: getAtt(logicalId, "StateMachineRevisionId"),
      },
    },
    [aliasId]: {
      Type: "AWS::StepFunctions::StateMachineAlias",
      ...sharedAttributes(resource),
      Properties: {
        Name: alias,
        DeploymentPreference: {
          Type: "ALL_AT_ONCE",
          ...preference,
          StateMachineVersionArn: ref(versionId),
        },
      },
    },
  };
  return { resources, target: ref(usesAlias ? aliasId : logicalId) };
}
