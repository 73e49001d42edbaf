import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { EvaluationScope } from "../../expression/evaluation.ts";
import { compilePath } from "../../expression/jsonpath/compile-path.ts";
import { parseJson } from "../../expression/parse-json.ts";

/** A request as mappings see it. */
export interface MappedRequest {
  /** By names in lower case; each with the values that were sent. */
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly query: { readonly [name: string]: readonly string[] };
  /** The parts of the path that have names in the route. */
  readonly pathParameters: { readonly [name: string]: string };
  /** Without the stage. */
  readonly path: string;
  readonly body: string | undefined;
  /** `$context`: `{ requestId, identity: { sourceIp }, … }`. */
  readonly context: JsonObject;
  readonly stageVariables: { readonly [name: string]: string };
}

/** A body that is parsed when it is first asked for; `undefined` for one that is no JSON. */
export function lazyJson(body: string | undefined): () => JsonValue | undefined {
  let value: JsonValue | undefined;
  let isParsed = false;
  return () => {
    if (!isParsed) {
      isParsed = true;
      value = body === undefined ? undefined : jsonOrUndefined(body);
    }
    return value;
  };
}

/** Compiles `$.a.b` for a body: the same dialect of JSONPath that Step Functions has. Throws an `ExpressionSyntaxError`. */
export function compileBodyPath(text: string): (body: JsonValue) => JsonValue | undefined {
  const path = compilePath(text);
  return (body) => path.find(body, nothingElse);
}

/** A body's path sees the body only. */
const nothingElse: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: { next: () => 0, uuid: () => "" },
  now: 0,
};

function jsonOrUndefined(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
