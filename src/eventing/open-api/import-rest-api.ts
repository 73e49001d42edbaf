import { isJsonObject, type JsonObject, ownMember } from "../../expression/json.ts";
import { isGatewayResponseType } from "../rest-api/gateway-response-types.ts";
import type {
  GatewayResponse,
  RequestValidator,
  RestAuthorizer,
  RestDefinition,
  RestMethod,
  RestModel,
  RestResource,
} from "../rest-api/rest-definition.ts";
import { InvalidMapping } from "../request-mapping/mapped-value.ts";
import { importedIntegration } from "./import-integration.ts";
import { importedMethod, type ImportScope } from "./import-method.ts";
import { objectIn, type OpenApiDocument, textIn, textMapIn, textsIn } from "./open-api-document.ts";

/**
 * The REST API that an OpenAPI document describes with API Gateway's extensions. `newId` gives resources, validators and authorizers their
 * ids. *Documented*: OpenAPI extensions for API Gateway. `basePath` is passed over, as API Gateway does if it is not told otherwise. Throws
 * an {@link InvalidMapping}.
 */
export function importRestApi(
  document: OpenApiDocument,
  rootResourceId: string,
  newId: () => string,
): RestDefinition {
  const { root } = document;
  const validators = importedValidators(root, newId);
  const authorizers = importedAuthorizers(document, newId);
  const models: Record<string, RestModel> = importedModels(document, newId);
  const scope: ImportScope = {
    document,
    validators: idsByName(validators),
    authorizers: idsByName(authorizers),
    addModel: (name, schema) => {
      models[name] ??= { id: newId(), contentType: "application/json", schema };
    },
  };
  const resources = new ResourceTree(rootResourceId, newId);
  for (const operation of document.operations) {
    const { method, integration } = operation;
    const imported: RestMethod = {
      ...importedMethod(operation, scope),
      ...(integration !== undefined && { methodIntegration: importedIntegration(integration) }),
    };
    resources.add(operation.path, method, imported);
  }
  const apiKeySource = textIn(root, "x-amazon-apigateway-api-key-source");
  const binaryMediaTypes = textsIn(root, "x-amazon-apigateway-binary-media-types");
  return {
    resources: resources.all(),
    models,
    requestValidators: validators,
    authorizers,
    gatewayResponses: importedGatewayResponses(root),
    ...(apiKeySource !== undefined && { apiKeySource }),
    ...(binaryMediaTypes && { binaryMediaTypes }),
  };
}

/** Resources by their paths, each with those that lead to it. */
class ResourceTree {
  readonly #newId: () => string;
  readonly #byPath = new Map<string, { readonly id: string; resource: RestResource }>();

  constructor(rootResourceId: string, newId: () => string) {
    this.#newId = newId;
    this.#byPath.set("/", { id: rootResourceId, resource: { path: "/", resourceMethods: {} } });
  }

  add(path: string, httpMethod: string, method: RestMethod): void {
    const found = this.#at(path.length > 1 ? path.replace(/\/$/, "") : path);
    const { resource } = found;
    found.resource = {
      ...resource,
      resourceMethods: { ...resource.resourceMethods, [httpMethod]: method },
    };
  }

  all(): RestDefinition["resources"] {
    return Object.fromEntries([...this.#byPath.values()].map(({ id, resource }) => [id, resource]));
  }

  #at(path: string): { readonly id: string; resource: RestResource } {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf("/");
    const parent = this.#at(slash === 0 ? "/" : path.slice(0, slash));
    const made = {
      id: this.#newId(),
      resource: {
        parentId: parent.id,
        pathPart: path.slice(slash + 1),
        path,
        resourceMethods: {},
      },
    };
    this.#byPath.set(path, made);
    return made;
  }
}

function idsByName(records: {
  readonly [id: string]: { readonly name?: string };
}): ReadonlyMap<string, string> {
  return new Map(Object.entries(records).map(([id, { name = "" }]) => [name, id]));
}

function importedValidators(
  root: JsonObject,
  newId: () => string,
): { readonly [id: string]: RequestValidator } {
  const written = Object.entries(objectIn(root, "x-amazon-apigateway-request-validators"));
  return Object.fromEntries(
    written.map(([name, settings]) => {
      const { validateRequestBody, validateRequestParameters } = isJsonObject(settings)
        ? settings
        : {};
      return [
        newId(),
        {
          name,
          validateRequestBody: validateRequestBody === true,
          validateRequestParameters: validateRequestParameters === true,
        },
      ];
    }),
  );
}

/** *Documented*: a scheme with `x-amazon-apigateway-authorizer` is an authorizer. */
function importedAuthorizers(
  { securitySchemes }: OpenApiDocument,
  newId: () => string,
): { readonly [id: string]: RestAuthorizer } {
  return Object.fromEntries(
    Object.entries(securitySchemes).flatMap(([name, scheme]) => {
      if (!isJsonObject(scheme)) return [];
      const settings = ownMember(scheme, "x-amazon-apigateway-authorizer");
      if (!isJsonObject(settings)) return [];
      return [[newId(), importedAuthorizer(name, scheme, settings)]];
    }),
  );
}

function importedAuthorizer(
  name: string,
  scheme: JsonObject,
  settings: JsonObject,
): RestAuthorizer {
  const authorizerUri = textIn(settings, "authorizerUri");
  const authorizerCredentials = textIn(settings, "authorizerCredentials");
  const expression = textIn(settings, "identityValidationExpression");
  const seconds = Number(textIn(settings, "authorizerResultTtlInSeconds") ?? Number.NaN);
  const providerARNs = textsIn(settings, "providerARNs");
  const header = textIn(scheme, "name") ?? "Authorization";
  return {
    name,
    type: (textIn(settings, "type") ?? "token").toUpperCase(),
    ...(authorizerUri !== undefined && { authorizerUri }),
    ...(authorizerCredentials !== undefined && { authorizerCredentials }),
    identitySource: textIn(settings, "identitySource") ?? `method.request.header.${header}`,
    ...(expression !== undefined && { identityValidationExpression: expression }),
    ...(Number.isInteger(seconds) && { authorizerResultTtlInSeconds: seconds }),
    ...(providerARNs && { providerARNs }),
  };
}

function importedModels(
  { schemas }: OpenApiDocument,
  newId: () => string,
): Record<string, RestModel> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      if (!/^[A-Za-z0-9]+$/.test(name)) {
        throw new InvalidMapping(`Model name must be alphanumeric: ${name}`);
      }
      return [
        name,
        { id: newId(), contentType: "application/json", schema: JSON.stringify(schema) },
      ];
    }),
  );
}

function importedGatewayResponses(root: JsonObject): {
  readonly [type: string]: GatewayResponse;
} {
  const written = Object.entries(objectIn(root, "x-amazon-apigateway-gateway-responses"));
  return Object.fromEntries(
    written.map(([type, given]) => {
      if (!isGatewayResponseType(type) || !isJsonObject(given)) {
        throw new InvalidMapping(`Invalid gateway response type specified: ${type}`);
      }
      const statusCode = textIn(given, "statusCode");
      const responseParameters = textMapIn(given, "responseParameters");
      const responseTemplates = textMapIn(given, "responseTemplates");
      return [
        type,
        {
          ...(statusCode !== undefined && { statusCode }),
          ...(responseParameters && { responseParameters }),
          ...(responseTemplates && { responseTemplates }),
        },
      ];
    }),
  );
}
