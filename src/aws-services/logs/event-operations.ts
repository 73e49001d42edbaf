import type { JsonObject } from "../../expression/json.ts";
import type { LogEvent } from "../../integrations/logs/cloudwatch-endpoint.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { flagOf, numberOf, structuresOf, textOf, textsOf } from "../members.ts";
import { filterPattern } from "./filter-pattern.ts";
import { type LogGroups, noSuchGroup, noSuchStream } from "./log-groups.ts";
import type { LogGroupRecord, LogStreamRecord, StoredLogEvent } from "./log-records.ts";
import { groupArn, ofGroup, streamOf } from "./logs-operation.ts";

/** *Documented*: of one PutLogEvents; of one answer. An event counts 26 bytes more than its text. */
const mostPut = 10_000;
const mostPutBytes = 1_048_576;
const eventOverhead = 26;
const mostRead = 10_000;
const mostReadBytes = 1_048_576;
const mostStreams = 50;

export function eventOperations(
  groups: LogGroups,
  clock: Pick<Clock, "now">,
): { readonly [name: string]: ServiceOperation } {
  async function groupIn(region: string, name: string): Promise<LogGroupRecord> {
    const found = await groups.find(region, name);
    if (found === undefined) throw noSuchGroup();
    return found;
  }

  return {
    CreateLogStream: ofGroup("CreateLogStream", async (members, group, { region }) => {
      await groupIn(region, group);
      await groups.createStream(region, group, streamOf(members));
      return {};
    }),

    DeleteLogStream: ofGroup("DeleteLogStream", async (members, group, { region }) => {
      const stream = streamOf(members);
      await groupIn(region, group);
      if ((await groups.findStream(region, group, stream)) === undefined) throw noSuchStream();
      await groups.removeStream(region, group, stream);
      return {};
    }),

    DescribeLogStreams: ofGroup("DescribeLogStreams", async (members, group, caller) => {
      await groupIn(caller.region, group);
      const prefix = textOf(members, "logStreamNamePrefix") ?? "";
      const isByTime = textOf(members, "orderBy") === "LastEventTime";
      const isDescending = flagOf(members, "descending");
      const from = offsetOf(textOf(members, "nextToken"));
      const most = numberOf(members, "limit", { usual: mostStreams, least: 1, most: mostStreams });
      const found = (await groups.streams(caller.region, group))
        .filter(({ name }) => name.startsWith(prefix))
        .sort((one, other) =>
          isByTime
            ? (one.lastEventAt ?? 0) - (other.lastEventAt ?? 0)
            : one.name < other.name
              ? -1
              : 1,
        );
      if (isDescending) found.reverse();
      return {
        logStreams: found
          .slice(from, from + most)
          .map((stream) => shownStream(stream, groupArn(caller, group))),
        nextToken: found.length > from + most ? String(from + most) : undefined,
      };
    }),

    PutLogEvents: ofGroup("PutLogEvents", async (members, group, { region }) => {
      const stream = streamOf(members);
      const events = checkedEvents(members);
      await groupIn(region, group);
      await groups.put(region, group, stream, events);
      return { nextSequenceToken: String(clock.now()) };
    }),

    GetLogEvents: ofGroup("GetLogEvents", async (members, name, { region }) => {
      const group = await groupIn(region, name);
      const stream = streamOf(members);
      if ((await groups.findStream(region, name, stream)) === undefined) throw noSuchStream();
      const all = await groups.events(region, group, [stream], timesOf(members));
      const most = mostOf(members);
      const token = textOf(members, "nextToken");
      const isFromHead = flagOf(members, "startFromHead");
      const [, direction, at] = /^([fb])\/(\d+)$/.exec(token ?? "") ?? [];
      const start =
        direction === "f"
          ? Number(at)
          : direction === "b"
            ? Math.max(0, Number(at) - most)
            : isFromHead
              ? 0
              : Math.max(0, all.length - most);
      const end = direction === "b" ? Number(at) : start + most;
      const page = bounded(all.slice(start, end));
      return {
        events: page.map(({ timestamp, message, ingestedAt }) => ({
          timestamp,
          message,
          ingestionTime: ingestedAt,
        })),
        // *Documented*: at either end the token is the one that was given.
        nextForwardToken: `f/${Math.min(start + page.length, all.length)}`,
        nextBackwardToken: `b/${start}`,
      };
    }),

    FilterLogEvents: ofGroup("FilterLogEvents", async (members, name, { region }) => {
      const group = await groupIn(region, name);
      const matches = filterPattern(textOf(members, "filterPattern") ?? "");
      const wanted = textsOf(members, "logStreamNames");
      const prefix = textOf(members, "logStreamNamePrefix") ?? "";
      const streams =
        wanted.length > 0
          ? wanted
          : (await groups.streams(region, name))
              .map((stream) => stream.name)
              .filter((stream) => stream.startsWith(prefix));
      const all = await groups.events(region, group, streams, timesOf(members));
      const found = all.filter(({ message }) => matches(message));
      const from = offsetOf(textOf(members, "nextToken"));
      const page = bounded(found.slice(from, from + mostOf(members)));
      return {
        events: page.map(({ timestamp, message, ingestedAt, stream, id }) => ({
          logStreamName: stream,
          timestamp,
          message,
          ingestionTime: ingestedAt,
          eventId: id,
        })),
        searchedLogStreams: [],
        nextToken: found.length > from + page.length ? String(from + page.length) : undefined,
      };
    }),
  };
}

function checkedEvents(members: JsonObject): readonly LogEvent[] {
  const events = structuresOf(members, "logEvents").map((event) => ({
    timestamp: numberOf(event, "timestamp", { usual: -1, least: 0, most: Number.MAX_SAFE_INTEGER }),
    message: textOf(event, "message") ?? "",
  }));
  const bytes = events.reduce(
    (sum, { message }) => sum + Buffer.byteLength(message) + eventOverhead,
    0,
  );
  if (events.length === 0 || events.length > mostPut || bytes > mostPutBytes) {
    throw new ServiceError(
      "InvalidParameterException",
      `Upload too large or empty: a batch has 1 to ${mostPut} events, and at most ${mostPutBytes} bytes`,
    );
  }
  if (events.some(({ timestamp, message }) => timestamp < 0 || message === "")) {
    throw new ServiceError(
      "InvalidParameterException",
      "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: each member must have a timestamp and a message",
    );
  }
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw new ServiceError(
      "InvalidParameterException",
      "Log events in a single PutLogEvents request must be in chronological order.",
    );
  }
  return events;
}

function timesOf(members: JsonObject): { readonly from: number; readonly to: number } {
  const most = Number.MAX_SAFE_INTEGER;
  return {
    from: numberOf(members, "startTime", { usual: 0, least: 0, most }),
    to: numberOf(members, "endTime", { usual: most, least: 0, most }),
  };
}

function mostOf(members: JsonObject): number {
  return numberOf(members, "limit", { usual: mostRead, least: 1, most: mostRead });
}

/** As many of the first as an answer may have. */
function bounded(events: readonly StoredLogEvent[]): readonly StoredLogEvent[] {
  let bytes = 0;
  const end = events.findIndex(({ message }) => (bytes += message.length) > mostReadBytes);
  return end < 0 ? events : events.slice(0, Math.max(end, 1));
}

function offsetOf(token: string | undefined): number {
  return token !== undefined && /^\d{1,9}$/.test(token) ? Number(token) : 0;
}

function shownStream(stream: LogStreamRecord, group: string): ServiceMembers {
  const { name, createdAt, firstEventAt, lastEventAt, lastIngestedAt } = stream;
  return {
    logStreamName: name,
    creationTime: createdAt,
    firstEventTimestamp: firstEventAt,
    lastEventTimestamp: lastEventAt,
    lastIngestionTime: lastIngestedAt,
    uploadSequenceToken: String(stream.batches),
    arn: `${group}:log-stream:${name}`,
    // *Documented*: streams are not measured any more.
    storedBytes: 0,
  };
}
