import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { InvalidMapping } from "../request-mapping/mapped-value.ts";
import {
  integrationTypes,
  type IntegrationResponse,
  passthroughBehaviors,
  type RestIntegration,
} from "../rest-api/rest-definition.ts";
import { objectIn, textIn, textMapIn, textsIn } from "./open-api-document.ts";

/** `x-amazon-apigateway-integration` of a method. Throws an {@link InvalidMapping}. */
export function importedIntegration(written: JsonObject): RestIntegration {
  const type = oneOf(integrationTypes, textIn(written, "type"), "type");
  if (type === undefined) throw new InvalidMapping("Invalid integration: it has no type");
  const behavior = textIn(written, "passthroughBehavior");
  const milliseconds = Number(textIn(written, "timeoutInMillis") ?? Number.NaN);
  const texts = ["httpMethod", "uri", "credentials", "cacheNamespace", "connectionType"] as const;
  const requestParameters = textMapIn(written, "requestParameters");
  const requestTemplates = textMapIn(written, "requestTemplates");
  const cacheKeyParameters = textsIn(written, "cacheKeyParameters");
  const contentHandling = textIn(written, "contentHandling");
  return {
    type,
    ...Object.fromEntries(
      texts.flatMap((name) => {
        const text = textIn(written, name);
        return text === undefined ? [] : [[name, text]];
      }),
    ),
    ...(requestParameters && { requestParameters }),
    ...(requestTemplates && { requestTemplates }),
    ...(behavior !== undefined && {
      passthroughBehavior: oneOf(passthroughBehaviors, behavior, "passthroughBehavior")!,
    }),
    ...(contentHandling !== undefined && { contentHandling }),
    ...(Number.isInteger(milliseconds) && { timeoutInMillis: milliseconds }),
    ...(cacheKeyParameters && { cacheKeyParameters }),
    integrationResponses: importedResponses(objectIn(written, "responses")),
  };
}

/** *Documented*: in a document they are kept by their patterns; `default` has none. */
function importedResponses(responses: JsonObject): {
  readonly [statusCode: string]: IntegrationResponse;
} {
  return Object.fromEntries(
    Object.entries(responses).flatMap(([pattern, written]) => {
      if (!isJsonObject(written)) return [];
      const responseParameters = textMapIn(written, "responseParameters");
      const responseTemplates = textMapIn(written, "responseTemplates");
      const contentHandling = textIn(written, "contentHandling");
      return [
        [
          textIn(written, "statusCode") ?? "200",
          {
            ...(pattern !== "default" && { selectionPattern: pattern }),
            ...(responseParameters && { responseParameters }),
            ...(responseTemplates && { responseTemplates }),
            ...(contentHandling !== undefined && { contentHandling }),
          },
        ],
      ];
    }),
  );
}

function oneOf<T extends string>(
  values: readonly T[],
  given: string | undefined,
  member: string,
): T | undefined {
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given.toUpperCase());
  if (found === undefined) throw new InvalidMapping(`Invalid integration ${member}: ${given}`);
  return found;
}
