import type { PutEventsCommandInput, PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { isJsonObject, type JsonValue } from "../../../expression/json.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import type { Buses } from "./buses.ts";

/** *Documented*: entries of one call. */
const mostEntries = 10;

/** Takes events; those that are none are told of one by one. */
export function putEvents(input: PutEventsCommandInput, buses: Buses, region: string): object {
  const entries = input.Entries ?? [];
  if (entries.length === 0 || entries.length > mostEntries) {
    const problem =
      entries.length === 0
        ? "Member must have length greater than or equal to 1"
        : `Member must have length less than or equal to ${mostEntries}`;
    throw new ServiceRefusal(
      "ValidationException",
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: ${problem}`,
    );
  }
  const results = entries.map((entry) => putEvent(entry, buses, region));
  return {
    FailedEntryCount: results.filter((result) => "ErrorCode" in result).length,
    Entries: results,
  };
}

type Result =
  { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

function putEvent(entry: PutEventsRequestEntry, buses: Buses, region: string): Result {
  const { Source: source = "", DetailType: detailType = "", Detail: detail = "" } = entry;
  for (const [name, value] of Object.entries({
    Source: source,
    DetailType: detailType,
    Detail: detail,
  })) {
    if (value === "") {
      return failed(
        "InvalidArgument",
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
    }
  }
  if (!isObjectText(detail)) return failed("MalformedDetail", "Detail is malformed.");
  const { clock, ids, accountId } = buses.options;
  const bus = buses.get(entry.EventBusName, region);
  const at = entry.Time?.getTime() ?? clock.now();
  const id = ids.uuid();
  const head = JSON.stringify({
    version: "0",
    id,
    "detail-type": detailType,
    source,
    account: accountId,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, "Z"),
    region: bus.region,
    resources: entry.Resources ?? [],
  });
  // The detail as it was written: its numbers keep their digits.
  const text = `${head.slice(0, -1)},"detail":${detail}}`;
  buses.put(bus, { id, bus: bus.name, region: bus.region, source, detailType, at, text });
  return { EventId: id };
}

function failed(ErrorCode: string, ErrorMessage: string): Result {
  return { ErrorCode, ErrorMessage };
}

function isObjectText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text) as JsonValue);
  } catch {
    return false;
  }
}
