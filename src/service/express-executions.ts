import type { JsonObject, JsonValue } from "../expression/json.ts";
import { historyEvent } from "../machine/journal/history.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { Engine } from "../runtime/engine.ts";
import { audited, type AuditTrail } from "../ports/audit-trail.ts";
import type { ExecutionRecord, ExecutionStatus } from "../ports/store.ts";
import type { AccessCheck } from "./access/check-access.ts";
import { parseArn } from "./arns.ts";
import { errors } from "./errors/errors.ts";
import type { RequestContext } from "./operation.ts";
import { epochSeconds } from "./timestamps.ts";

/** What may be asked of the list; texts, as they come in a URL. */
export interface ExpressListQuery {
  readonly stateMachineArn?: string | undefined;
  readonly status?: string | undefined;
  readonly maxResults?: string | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * The Express executions that are remembered. Ours: AWS shows them in CloudWatch Logs only. The members are those of the
 * API's ListExecutions, DescribeExecution and GetExecutionHistory.
 */
export interface ExpressExecutions {
  /** The newest first. Rejects with an ApiError for a query that is wrong. */
  list(query: ExpressListQuery, request: RequestContext): Promise<JsonObject>;
  /** One execution with its history. Rejects with ExecutionDoesNotExist for one that is not remembered (any more). */
  describe(
    executionArn: string,
    options: { readonly includeExecutionData: boolean },
    request: RequestContext,
  ): Promise<JsonObject>;
}

const usualPageSize = 100;
const maxPageSize = 1_000;
const statuses: ReadonlySet<string> = new Set<ExecutionStatus>([
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
]);

/** The same, of which each question is written down as a call. */
export function auditedExpressExecutions(
  express: ExpressExecutions,
  trail: AuditTrail | undefined,
): ExpressExecutions {
  if (trail === undefined) return express;
  const about = (eventName: string, request: RequestContext, parameters: JsonObject) => ({
    eventSource: "states.amazonaws.com",
    eventName,
    caller: request.caller,
    requestId: request.requestId,
    isReadOnly: true,
    requestParameters: parameters,
  });
  return {
    list(query, request) {
      const { stateMachineArn } = query;
      const call = about(
        "ListExpressExecutions",
        request,
        stateMachineArn ? { stateMachineArn } : {},
      );
      return audited(trail, call, (decided) =>
        express.list(query, { ...withCaller(request), decided }),
      );
    },
    describe(executionArn, options, request) {
      const call = about("DescribeExpressExecution", request, { executionArn });
      return audited(trail, call, (decided) =>
        express.describe(executionArn, options, { ...withCaller(request), decided }),
      );
    },
  };
}

/** A request's caller may be found out only when it is asked for. */
function withCaller({ caller }: RequestContext): RequestContext {
  return caller === undefined ? {} : { caller };
}

/** Whoever may list, describe and read the histories of Standard executions may do so here. */
export function expressExecutions(
  histories: Engine["expressHistories"],
  accessCheck: AccessCheck | undefined,
): ExpressExecutions {
  return {
    async list({ stateMachineArn, status, maxResults, nextToken }, request) {
      const resource = stateMachineArn ?? "*";
      await accessCheck?.access({ action: "states:ListExecutions", resource }, request);
      if (status !== undefined && !statuses.has(status)) throw wrong("status", status);
      const limit =
        maxResults === undefined ? usualPageSize : wholeNumber("maxResults", maxResults);
      if (limit > maxPageSize) throw wrong("maxResults", String(limit));
      const { records, next, notKept } = histories.list(
        {
          ...(stateMachineArn === undefined ? {} : { stateMachineArn }),
          ...(status === undefined ? {} : { status: status as ExecutionStatus }),
        },
        {
          limit,
          ...(nextToken === undefined ? {} : { after: wholeNumber("nextToken", nextToken) }),
        },
      );
      return {
        executions: records.map(shownRecord),
        notKept,
        ...(next === undefined ? {} : { nextToken: String(next) }),
      };
    },

    async describe(executionArn, { includeExecutionData }, request) {
      for (const action of ["states:DescribeExecution", "states:GetExecutionHistory"]) {
        await accessCheck?.access({ action, resource: executionArn }, request);
      }
      parseArn(executionArn, "express");
      const found = histories.find(executionArn);
      if (found === undefined) throw errors.executionDoesNotExist(executionArn);
      const { record, events, truncated } = found;
      return {
        ...shownRecord(record),
        ...shownEnds(events, includeExecutionData),
        events: events.map((event) => historyEvent(event, includeExecutionData)),
        ...(truncated && { truncated }),
      };
    },
  };
}

function shownRecord(record: ExecutionRecord): JsonObject {
  const shown: Record<string, JsonValue> = {
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: epochSeconds(record.startDate),
  };
  if (record.stopDate !== undefined) shown["stopDate"] = epochSeconds(record.stopDate);
  for (const member of ["stateMachineVersionArn", "stateMachineAliasArn", "traceHeader"] as const) {
    const value = record[member];
    if (value !== undefined) shown[member] = value;
  }
  return shown;
}

/** Input, output, error and cause, which are in the first and the last event. */
function shownEnds(events: readonly JournalEvent[], included: boolean): JsonObject {
  const shown: Record<string, JsonValue> = {};
  const [first] = events;
  const last = events.at(-1);
  if (included && first?.payload !== undefined) shown["input"] = first.payload.text;
  switch (last?.type) {
    case "ExecutionSucceeded":
      if (included && last.payload !== undefined) shown["output"] = last.payload.text;
      break;
    case "ExecutionFailed":
    case "ExecutionAborted":
    case "ExecutionTimedOut":
      Object.assign(shown, last.details);
      break;
    default:
  }
  return shown;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw wrong(name, text);
  return Number(text);
}

function wrong(name: string, value: string) {
  return errors.validation(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint`,
  );
}
