import { isJsonObject, type JsonObject, ownMember } from "../../expression/json.ts";
import type { AuditedCall, DecidedAccess } from "../../ports/audit-trail.ts";
import { shownMessage } from "./redaction.ts";
import { type UserIdentity, userIdentity } from "./user-identity.ts";

/**
 * One call as CloudTrail writes it down. *Documented*: CloudTrail record contents, version 1.11; the members that chain records
 * to each other are ours, and come in {@link ChainedRecord}.
 */
export interface AuditRecord {
  readonly eventVersion: "1.11";
  readonly userIdentity: UserIdentity;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly requestParameters: JsonObject | null;
  readonly responseElements: JsonObject | null;
  readonly additionalEventData?: JsonObject | undefined;
  readonly requestID?: string | undefined;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly AuditedResource[] | undefined;
  readonly eventType: "AwsApiCall" | "AwsServiceEvent";
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  readonly eventCategory: "Management";
}

export interface AuditedResource {
  readonly ARN: string;
  readonly accountId: string;
}

/** A record in its place: its number, and the SHA-256 of the line before it. */
export interface ChainedRecord extends AuditRecord {
  readonly sequence: number;
  readonly previous: string;
}

export interface RecordFacts {
  readonly eventId: string;
  readonly at: number;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** *Our choices*. */
const mostResources = 20;
const longestText = 1_024;

export function recordOf(call: AuditedCall, facts: RecordFacts): AuditRecord {
  const { caller, error, requestId } = call;
  const place = caller ?? facts;
  const userAgent = caller?.from?.userAgent;
  // Written without spreads, and with members that may be undefined: this is on the way of every call.
  return {
    eventVersion: "1.11",
    userIdentity: userIdentity(caller ?? ownerOf(facts)),
    eventTime: timeText(facts.at),
    eventSource: call.eventSource,
    eventName: call.eventName.slice(0, longestText),
    awsRegion: place.region,
    sourceIPAddress: caller?.from?.sourceIp ?? sourceOf(call),
    userAgent: userAgent?.slice(0, longestText),
    errorCode: error?.code,
    errorMessage:
      error === undefined || error.message === ""
        ? undefined
        : shownMessage(error).slice(0, longestText),
    requestParameters: call.requestParameters ?? null,
    responseElements: call.responseElements ?? null,
    additionalEventData: additionalData(call),
    requestID: requestId,
    eventID: facts.eventId,
    readOnly: call.isReadOnly,
    resources: resourcesOf(call, place.accountId),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: place.accountId,
    eventCategory: "Management",
  };
}

let lastTime = { at: Number.NaN, text: "" };

/** Many calls come within one millisecond. */
function timeText(at: number): string {
  if (lastTime.at !== at) lastTime = { at, text: new Date(at).toISOString() };
  return lastTime.text;
}

function ownerOf({ region, accountId, partition }: RecordFacts) {
  return { region, accountId, partition, principal: { type: "owner" } } as const;
}

/** *Documented*: calls that a service makes have its name where others have an address. */
function sourceOf({ caller }: AuditedCall): string {
  switch (caller?.principal.type) {
    case "role":
      return "states.amazonaws.com";
    case "service":
    case "serviceRole":
      return caller.principal.service;
    default:
      return "127.0.0.1";
  }
}

/** Which statements have decided, and on whose behalf the caller acts. */
function additionalData({ caller, decisions, additional }: AuditedCall): JsonObject | undefined {
  const decidedBy = decisions.flatMap(decidedByOf);
  const data = {
    ...(decidedBy.length > 0 && { decidedBy }),
    ...(caller && onBehalfOf(caller)),
    ...additional,
  };
  return Object.keys(data).length === 0 ? undefined : data;
}

function decidedByOf({ access, decision }: DecidedAccess): readonly JsonObject[] {
  const { allowed, by } = decision;
  if (allowed && by === undefined) return [];
  return [
    { action: access.action, resource: access.resource, allowed, ...(by !== undefined && { by }) },
  ];
}

function onBehalfOf(caller: NonNullable<AuditedCall["caller"]>): JsonObject {
  const { principal } = caller;
  switch (principal.type) {
    case "role": {
      const { executionArn, roleArn, assumedBy } = principal;
      return { onBehalfOf: executionArn, taskRole: roleArn, ...(assumedBy && { assumedBy }) };
    }
    case "assumedRole":
      return principal.assumedBy === undefined ? {} : { assumedBy: principal.assumedBy };
    case "service":
    case "serviceRole":
      return principal.sourceArn === "" ? {} : { onBehalfOf: principal.sourceArn };
    case "owner":
    case "user":
    case "anonymous":
    case "accessKey":
      return {};
  }
}

/** What was asked about, and what the request and its answer name. */
function resourcesOf(
  { decisions, requestParameters, responseElements }: AuditedCall,
  accountId: string,
): readonly AuditedResource[] | undefined {
  const arns: string[] = [];
  const add = (value: unknown): void => {
    if (typeof value !== "string" || !value.startsWith("arn:")) return;
    if (arns.length < mostResources && !arns.includes(value)) arns.push(value);
  };
  for (const { access } of decisions) add(access.resource);
  for (const name in requestParameters) add(requestParameters[name]);
  for (const name in responseElements) add(responseElements[name]);
  if (arns.length === 0) return undefined;
  return arns.map((arn) => ({
    ARN: arn.slice(0, longestText),
    accountId: arn.split(":", 5)[4] || accountId,
  }));
}

/** Who a record names, in one text. */
export function whoOf({ userIdentity }: AuditRecord): string {
  const { arn, invokedBy, accessKeyId, type } = userIdentity;
  return arn ?? invokedBy ?? accessKeyId ?? type;
}

/** For whom: the execution of a task, a trigger, or whoever assumed the role; `undefined` for who acts for himself. */
export function onBehalfIn({ additionalEventData }: AuditRecord): string | undefined {
  const { onBehalfOf, assumedBy, startedBy } = additionalEventData ?? {};
  const via = isJsonObject(startedBy) ? ownMember(startedBy, "via") : undefined;
  const named = [via, onBehalfOf, assumedBy].find((one) => typeof one === "string");
  return named as string | undefined;
}
