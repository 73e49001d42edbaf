import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { ConnectionConfiguration } from "../../integrations/http/connections/connection-configuration.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import { accessDenied, type Authorizer } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { TargetFailure, TargetRequest } from "../targets/target.ts";
import {
  type ConnectionRecord,
  configurationOf,
  type DestinationRecord,
} from "./connection-record.ts";
import { documentId } from "./event-arns.ts";

/** Connections and API destinations that were made here. */
export class Destinations {
  readonly connections: DocumentCollection<ConnectionRecord>;
  readonly destinations: DocumentCollection<DestinationRecord>;
  readonly #authorizer: Authorizer;

  constructor(store: DocumentStore, authorizer: Authorizer) {
    this.connections = new DocumentCollection(store, "event.connection");
    this.destinations = new DocumentCollection(store, "event.destination");
    this.#authorizer = authorizer;
  }

  /** A connection with its secrets. */
  async connection(name: string, region: string): Promise<ConnectionConfiguration | undefined> {
    const found = await this.connections.get(documentId(region, name));
    return found && configurationOf(found);
  }

  /** What an HTTP task would be given to call the destination of a rule. */
  async call(request: TargetRequest, caller: Caller): Promise<JsonObject | TargetFailure> {
    const { arn, http = {}, input } = request;
    const asked = { caller, action: "events:InvokeApiDestination", resource: arn };
    const decision = await this.#authorizer.mayCall(asked);
    if (!decision.allowed) return lasting("AccessDeniedException", accessDenied(asked, decision));
    const found = await this.destinations.get(
      documentId(scopeOfArn(arn).region, destinationName(arn)),
    );
    if (found === undefined) return lasting("ResourceNotFoundException", `${arn} does not exist.`);
    const { headers, query, pathValues = [] } = http;
    return {
      ApiEndpoint: filledPath(found.endpoint, pathValues),
      Method: found.method,
      Authentication: { ConnectionArn: found.connectionArn },
      ...(headers && { Headers: headers }),
      ...(query && { QueryParameters: query }),
      ...(found.method !== "GET" && found.method !== "HEAD" && { RequestBody: jsonOf(input) }),
    };
  }
}

/** *Documented*: the ARN has an id at its end. */
function destinationName(arn: string): string {
  return arn.split("/")[1] ?? "";
}

/** *Documented*: each `*` of the endpoint stands for one of the rule's path values. */
function filledPath(endpoint: string, values: readonly string[]): string {
  let next = 0;
  return endpoint.replaceAll("*", () => encodeURIComponent(values[next++] ?? ""));
}

function jsonOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function lasting(code: string, message: string): TargetFailure {
  return { type: "failed", code, message, isTransient: false };
}
