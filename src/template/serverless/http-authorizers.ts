import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { defined, getAtt } from "../sam/expansion.ts";
import { TemplateError } from "../template.ts";
import { functionId, normalized } from "./names.ts";
import type { HttpEvent } from "./rest-api.ts";

/** The security schemes that methods need, by their names. */
export type HttpAuthorizers = Map<string, JsonObject>;

/** Who may call a method, as OpenAPI says it; nothing where everybody may. What it needs is added to `schemes`. */
export function securityOf({ settings, owner }: HttpEvent, schemes: HttpAuthorizers): JsonObject {
  const security: JsonObject[] = [];
  if (ownMember(settings, "private") === true) {
    schemes.set("api_key", { type: "apiKey", name: "x-api-key", in: "header" });
    security.push({ api_key: [] });
  }
  const written = ownMember(settings, "authorizer");
  if (written !== undefined && written !== null)
    security.push(authorizedBy(written, owner, schemes));
  return security.length > 0 ? { security } : {};
}

/** Documented: `aws_iam`, a function's name, or `{ name, arn, type, identitySource, resultTtlInSeconds, scopes }`. */
function authorizedBy(written: JsonValue, owner: string, schemes: HttpAuthorizers): JsonObject {
  const settings = isJsonObject(written) ? written : { name: written };
  const type = scalarText(ownMember(settings, "type")) ?? "";
  const name = scalarText(ownMember(settings, "name")) ?? "";
  if (/^aws_iam$/i.test(type) || (type === "" && /^aws_iam$/i.test(name))) {
    schemes.set("AWS_IAM", {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "awsSigv4",
    });
    return { AWS_IAM: [] };
  }
  if (ownMember(settings, "authorizerId") !== undefined) {
    throw new TemplateError(
      `Stepwell does not know authorizer.authorizerId of http events in serverless.yml (${owner}); name the function or the user pool.`,
    );
  }
  const arn = ownMember(settings, "arn");
  const label = `${normalized(name === "" ? (scalarText(arn)?.split(":").at(-1) ?? "") : name)}Authorizer`;
  const isPool =
    JSON.stringify(arn ?? "").includes(":cognito-idp:") || type === "COGNITO_USER_POOLS";
  const scopes = ownMember(settings, "scopes");
  schemes.set(
    label,
    isPool ? poolScheme(settings, arn) : functionScheme(settings, arn, name, type),
  );
  return { [label]: isPool && scopes !== undefined && isJsonArray(scopes) ? scopes : [] };
}

function poolScheme(settings: JsonObject, arn: JsonValue | undefined): JsonObject {
  return {
    ...headerOf(settings),
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [arn ?? ""] },
  };
}

function functionScheme(
  settings: JsonObject,
  arn: JsonValue | undefined,
  name: string,
  type: string,
): JsonObject {
  return {
    ...headerOf(settings),
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": defined({
      type: type.toLowerCase() === "request" ? "request" : "token",
      authorizerUri: {
        "Fn::Sub": [
          "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations",
          { Function: arn ?? getAtt(functionId(name), "Arn") },
        ],
      },
      identitySource: ownMember(settings, "identitySource"),
      identityValidationExpression: ownMember(settings, "identityValidationExpression"),
      authorizerResultTtlInSeconds: ownMember(settings, "resultTtlInSeconds"),
    }),
  };
}

function headerOf(settings: JsonObject): JsonObject {
  const source = scalarText(ownMember(settings, "identitySource"));
  const [, header = "Authorization"] =
    /^method\.request\.header\.([\w-]+)$/.exec(source ?? "") ?? [];
  return { type: "apiKey", name: header, in: "header" };
}
