import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { functionCall } from "../../functions/is-function.ts";
import {
  defined,
  picked,
  ref,
  sharedAttributes,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "../expansion.ts";
import { s3Location } from "../s3-location.ts";
import { objectMember } from "../expansion.ts";
import { authOf, info, pathsOf } from "./api-definition.ts";
import type { ApiRoute } from "./api-route.ts";
import { httpSecurity } from "./security.ts";

/** `AWS::Serverless::HttpApi`: the API with the routes of events, and a stage that deploys itself. */
export function expandHttpApi(
  resource: SamResource,
  routes: readonly ApiRoute[],
  expansion: SamExpansion,
): Resources {
  const { logicalId, properties, attributes } = resource;
  const written = ownMember(properties, "StageName");
  const stageName = written ?? "$default";
  const name = expansion.literal(stageName) ?? "";
  // Observed: what SAM calls the stage that has no name.
  const stageId =
    name === "$default"
      ? `${logicalId}ApiGatewayDefaultStage`
      : `${logicalId}${name.replaceAll(/[^A-Za-z0-9]/g, "")}Stage`;
  expansion.refer(`${logicalId}.Stage`, stageId);
  const tags = { ...objectMember(properties, "Tags"), "httpapi:createdBy": "SAM" };
  return {
    [logicalId]: {
      Type: "AWS::ApiGatewayV2::Api",
      ...attributes,
      Properties: defined({
        ...bodyOf(resource, routes, tags, expansion),
        ...picked(properties, [
          "Description",
          "DisableExecuteApiEndpoint",
          "FailOnWarnings",
          "Name",
        ]),
        CorsConfiguration: corsOf(ownMember(properties, "CorsConfiguration")),
      }),
    },
    [stageId]: {
      Type: "AWS::ApiGatewayV2::Stage",
      ...sharedAttributes(resource),
      Properties: defined({
        ApiId: ref(logicalId),
        StageName: stageName,
        AutoDeploy: true,
        AccessLogSettings: ownMember(properties, "AccessLogSettings"),
        DefaultRouteSettings: ownMember(properties, "DefaultRouteSettings"),
        RouteSettings: ownMember(properties, "RouteSettings"),
        StageVariables: ownMember(properties, "StageVariables"),
        Tags: tags,
      }),
    },
  };
}

function bodyOf(
  { properties }: SamResource,
  routes: readonly ApiRoute[],
  tags: JsonObject,
  expansion: SamExpansion,
): JsonObject {
  const given = ownMember(properties, "DefinitionBody");
  if (given !== undefined) return { Body: given };
  const uri = ownMember(properties, "DefinitionUri");
  const location = uri === undefined ? undefined : s3Location(uri, ["Bucket", "Key", "Version"]);
  if (location !== undefined) return { BodyS3Location: location };
  const auth = authOf(properties);
  const schemes = httpSecurity(auth);
  return {
    Body: {
      openapi: "3.0.1",
      info,
      paths: pathsOf(routes, auth, expansion),
      tags: Object.entries(tags).map(([name, value]) => ({
        name,
        "x-amazon-apigateway-tag-value": value,
      })),
      ...(Object.keys(schemes).length > 0 && { components: { securitySchemes: schemes } }),
    },
  };
}

/** `true` is all; settings have other names in CloudFormation only by their first letters. */
function corsOf(written: JsonValue | undefined): JsonValue | undefined {
  if (written === undefined || written === false) return undefined;
  if (written === true) return { AllowOrigins: ["*"] };
  if (!isJsonObject(written) || functionCall(written)) return { AllowOrigins: [written] };
  return picked(written, [
    "AllowCredentials",
    "AllowHeaders",
    "AllowMethods",
    "AllowOrigins",
    "ExposeHeaders",
    "MaxAge",
  ]);
}
