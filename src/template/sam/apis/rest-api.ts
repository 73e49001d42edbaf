import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import {
  defined,
  hashed,
  objectMember,
  picked,
  ref,
  sharedAttributes,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "../expansion.ts";
import { s3Location } from "../s3-location.ts";
import { tagList } from "../tags.ts";
import { authOf, corsMethod, info, pathsOf } from "./api-definition.ts";
import type { ApiRoute } from "./api-route.ts";
import { restSecurity } from "./security.ts";

/** `AWS::Serverless::Api`: the API with the methods of events, a deployment that is another one for another body, and a stage. */
export function expandRestApi(
  resource: SamResource,
  routes: readonly ApiRoute[],
  expansion: SamExpansion,
): Resources {
  const { logicalId, properties, attributes } = resource;
  const shared = sharedAttributes(resource);
  const body = bodyOf(resource, routes, expansion);
  const deploymentId = `${logicalId}Deployment${hashed(body)}`;
  const stageName = ownMember(properties, "StageName") ?? "Prod";
  const stageId = `${logicalId}${stageIdPart(expansion.literal(stageName))}Stage`;
  expansion.refer(`${logicalId}.Stage`, stageId);
  expansion.refer(`${logicalId}.Deployment`, deploymentId);
  const tags = tagList(properties, undefined);
  return {
    [logicalId]: {
      Type: "AWS::ApiGateway::RestApi",
      ...attributes,
      Properties: defined({
        ...body,
        ...picked(properties, [
          "Name",
          "Description",
          "ApiKeySourceType",
          "BinaryMediaTypes",
          "DisableExecuteApiEndpoint",
          "EndpointAccessMode",
          "FailOnWarnings",
          "MinimumCompressionSize",
          "Mode",
          "Policy",
          "SecurityPolicy",
        ]),
        ...endpointOf(properties),
        Tags: tags.length > 0 ? tags : undefined,
      }),
    },
    [deploymentId]: {
      Type: "AWS::ApiGateway::Deployment",
      ...shared,
      Properties: {
        RestApiId: ref(logicalId),
        Description: `RestApi deployment id: ${deploymentId}`,
      },
    },
    [stageId]: {
      Type: "AWS::ApiGateway::Stage",
      ...shared,
      Properties: defined({
        RestApiId: ref(logicalId),
        DeploymentId: ref(deploymentId),
        StageName: stageName,
        ...picked(properties, [
          "AccessLogSetting",
          "CacheClusterEnabled",
          "CacheClusterSize",
          "MethodSettings",
          "TracingEnabled",
          "Variables",
        ]),
        CanarySetting: ownMember(properties, "CanarySetting"),
        Tags: tags.length > 0 ? tags : undefined,
      }),
    },
    ...usagePlan(resource, stageId),
  };
}

/** A stage's name as far as it can be part of an id. */
function stageIdPart(stageName: string | undefined): string {
  return (stageName ?? "").replaceAll(/[^A-Za-z0-9]/g, "");
}

/** A definition that was given stays as it is: whoever writes one writes its integrations too. */
function bodyOf(
  { properties }: SamResource,
  routes: readonly ApiRoute[],
  expansion: SamExpansion,
): JsonObject {
  const given = ownMember(properties, "DefinitionBody");
  if (given !== undefined) return { Body: given };
  const uri = ownMember(properties, "DefinitionUri");
  const location = uri === undefined ? undefined : s3Location(uri, ["Bucket", "Key", "Version"]);
  if (location !== undefined) return { BodyS3Location: location };
  const auth = authOf(properties);
  const paths = pathsOf(routes, auth, expansion);
  const cors = ownMember(properties, "Cors");
  if (cors !== undefined) {
    for (const path of Object.values(paths))
      path["options"] ??= corsMethod(cors, Object.keys(path));
  }
  const security = restSecurity(routes, auth);
  return {
    Body: {
      swagger: "2.0",
      info,
      paths,
      ...(Object.keys(security).length > 0 && { securityDefinitions: security }),
    },
  };
}

function endpointOf(properties: JsonObject): { readonly [name: string]: JsonValue | undefined } {
  const written = ownMember(properties, "EndpointConfiguration");
  if (written === undefined) return {};
  const settings = isJsonObject(written) ? written : { Type: written };
  const type = ownMember(settings, "Type");
  return {
    EndpointConfiguration: defined({
      Types: type === undefined ? undefined : [type],
      VpcEndpointIds: ownMember(settings, "VPCEndpointIds"),
    }),
    Parameters: type === undefined ? undefined : { endpointConfigurationTypes: type },
  };
}

/** `Auth.UsagePlan` with a key for this API. A plan that several APIs share has one key for each of them here. */
function usagePlan(resource: SamResource, stageId: string): Resources {
  const plan = objectMember(authOf(resource.properties), "UsagePlan");
  const create = plan && ownMember(plan, "CreateUsagePlan");
  if (plan === undefined || create === undefined || create === "NONE") return {};
  const { logicalId } = resource;
  const shared = sharedAttributes(resource);
  const planId = `${logicalId}UsagePlan`;
  const keyId = `${logicalId}ApiKey`;
  return {
    [planId]: {
      Type: "AWS::ApiGateway::UsagePlan",
      ...shared,
      DependsOn: [logicalId],
      Properties: {
        ApiStages: [{ ApiId: ref(logicalId), Stage: ref(stageId) }],
        ...picked(plan, ["Description", "Quota", "Tags", "Throttle", "UsagePlanName"]),
      },
    },
    [keyId]: {
      Type: "AWS::ApiGateway::ApiKey",
      ...shared,
      DependsOn: [planId],
      Properties: {
        Enabled: true,
        StageKeys: [{ RestApiId: ref(logicalId), StageName: ref(stageId) }],
      },
    },
    [`${logicalId}UsagePlanKey`]: {
      Type: "AWS::ApiGateway::UsagePlanKey",
      ...shared,
      DependsOn: [keyId],
      Properties: { KeyId: ref(keyId), KeyType: "API_KEY", UsagePlanId: ref(planId) },
    },
  };
}
