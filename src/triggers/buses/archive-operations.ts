import type { ArnScope } from "../../machine/arns.ts";
import { ServiceError, type ServiceMembers, type ServiceOperation } from "../../ports/service-api.ts";
import { InvalidEventPattern } from "../../eventing/pattern/invalid-event-pattern.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { archiveArn, busArn, documentId, replayArn } from "./event-arns.ts";
import { alreadyExists, type EventsContext, foundBus, limitExceeded, notFound } from "./events-context.ts";
import * as m from "./members.ts";
import type { ArchiveRecord, ReplayRecord } from "./records.ts";
import { isUnderWay } from "./replays.ts";

/** *Our choices*: archives of a Region; events that are counted to describe one. */
const mostArchives = 100;
const mostCounted = 100_000;
const pageEvents = 1_000;
/** *Documented*: replays of a Region that run at a time. */
const mostReplays = 10;

const settings = {
  Description: m.description,
  EventPattern: m.pattern,
  RetentionDays: { type: "integer", min: 0 },
} as const;

/** What EventBridge does with archives and replays. */
export function archiveOperations(context: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { book, buses, replays, clock } = context;
  const onArchive = (action: string, name: string, scope: ArnScope) => [
    { action: `events:${action}`, resource: archiveArn(scope, name) },
  ];
  const onReplay = (action: string, name: string, scope: ArnScope) => [
    { action: `events:${action}`, resource: replayArn(scope, name) },
  ];

  async function foundArchive(name: string, { region }: ArnScope): Promise<ArchiveRecord> {
    const archive = await book.archives.get(documentId(region, name));
    if (archive === undefined) throw notFound(`Archive ${name}`);
    return archive;
  }

  /** *Documented*: AWS's counts are hours old. Ours stop at a bound. */
  async function counted(region: string, name: string): Promise<ServiceMembers> {
    let after: string | undefined;
    let [events, bytes] = [0, 0];
    do {
      const page = await buses.archived.page(region, name, { from: 0, after }, pageEvents);
      events += page.length;
      bytes += page.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
      after = page.length === pageEvents ? page.at(-1)?.id : undefined;
    } while (after !== undefined && events < mostCounted);
    return { EventCount: events, SizeBytes: bytes };
  }

  return {
    CreateArchive: awsOperation({
      input: { ArchiveName: m.requiredArchiveName, EventSourceArn: m.requiredArn, ...settings },
      access: (input, { caller }) => onArchive("CreateArchive", input.ArchiveName, caller),
      async perform(input, { caller }) {
        checkPattern(input.EventPattern);
        const bus = await foundBus(context, input.EventSourceArn, caller);
        if ((await listed(book.archives.all(`${caller.region}|`))).length >= mostArchives) {
          throw limitExceeded();
        }
        const { ArchiveName: name } = input;
        const now = clock.now();
        await book.archives.update(documentId(caller.region, name), (archive) => {
          if (archive !== undefined) throw alreadyExists(`Archive ${name}`);
          return {
            name,
            busArn: busArn(caller, bus.name),
            pattern: input.EventPattern,
            description: input.Description,
            retentionDays: input.RetentionDays ?? 0,
            createdAt: now,
          };
        });
        book.forget();
        if ((input.RetentionDays ?? 0) > 0) await replays.keepFor(caller, name);
        return { ArchiveArn: archiveArn(caller, name), State: "ENABLED", CreationTime: new Date(now) };
      },
    }),

    UpdateArchive: awsOperation({
      input: { ArchiveName: m.requiredArchiveName, ...settings },
      access: (input, { caller }) => onArchive("UpdateArchive", input.ArchiveName, caller),
      async perform(input, { caller }) {
        checkPattern(input.EventPattern);
        const { ArchiveName: name } = input;
        const archive = await book.archives.update(documentId(caller.region, name), (before) => {
          if (before === undefined) throw notFound(`Archive ${name}`);
          return {
            ...before,
            pattern: input.EventPattern ?? before.pattern,
            description: input.Description ?? before.description,
            retentionDays: input.RetentionDays ?? before.retentionDays,
          };
        });
        book.forget();
        if ((archive?.retentionDays ?? 0) > 0) await replays.keepFor(caller, name);
        return {
          ArchiveArn: archiveArn(caller, name),
          State: "ENABLED",
          CreationTime: new Date(archive?.createdAt ?? 0),
        };
      },
    }),

    DescribeArchive: awsOperation({
      input: { ArchiveName: m.requiredArchiveName },
      access: (input, { caller }) => onArchive("DescribeArchive", input.ArchiveName, caller),
      async perform(input, { caller }) {
        const archive = await foundArchive(input.ArchiveName, caller);
        return {
          ArchiveArn: archiveArn(caller, archive.name),
          ...shownArchive(archive),
          Description: archive.description,
          EventPattern: archive.pattern,
          ...(await counted(caller.region, archive.name)),
        };
      },
    }),

    ListArchives: awsOperation({
      input: {
        NamePrefix: m.archiveName,
        EventSourceArn: m.arn,
        State: m.text,
        NextToken: m.nextToken,
        Limit: m.limit,
      },
      access: () => [{ action: "events:ListArchives", resource: "*" }],
      async perform(input, { caller }) {
        const { NamePrefix: prefix = "", EventSourceArn: source, State: state = "ENABLED" } = input;
        const all = await listed(book.archives.all(`${caller.region}|`));
        const page = pageOf(
          all.filter(
            ({ name, busArn: bus }) =>
              state === "ENABLED" && name.startsWith(prefix) && (source ?? bus) === bus,
          ),
          ({ name }) => name,
          { limit: input.Limit ?? usualLimit, token: input.NextToken },
        );
        return { Archives: page.items.map(shownArchive), NextToken: page.next };
      },
    }),

    DeleteArchive: awsOperation({
      input: { ArchiveName: m.requiredArchiveName },
      access: (input, { caller }) => onArchive("DeleteArchive", input.ArchiveName, caller),
      async perform(input, { caller }) {
        await foundArchive(input.ArchiveName, caller);
        await book.archives.update(documentId(caller.region, input.ArchiveName), () => undefined);
        book.forget();
        // Its events go with the next looks.
        await replays.keepFor(caller, input.ArchiveName);
        return {};
      },
    }),

    StartReplay: awsOperation({
      input: {
        ReplayName: m.requiredRuleName,
        Description: m.description,
        EventSourceArn: m.requiredArn,
        EventStartTime: { type: "timestamp", required: true },
        EventEndTime: { type: "timestamp", required: true },
        Destination: {
          type: "structure",
          shape: "ReplayDestination",
          members: { Arn: m.requiredArn, FilterArns: { type: "list", of: m.arn } },
          required: true,
        },
      },
      access: (input, { caller }) => onReplay("StartReplay", input.ReplayName, caller),
      async perform(input, { caller }) {
        const { ReplayName: name, EventSourceArn: source, Destination: destination } = input;
        const archive = await foundArchive(source.slice(source.lastIndexOf("/") + 1), caller);
        if (destination.Arn !== archive.busArn) {
          throw new ServiceError(
            "ValidationException",
            "Parameter Destination.Arn is not valid. Reason: Must contain the event bus ARN of the archive.",
          );
        }
        if (input.EventEndTime <= input.EventStartTime) {
          throw new ServiceError(
            "ValidationException",
            "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
          );
        }
        const others = await listed(replays.records.all(`${caller.region}|`));
        if (others.filter(isUnderWay).length >= mostReplays) throw limitExceeded();
        const now = clock.now();
        await replays.records.update(documentId(caller.region, name), (replay) => {
          if (replay !== undefined) throw alreadyExists(`Replay ${name}`);
          return {
            name,
            archive: archive.name,
            busArn: archive.busArn,
            ruleArns: destination.FilterArns ?? [],
            description: input.Description,
            state: "STARTING",
            from: input.EventStartTime,
            to: input.EventEndTime,
            startedAt: now,
          };
        });
        await replays.begin(caller, name);
        return {
          ReplayArn: replayArn(caller, name),
          State: "STARTING",
          ReplayStartTime: new Date(now),
        };
      },
    }),

    DescribeReplay: awsOperation({
      input: { ReplayName: m.requiredRuleName },
      access: (input, { caller }) => onReplay("DescribeReplay", input.ReplayName, caller),
      async perform(input, { caller }) {
        const replay = await replays.records.get(documentId(caller.region, input.ReplayName));
        if (replay === undefined) throw notFound(`Replay ${input.ReplayName}`);
        return {
          ReplayArn: replayArn(caller, replay.name),
          Description: replay.description,
          Destination: { Arn: replay.busArn, FilterArns: replay.ruleArns },
          ...shownReplay(replay, caller),
        };
      },
    }),

    ListReplays: awsOperation({
      input: {
        NamePrefix: m.ruleName,
        State: m.text,
        EventSourceArn: m.arn,
        NextToken: m.nextToken,
        Limit: m.limit,
      },
      access: () => [{ action: "events:ListReplays", resource: "*" }],
      async perform(input, { caller }) {
        const all = await listed(replays.records.all(`${caller.region}|`));
        const page = pageOf(
          all.filter(
            (replay) =>
              replay.name.startsWith(input.NamePrefix ?? "") &&
              (input.State ?? replay.state) === replay.state &&
              (input.EventSourceArn ?? archiveArn(caller, replay.archive)) ===
                archiveArn(caller, replay.archive),
          ),
          ({ name }) => name,
          { limit: input.Limit ?? usualLimit, token: input.NextToken },
        );
        return {
          Replays: page.items.map((replay) => shownReplay(replay, caller)),
          NextToken: page.next,
        };
      },
    }),

    CancelReplay: awsOperation({
      input: { ReplayName: m.requiredRuleName },
      access: (input, { caller }) => onReplay("CancelReplay", input.ReplayName, caller),
      async perform(input, { caller }) {
        const { ReplayName: name } = input;
        const id = documentId(caller.region, name);
        const replay = await replays.records.update(id, (before) => {
          if (before === undefined) throw notFound(`Replay ${name}`);
          if (!isUnderWay(before)) {
            throw new ServiceError(
              "IllegalStatusException",
              `Replay ${name} is not in a valid state for this operation.`,
            );
          }
          return { ...before, state: "CANCELLING" };
        });
        return { ReplayArn: replayArn(caller, name), State: replay?.state };
      },
    }),
  };
}

function shownArchive(archive: ArchiveRecord): ServiceMembers {
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.busArn,
    State: "ENABLED",
    RetentionDays: archive.retentionDays,
    CreationTime: new Date(archive.createdAt),
  };
}

function shownReplay(replay: ReplayRecord, scope: ArnScope): ServiceMembers {
  return {
    ReplayName: replay.name,
    State: replay.state,
    EventSourceArn: archiveArn(scope, replay.archive),
    EventStartTime: new Date(replay.from),
    EventEndTime: new Date(replay.to),
    EventLastReplayedTime:
      replay.lastEventAt === undefined ? undefined : new Date(replay.lastEventAt),
    ReplayStartTime: new Date(replay.startedAt),
    ReplayEndTime: replay.endedAt === undefined ? undefined : new Date(replay.endedAt),
  };
}

function checkPattern(pattern: string | undefined): void {
  if (pattern === undefined) return;
  try {
    parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    throw new ServiceError(
      "InvalidEventPatternException",
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}
