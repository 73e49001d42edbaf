import type { ArnScope } from "../../machine/arns.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { archiveArn, documentId, replayArn } from "./event-arns.ts";
import {
  alreadyExists,
  type EventsContext,
  foundArchive,
  limitExceeded,
  notFound,
} from "./events-context.ts";
import * as m from "./members.ts";
import type { ReplayRecord } from "./records.ts";
import { isUnderWay } from "./replays.ts";

/** *Documented*: replays of a Region that run at a time. */
const mostReplays = 10;

/** What EventBridge does with replays of archives. */
export function replayOperations(context: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { replays, clock } = context;
  const onReplay = (action: string, name: string, scope: ArnScope) => [
    { action: `events:${action}`, resource: replayArn(scope, name) },
  ];

  return {
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
        const archive = await foundArchive(
          context,
          source.slice(source.lastIndexOf("/") + 1),
          caller,
        );
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
        const replay = await replays.records.updated(id, (before) => {
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
