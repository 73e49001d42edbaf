import type { JsonObject } from "../../expression/json.ts";

/** A request as it is told to a function. */
export interface ProxiedRequest {
  readonly method: string;
  /** As the client asked for it: without the stage; decoded. */
  readonly path: string;
  /** `/orders/{id}` of REST APIs, `GET /orders/{id}` of HTTP APIs. */
  readonly routeKey: string;
  /** What stands behind the question mark, as it was sent. */
  readonly rawQuery: string;
  readonly query: { readonly [name: string]: readonly string[] };
  /** By names in lower case. */
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly pathParameters: { readonly [name: string]: string };
  readonly stageVariables: { readonly [name: string]: string };
  /** A binary body in base64; `undefined`: there is none. */
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
  /** `$context` of mappings. */
  readonly context: JsonObject;
  /** What functions of HTTP APIs are told of the client; absent: nobody has said who it is. */
  readonly authorizer?: JsonObject;
}

/** A map without members is `null` in events of format 1.0, and not there in those of 2.0. */
export function hasMembers(values: object): boolean {
  return Object.keys(values).length > 0;
}

export function lastOfEach(values: { readonly [name: string]: readonly string[] }): {
  readonly [name: string]: string;
} {
  return Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, each.at(-1) ?? ""]),
  );
}

export function joinedEach(values: { readonly [name: string]: readonly string[] }): {
  readonly [name: string]: string;
} {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, each.join(",")]));
}
