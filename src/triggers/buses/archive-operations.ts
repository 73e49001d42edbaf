import type { ArnScope } from "../../machine/arns.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { InvalidEventPattern } from "../../eventing/pattern/invalid-event-pattern.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { archiveArn, busArn, documentId } from "./event-arns.ts";
import {
  alreadyExists,
  type EventsContext,
  foundArchive,
  foundBus,
  limitExceeded,
  notFound,
} from "./events-context.ts";
import * as m from "./members.ts";
import type { ArchiveRecord } from "./records.ts";

/** *Our choices*: archives of a Region; events that are counted to describe one. */
const mostArchives = 100;
const mostCounted = 100_000;
const pageEvents = 1_000;

const settings = {
  Description: m.description,
  EventPattern: m.pattern,
  RetentionDays: { type: "integer", min: 0 },
} as const;

/** What EventBridge does with archives. */
export function archiveOperations(context: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { book, buses, replays, clock } = context;
  const onArchive = (action: string, name: string, scope: ArnScope) => [
    { action: `events:${action}`, resource: archiveArn(scope, name) },
  ];
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
        return {
          ArchiveArn: archiveArn(caller, name),
          State: "ENABLED",
          CreationTime: new Date(now),
        };
      },
    }),

    UpdateArchive: awsOperation({
      input: { ArchiveName: m.requiredArchiveName, ...settings },
      access: (input, { caller }) => onArchive("UpdateArchive", input.ArchiveName, caller),
      async perform(input, { caller }) {
        checkPattern(input.EventPattern);
        const { ArchiveName: name } = input;
        const archive = await book.archives.updated(documentId(caller.region, name), (before) => {
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
        const archive = await foundArchive(context, input.ArchiveName, caller);
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
        await foundArchive(context, input.ArchiveName, caller);
        await book.archives.update(documentId(caller.region, input.ArchiveName), () => undefined);
        book.forget();
        // Its events go with the next looks.
        await replays.keepFor(caller, input.ArchiveName);
        return {};
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
