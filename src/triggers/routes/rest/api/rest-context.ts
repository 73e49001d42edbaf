import type {
  RestDefinition,
  RestMethod,
  RestResource,
} from "../../../../eventing/rest-api/rest-definition.ts";
import { ServiceError } from "../../../../ports/service-api.ts";
import type { DocumentCollection } from "../../../../service/document-collection.ts";
import type { GatewayContext } from "../../api/gateway-context.ts";
import type { UsageDesk } from "../../usage/usage-desk.ts";
import { noSuch } from "../no-such.ts";
import type { RestDesk } from "../rest-desk.ts";
import type { RestApiRecord } from "../rest-records.ts";
import type { RestParts } from "../serve-rest-api.ts";

/** What operations of REST APIs work with. */
export interface RestContext extends Omit<GatewayContext, "desk"> {
  readonly desk: RestDesk;
  readonly usage: UsageDesk;
  readonly account: DocumentCollection<AccountDocument>;
  /** What serves requests. */
  readonly served: RestParts;
}

/** The account's settings in a Region. */
export interface AccountDocument {
  readonly cloudwatchRoleArn?: string;
}

export function conflict(message: string): never {
  throw new ServiceError("ConflictException", message, 409);
}

export function badRequest(message: string): never {
  throw new ServiceError("BadRequestException", message);
}

export function inRecord<T>(records: { readonly [id: string]: T }, id: string): T | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined;
}

export function withDefinition(
  record: RestApiRecord,
  change: Partial<RestDefinition>,
): RestApiRecord {
  return { ...record, definition: { ...record.definition, ...change } };
}

export function resourceOf(record: RestApiRecord, id: string): RestResource {
  return inRecord(record.definition.resources, id) ?? noSuch("Resource");
}

/** The API with another resource in the place of one. */
export function withResource(
  record: RestApiRecord,
  id: string,
  resource: RestResource,
): RestApiRecord {
  const { resources } = record.definition;
  return withDefinition(record, { resources: { ...resources, [id]: resource } });
}

export function methodOf(record: RestApiRecord, id: string, httpMethod: string): RestMethod {
  return inRecord(resourceOf(record, id).resourceMethods, httpMethod) ?? noSuch("Method");
}

/** The API with another method in the place of one. */
export function withMethod(
  record: RestApiRecord,
  id: string,
  httpMethod: string,
  method: RestMethod,
): RestApiRecord {
  const resource = resourceOf(record, id);
  const resourceMethods = { ...resource.resourceMethods, [httpMethod]: method };
  return withResource(record, id, { ...resource, resourceMethods });
}
