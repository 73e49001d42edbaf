import type { JsonObject } from "../../expression/json.ts";
import type { AuditedCall } from "../../ports/audit-trail.ts";
import type { Caller, Principal } from "../../ports/caller.ts";
import { shownMessage } from "./redaction.ts";
import type { AuditedResource, AuditRecord } from "./audit-record.ts";
import { userIdentity } from "./user-identity.ts";

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

/**
 * A call as the JSON text of an {@link AuditRecord}. It is on the way of every call, and most of a record is as in one before: who calls
 * from where, and what. These parts are texts that are kept; only the rest is made anew.
 */
export function recordText(call: AuditedCall, facts: RecordFacts): string {
  const { caller = ownerOf(facts) } = call;
  const rest = JSON.stringify(restOf(call, caller, facts.eventId)).slice(1);
  return `{"eventTime":"${timeText(facts.at)}",${callerText(caller)},${operationText(call)},${rest}`;
}

type CallerPart = Pick<
  AuditRecord,
  "userIdentity" | "awsRegion" | "recipientAccountId" | "sourceIPAddress" | "userAgent"
>;

interface KnownCaller {
  readonly caller: Caller;
  readonly text: string;
}

/** By principal: whoever calls often with one key is one object. */
const knownCallers = new WeakMap<Principal, KnownCaller>();

function callerText(caller: Caller): string {
  const known = knownCallers.get(caller.principal);
  if (known !== undefined && isSame(known.caller, caller)) return known.text;
  const part: CallerPart = {
    userIdentity: userIdentity(caller),
    awsRegion: caller.region,
    recipientAccountId: caller.accountId,
    sourceIPAddress: caller.from?.sourceIp ?? sourceOf(caller),
    userAgent: caller.from?.userAgent?.slice(0, longestText),
  };
  const text = membersOf(part);
  knownCallers.set(caller.principal, { caller, text });
  return text;
}

/** The owner is called otherwise in each partition, and everybody calls from several places. */
function isSame(one: Caller, other: Caller): boolean {
  return (
    one.region === other.region &&
    one.accountId === other.accountId &&
    one.partition === other.partition &&
    one.from?.sourceIp === other.from?.sourceIp &&
    one.from?.userAgent === other.from?.userAgent
  );
}

type OperationPart = Pick<
  AuditRecord,
  | "eventVersion"
  | "eventSource"
  | "eventName"
  | "readOnly"
  | "eventType"
  | "managementEvent"
  | "eventCategory"
>;

/** Texts by what is called. Whoever asks for what there is not makes names: all are forgotten when it is full. */
const knownOperations = new Map<string, string>();
/** *Our choice*: more than there are operations and routes. */
const mostOperations = 512;

function operationText({ eventSource, eventName, isReadOnly }: AuditedCall): string {
  const key = `${isReadOnly ? "r" : "w"}${eventSource} ${eventName}`;
  const known = knownOperations.get(key);
  if (known !== undefined) return known;
  const part: OperationPart = {
    eventVersion: "1.11",
    eventSource,
    eventName: eventName.slice(0, longestText),
    readOnly: isReadOnly,
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
  };
  const text = membersOf(part);
  if (knownOperations.size >= mostOperations) knownOperations.clear();
  knownOperations.set(key, text);
  return text;
}

function membersOf(part: object): string {
  return JSON.stringify(part).slice(1, -1);
}

/** What a record has of its own. Written without spreads, and with members that may be undefined: no call waits for this. */
function restOf(
  call: AuditedCall,
  { accountId }: Caller,
  eventID: string,
): Omit<AuditRecord, keyof CallerPart | keyof OperationPart | "eventTime"> {
  const { error, requestId } = call;
  return {
    errorCode: error?.code,
    errorMessage:
      error === undefined || error.message === ""
        ? undefined
        : shownMessage(error).slice(0, longestText),
    requestParameters: call.requestParameters ?? null,
    responseElements: call.responseElements ?? null,
    additionalEventData: additionalData(call),
    requestID: requestId,
    eventID,
    resources: resourcesOf(call, accountId),
  };
}

let lastTime = { at: Number.NaN, text: "" };

/** Many calls come within one millisecond. */
function timeText(at: number): string {
  if (lastTime.at !== at) lastTime = { at, text: new Date(at).toISOString() };
  return lastTime.text;
}

const owner = { type: "owner" } as const;

function ownerOf({ region, accountId, partition }: RecordFacts): Caller {
  return { region, accountId, partition, principal: owner };
}

/** *Documented*: calls that a service makes have its name where others have an address. */
function sourceOf({ principal }: Caller): string {
  switch (principal.type) {
    case "role":
      return "states.amazonaws.com";
    case "service":
    case "serviceRole":
      return principal.service;
    default:
      return "127.0.0.1";
  }
}

/** Which statements have decided, and on whose behalf the caller acts. */
function additionalData({ caller, decisions, additional }: AuditedCall): JsonObject | undefined {
  let decidedBy: JsonObject[] | undefined;
  for (const { access, decision } of decisions) {
    const { allowed, by } = decision;
    if (allowed && by === undefined) continue;
    const { action, resource } = access;
    const decided = by === undefined ? { allowed } : { allowed, by };
    (decidedBy ??= []).push({ action, resource, ...decided });
  }
  const onBehalf = caller && onBehalfOf(caller);
  if (onBehalf === undefined && additional === undefined) return decidedBy && { decidedBy };
  return { ...(decidedBy && { decidedBy }), ...onBehalf, ...additional };
}

function onBehalfOf({ principal }: Caller): JsonObject | undefined {
  switch (principal.type) {
    case "role": {
      const { executionArn, roleArn, assumedBy } = principal;
      return { onBehalfOf: executionArn, taskRole: roleArn, ...(assumedBy && { assumedBy }) };
    }
    case "assumedRole":
      return principal.assumedBy === undefined ? undefined : { assumedBy: principal.assumedBy };
    case "service":
    case "serviceRole":
      return principal.sourceArn === "" ? undefined : { onBehalfOf: principal.sourceArn };
    case "owner":
    case "user":
    case "anonymous":
    case "accessKey":
      return undefined;
  }
}

/** What was asked about, and what the request and its answer name. */
function resourcesOf(
  { decisions, requestParameters, responseElements }: AuditedCall,
  accountId: string,
): readonly AuditedResource[] | undefined {
  const arns: string[] = [];
  for (const { access } of decisions) addArn(arns, access.resource);
  for (const name in requestParameters) addArn(arns, requestParameters[name]);
  for (const name in responseElements) addArn(arns, responseElements[name]);
  if (arns.length === 0) return undefined;
  return arns.map((arn) => ({
    ARN: arn.slice(0, longestText),
    accountId: accountOf(arn) || accountId,
  }));
}

function addArn(arns: string[], value: unknown): void {
  if (typeof value !== "string" || !value.startsWith("arn:")) return;
  if (arns.length < mostResources && !arns.includes(value)) arns.push(value);
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`. */
function accountOf(arn: string): string {
  let from = 0;
  for (let colons = 0; colons < 4; colons++) {
    from = arn.indexOf(":", from) + 1;
    if (from === 0) return "";
  }
  const to = arn.indexOf(":", from);
  return arn.slice(from, to < 0 ? undefined : to);
}
