import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { InvalidMapping } from "../request-mapping/mapped-value.ts";
import type { MethodResponse, RestMethod } from "../rest-api/rest-definition.ts";
import {
  objectIn,
  type OpenApiDocument,
  type OpenApiOperation,
  referred,
  schemaName,
  textIn,
} from "./open-api-document.ts";

/** What methods of a document refer to. */
export interface ImportScope {
  readonly document: OpenApiDocument;
  /** Ids by names. */
  readonly validators: ReadonlyMap<string, string>;
  readonly authorizers: ReadonlyMap<string, string>;
  /** A schema that was written where it is used; a name that is there already stays what it is. */
  readonly addModel: (name: string, schema: string) => void;
}

/** A method without its integration. Throws an {@link InvalidMapping}. */
export function importedMethod(operation: OpenApiOperation, scope: ImportScope): RestMethod {
  const { members } = operation;
  const { root } = scope.document;
  const operationName = textIn(members, "operationId");
  const validator =
    textIn(members, "x-amazon-apigateway-request-validator") ??
    textIn(root, "x-amazon-apigateway-request-validator");
  const validatorId = validator === undefined ? undefined : scope.validators.get(validator);
  if (validator !== undefined && validatorId === undefined) {
    throw new InvalidMapping(`Invalid request validator specified: ${validator}`);
  }
  const requestParameters = importedParameters(operation);
  const requestModels = importedModels(operation, scope);
  return {
    ...importedSecurity(operation, scope),
    ...(operationName !== undefined && { operationName }),
    ...(validatorId !== undefined && { requestValidatorId: validatorId }),
    ...(Object.keys(requestParameters).length > 0 && { requestParameters }),
    ...(Object.keys(requestModels).length > 0 && { requestModels }),
    methodResponses: importedResponses(operation, scope),
  };
}

const places: { readonly [place: string]: string } = {
  path: "path",
  query: "querystring",
  header: "header",
};

function importedParameters({ parameters }: OpenApiOperation): {
  readonly [parameter: string]: boolean;
} {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const place = places[textIn(parameter, "in") ?? ""];
      const name = textIn(parameter, "name");
      if (place === undefined || name === undefined) return [];
      return [[`method.request.${place}.${name}`, ownMember(parameter, "required") === true]];
    }),
  );
}

function importedModels(
  operation: OpenApiOperation,
  scope: ImportScope,
): { readonly [contentType: string]: string } {
  const { members, parameters } = operation;
  const { root } = scope.document;
  const body = parameters.find((parameter) => textIn(parameter, "in") === "body");
  const label = `${operation.method}${operation.path}Body`.replaceAll(/[^A-Za-z0-9]/g, "");
  const schemas: readonly (readonly [string, JsonValue | undefined])[] =
    body === undefined
      ? contentSchemas(referred(objectIn(members, "requestBody"), root))
      : [["application/json", ownMember(body, "schema")]];
  return Object.fromEntries(
    schemas.flatMap(([type, schema]) => {
      if (schema === undefined) return [];
      return [[type, modelOf(schema, label, scope)]];
    }),
  );
}

function contentSchemas(
  described: JsonObject,
): readonly (readonly [string, JsonValue | undefined])[] {
  return Object.entries(objectIn(described, "content")).map(([type, media]) => [
    type,
    isJsonObject(media) ? ownMember(media, "schema") : undefined,
  ]);
}

/** The name of the model that a schema is. */
function modelOf(schema: JsonValue, label: string, { addModel }: ImportScope): string {
  const name = schemaName(schema);
  if (name !== undefined) return name;
  addModel(label, JSON.stringify(schema));
  return label;
}

/** *Documented*: the headers that a response names may be mapped. A response that is not a status is none here. */
function importedResponses(
  { members, path, method }: OpenApiOperation,
  scope: ImportScope,
): { readonly [statusCode: string]: MethodResponse } {
  const { root } = scope.document;
  return Object.fromEntries(
    Object.entries(objectIn(members, "responses")).flatMap(([status, written]) => {
      if (!/^[1-5]\d\d$/.test(status) || !isJsonObject(written)) return [];
      const response = referred(written, root);
      const headers = Object.keys(objectIn(response, "headers"));
      const label = `${method}${path}${status}`.replaceAll(/[^A-Za-z0-9]/g, "");
      const own = ownMember(response, "schema");
      const schemas =
        own === undefined ? contentSchemas(response) : [["application/json", own] as const];
      const models = schemas.flatMap(([type, schema]) =>
        schema === undefined ? [] : [[type, modelOf(schema, label, scope)] as const],
      );
      return [
        [
          status,
          {
            ...(headers.length > 0 && {
              responseParameters: Object.fromEntries(
                headers.map((name) => [`method.response.header.${name}`, false]),
              ),
            }),
            ...(models.length > 0 && { responseModels: Object.fromEntries(models) }),
          },
        ],
      ];
    }),
  );
}

/** *Documented*: an `apiKey` scheme is a key, `awsSigv4` a signature, and what has an authorizer is that authorizer. */
function importedSecurity(
  { members, security }: OpenApiOperation,
  { document, authorizers }: ImportScope,
): Pick<
  RestMethod,
  "authorizationType" | "apiKeyRequired" | "authorizerId" | "authorizationScopes"
> {
  const auth = textIn(objectIn(members, "x-amazon-apigateway-auth"), "type");
  let found = { authorizationType: auth === "AWS_IAM" ? auth : "NONE" };
  let apiKeyRequired = false;
  // SAM writes NONE for a method that is open where the others are not.
  const names = security.flatMap((each) => Object.entries(each));
  for (const [name, scopes] of names.filter(([each]) => each !== "NONE")) {
    const scheme = ownMember(document.securitySchemes, name);
    if (!isJsonObject(scheme)) {
      throw new InvalidMapping(`Invalid OpenAPI input: no security scheme ${name}`);
    }
    const type = textIn(scheme, "x-amazon-apigateway-authtype");
    const authorizerId = authorizers.get(name);
    if (type?.toLowerCase() === "awssigv4") found = { authorizationType: "AWS_IAM" };
    else if (authorizerId !== undefined) {
      found = authorizedBy(scheme, authorizerId, scopes);
    } else if (textIn(scheme, "type") === "apiKey") apiKeyRequired = true;
    else throw new InvalidMapping(`Stepwell knows no security scheme of the kind of ${name}`);
  }
  return { ...found, apiKeyRequired };
}

function authorizedBy(
  scheme: JsonObject,
  authorizerId: string,
  scopes: JsonValue,
): Pick<RestMethod, "authorizationType" | "authorizerId" | "authorizationScopes"> {
  const kind = textIn(objectIn(scheme, "x-amazon-apigateway-authorizer"), "type");
  const isPool = kind?.toLowerCase() === "cognito_user_pools";
  const listed = Array.isArray(scopes) ? scopes.map(String) : [];
  return {
    authorizationType: isPool ? "COGNITO_USER_POOLS" : "CUSTOM",
    authorizerId,
    ...(listed.length > 0 && { authorizationScopes: listed }),
  };
}
