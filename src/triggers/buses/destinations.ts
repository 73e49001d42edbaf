import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { ConnectionConfiguration } from "../../integrations/http/connections/connection-configuration.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import { accessDenied, type Authorizer } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { TargetOutcome, TargetRequest } from "../targets/target.ts";
import {
  type ConnectionRecord,
  configurationOf,
  type DestinationRecord,
} from "./connection-record.ts";
import { documentId } from "./event-arns.ts";
import { InvocationPace } from "./invocation-pace.ts";

/** What an HTTP task is given, or why it is not called now. */
export type DestinationCall =
  | { readonly type: "call"; readonly parameters: JsonObject }
  | Exclude<TargetOutcome, { readonly type: "taken" }>;

/** Connections and API destinations that were made here. */
export class Destinations {
  readonly connections: DocumentCollection<ConnectionRecord>;
  readonly destinations: DocumentCollection<DestinationRecord>;
  readonly #authorizer: Authorizer;
  readonly #clock: Pick<Clock, "now">;
  readonly #pace = new InvocationPace();

  constructor(
    store: DocumentStore,
    { authorizer, clock }: { readonly authorizer: Authorizer; readonly clock: Pick<Clock, "now"> },
  ) {
    this.connections = new DocumentCollection(store, "event.connection");
    this.destinations = new DocumentCollection(store, "event.destination");
    this.#authorizer = authorizer;
    this.#clock = clock;
  }

  /** A connection with its secrets. */
  async connection(name: string, region: string): Promise<ConnectionConfiguration | undefined> {
    const found = await this.connections.get(documentId(region, name));
    return found && configurationOf(found);
  }

  /** What an HTTP task would be given to call the destination of a rule. */
  async call(request: TargetRequest, caller: Caller): Promise<DestinationCall> {
    const { arn, http = {}, input, name } = request;
    const asked = { caller, action: "events:InvokeApiDestination", resource: arn };
    const decision = await this.#authorizer.mayCall(asked);
    if (!decision.allowed) return lasting("AccessDeniedException", accessDenied(asked, decision));
    const found = await this.destinations.get(
      documentId(scopeOfArn(arn).region, destinationName(arn)),
    );
    if (found === undefined) return lasting("ResourceNotFoundException", `${arn} does not exist.`);
    const { perSecond } = found;
    const until = this.#pace.notBefore(arn, name, { perSecond, now: this.#clock.now() });
    if (until !== undefined) return { type: "postponed", until };
    const { headers, query, pathValues = [] } = http;
    const parameters: JsonObject = {
      ApiEndpoint: filledPath(found.endpoint, pathValues),
      Method: found.method,
      Authentication: { ConnectionArn: found.connectionArn },
      ...(headers && { Headers: headers }),
      ...(query && { QueryParameters: query }),
      ...(found.method !== "GET" && found.method !== "HEAD" && { RequestBody: jsonOf(input) }),
    };
    return { type: "call", parameters };
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

function lasting(code: string, message: string): DestinationCall {
  return { type: "failed", code, message, isTransient: false };
}
