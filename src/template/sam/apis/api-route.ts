import type { JsonObject } from "../../../expression/json.ts";
import type { SamEvent } from "../events/event.ts";

/** A method of an API that an event asks for. */
export interface ApiRoute {
  readonly kind: "rest" | "http";
  /** The logical id of the API. */
  readonly apiId: string;
  readonly path: string;
  /** In lower case, as OpenAPI has it. */
  readonly method: string;
  /** OpenAPI's operation, without its security. */
  readonly operation: JsonObject;
  /** The event's `Auth`. */
  readonly auth: JsonObject;
  /** What it is for, in messages. */
  readonly event: SamEvent;
}

/** The APIs that are made where events name none. Observed: SAM's translator's outputs. */
export const implicitApis = { rest: "ServerlessRestApi", http: "ServerlessHttpApi" } as const;

/** What OpenAPI's extension calls every method. */
export const anyMethod = "x-amazon-apigateway-any-method";
