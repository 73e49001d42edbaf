import { isJsonObject, type JsonValue } from "../../expression/json.ts";
import { ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import type { Caller } from "../../ports/caller.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { busArn, busOf } from "./event-arns.ts";
import { eventOf } from "./event.ts";
import type { EventsContext } from "./events-context.ts";
import * as m from "./members.ts";

/** *Documented*: entries of one call, and the sum of their sizes. */
const mostEntries = 10;
const mostBytes = 262_144;

const entry = {
  type: "structure",
  shape: "PutEventsRequestEntry",
  members: {
    Time: { type: "timestamp" },
    Source: m.text,
    Resources: { type: "list", of: { type: "string", max: 2048 } },
    DetailType: m.text,
    Detail: m.text,
    EventBusName: m.busNameOrArn,
    TraceHeader: { type: "string", min: 1, max: 500 },
  },
} as const;

interface Entry {
  readonly Time?: number;
  readonly Source?: string;
  readonly Resources?: readonly string[];
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
}

/** Puts events on buses. One that is none, or whose bus is not there, is told of by itself. */
export function putEvents(context: EventsContext): ServiceOperation {
  return awsOperation({
    input: {
      Entries: { type: "list", of: entry, min: 1, max: mostEntries, required: true },
      EndpointId: m.text,
    },
    access: ({ Entries }, { caller }) =>
      Entries.map((one) => {
        const { region, name } = busOf(one.EventBusName, caller);
        return {
          action: "events:PutEvents",
          resource: busArn({ ...caller, region }, name),
          conditions: {
            ...(one.Source !== undefined && { "events:source": one.Source }),
            ...(one.DetailType !== undefined && { "events:detail-type": one.DetailType }),
          },
        };
      }),
    async perform({ Entries }, { caller }) {
      if (Entries.reduce((sum, one) => sum + bytesOf(one), 0) > mostBytes) {
        throw new ServiceError(
          "ValidationException",
          "Total size of the entries in the request is over the limit.",
        );
      }
      const results = await Promise.all(Entries.map((one) => putEvent(context, one, caller)));
      return {
        FailedEntryCount: results.filter((result) => "ErrorCode" in result).length,
        Entries: results,
      };
    },
  });
}

async function putEvent(
  { book, buses, clock, ids }: EventsContext,
  given: Entry,
  caller: Caller,
): Promise<
  { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string }
> {
  const { Source: source = "", DetailType: detailType = "", Detail: detail = "" } = given;
  for (const [name, value] of Object.entries({
    Source: source,
    DetailType: detailType,
    Detail: detail,
  })) {
    if (value !== "") continue;
    return refused(
      "InvalidArgument",
      `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    );
  }
  if (source.startsWith("aws.")) {
    return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  if (!isObjectText(detail)) return refused("MalformedDetail", "Detail is malformed.");
  const { region, name: bus } = busOf(given.EventBusName, caller);
  const id = ids.uuid();
  // *Observed* by others: events for a bus that is not there are taken, and reach nobody.
  const { isThere } = await book.contents({ ...caller, region }, bus);
  if (isThere) {
    const event = eventOf(
      { ...caller, region },
      {
        id,
        source,
        detailType,
        at: given.Time ?? clock.now(),
        resources: given.Resources ?? [],
        detail,
      },
    );
    await buses.accept(event, { region, bus });
  }
  return { EventId: id };
}

function refused(ErrorCode: string, ErrorMessage: string) {
  return { ErrorCode, ErrorMessage };
}

/** *Documented*: calculating the size of an entry. */
function bytesOf({
  Time,
  Source = "",
  DetailType = "",
  Detail = "",
  Resources = [],
}: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  const time = Time === undefined ? 0 : 14;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), time);
}

function isObjectText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text) as JsonValue);
  } catch {
    return false;
  }
}
