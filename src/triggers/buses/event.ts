import { createHash } from "node:crypto";
import type { JsonObject } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";

/** An event as it is on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly source: string;
  /** The whole event as rules and targets see it. */
  readonly text: string;
  /** The same, with exact numbers. */
  readonly value: JsonObject;
}

export interface EventMembers {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly at: EpochMs;
  readonly resources: readonly string[];
  /** A JSON object. */
  readonly detail: string;
}

/** *Documented*: the structure of events. The detail stays as it was written: its numbers keep their digits. */
export function eventOf(
  { accountId, region }: Omit<ArnScope, "partition">,
  { id, source, detailType, at, resources, detail }: EventMembers,
): BusEvent {
  const head = JSON.stringify({
    version: "0",
    id,
    "detail-type": detailType,
    source,
    account: accountId,
    time: wholeSecond(at),
    region,
    resources,
  });
  return eventOfText(`${head.slice(0, -1)},"detail":${detail}}`);
}

/** An event that is an event already. */
export function eventOfText(text: string): BusEvent {
  const value = parseJson(text) as JsonObject;
  return { id: textIn(value, "id"), source: textIn(value, "source"), text, value };
}

/** A member that is a text; nothing where it is something else: what comes from another bus may be any JSON. */
export function textIn(event: JsonObject, member: string): string {
  const value = event[member];
  return typeof value === "string" ? value : "";
}

/** `2022-07-13T13:48:01Z` */
export function wholeSecond(at: EpochMs): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A UUID made of a text: the same cause makes the same event, whoever makes it again. */
export function uuidOf(cause: string): string {
  const digest = createHash("sha256").update(cause).digest("hex");
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, index) => digest.slice(ends[index - 1] ?? 0, end)).join("-");
}
