import { isJsonObject, type JsonObject, ownMember } from "../../expression/json.ts";
import type { UserIdentity } from "./user-identity.ts";

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
