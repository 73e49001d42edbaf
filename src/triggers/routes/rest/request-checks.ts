import type { JsonValue } from "../../../expression/json.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import type { MappedRequest } from "../../../eventing/request-mapping/mapped-request.ts";
import { InvalidMapping } from "../../../eventing/request-mapping/mapped-value.ts";
import {
  compileSchema,
  InvalidSchema,
  type SchemaCheck,
} from "../../../eventing/rest-api/json-schema.ts";
import { mediaTypeOf, usualMediaType } from "../../../eventing/rest-api/media-type.ts";
import type { RestDefinition, RestMethod } from "../../../eventing/rest-api/rest-definition.ts";

/** What a request has to have before it is given to the integration. */
export interface RequestChecks {
  /** Parameters that have to be there, where a validator asks for them. */
  readonly parameters: readonly RequiredParameter[];
  /** By types of bodies, where a validator asks for them. */
  readonly bodies: ReadonlyMap<string, SchemaCheck>;
}

interface RequiredParameter {
  readonly place: string;
  readonly name: string;
}

/** The check of each model, compiled when it is first asked for. Throws an {@link InvalidMapping} for a name that there is not. */
export function compiledModels(models: RestDefinition["models"]): (name: string) => SchemaCheck {
  const compiled = new Map<string, SchemaCheck>();
  const schemaOf = (name: string): JsonValue | undefined => {
    const model = Object.hasOwn(models, name) ? models[name] : undefined;
    return model && schemaIn(name, model.schema);
  };
  return (name) => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const schema = schemaOf(name);
    if (schema === undefined) {
      throw new InvalidMapping(`Invalid model identifier specified: ${name}`);
    }
    try {
      const check = compileSchema(schema, schemaOf);
      compiled.set(name, check);
      return check;
    } catch (error) {
      if (!(error instanceof InvalidSchema)) throw error;
      throw invalidModel(name, error.message);
    }
  };
}

/** A model without a schema takes everything. */
function schemaIn(name: string, text = "{}"): JsonValue {
  try {
    return parseJson(text);
  } catch {
    throw invalidModel(name, "it is no JSON");
  }
}

/** *Observed*: the beginning of API Gateway's words. */
function invalidModel(name: string, reason: string): InvalidMapping {
  return new InvalidMapping(
    `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified: ${name}: ${reason}]`,
  );
}

/** *Documented*: nothing is checked but what the method's validator asks for. */
export function requestChecks(
  { requestValidatorId, requestParameters = {}, requestModels = {} }: RestMethod,
  { requestValidators }: Pick<RestDefinition, "requestValidators">,
  models: (name: string) => SchemaCheck,
): RequestChecks {
  const { validateRequestBody = false, validateRequestParameters = false } =
    (requestValidatorId === undefined ? undefined : requestValidators[requestValidatorId]) ?? {};
  const required = Object.entries(requestParameters).filter(([, isRequired]) => isRequired);
  return {
    parameters: validateRequestParameters
      ? required.map(([parameter]) => {
          const [, , place = "", ...name] = parameter.split(".");
          return { place, name: name.join(".") };
        })
      : [],
    bodies: new Map(
      validateRequestBody
        ? Object.entries(requestModels).map(([type, name]) => [
            mediaTypeOf(type) ?? type,
            models(name),
          ])
        : [],
    ),
  };
}

/** *Observed*: the names of what is missing; `undefined`: all is there. */
export function missingParameters(
  { parameters }: RequestChecks,
  { headers, query, pathParameters }: MappedRequest,
): string | undefined {
  const missing = parameters.filter(({ place, name }) => {
    if (place === "header") return headers[name.toLowerCase()] === undefined;
    return !Object.hasOwn(place === "path" ? pathParameters : query, name);
  });
  return missing.length === 0
    ? undefined
    : `Missing required request parameters: [${missing.map(({ name }) => name).join(", ")}]`;
}

/** *Documented*: a body of a type that no model is for is not looked at. */
export function isValidBody({ bodies }: RequestChecks, { headers, body }: MappedRequest): boolean {
  const check = bodies.get(mediaTypeOf(headers["content-type"]?.[0]) ?? usualMediaType);
  if (check === undefined) return true;
  try {
    return check(parseJson(body ?? ""));
  } catch {
    return false;
  }
}
