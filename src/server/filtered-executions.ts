import type { IncomingMessage } from "node:http";
import type { IndexedExecution } from "../console/index/execution-index.ts";
import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../expression/json.ts";
import { errors } from "../service/errors/errors.ts";
import type { RequestContext } from "../service/operation.ts";
import type { Service } from "../service/service.ts";
import { epochSeconds } from "../service/timestamps.ts";
import { httpErrors } from "./http-errors.ts";

/** Finds executions by the language of the console's filter, for who may see them. Rejects with an `ApiError` for what it does not understand. */
export type FindExecutions = (
  filter: string,
  request: RequestContext,
) => Promise<readonly IndexedExecution[]>;

/** Our choice: as long as somebody would write; a member of it may have a long value. */
const longestFilter = 2_000;
/** Documented: ListExecutions, as many as a page has if nobody says, and at most. */
const [usualPage, largestPage] = [100, 1_000];

/** Ours: `x-stepwell-filter`, percent-encoded as far as a header needs it, makes ListExecutions answer with what the filter picks. */
export function filterOf(request: IncomingMessage, operation: string): string | undefined {
  const value = request.headers["x-stepwell-filter"];
  if (value === undefined || operation !== "ListExecutions") return undefined;
  try {
    const filter = decodeURIComponent(String(value));
    if (filter.length <= longestFilter) return filter;
  } catch {
    // Half a character is no filter.
  }
  throw httpErrors.filter(longestFilter);
}

/**
 * The service, whose ListExecutions answers with what the filter picks of what it would list: of the executions that the console
 * remembers, the newest first.
 */
export function filteredService(
  service: Service,
  filter: string,
  find: FindExecutions | undefined,
): Pick<Service, "call"> {
  return {
    async call(operation, input, request = {}) {
      if (find === undefined || !isJsonObject(input)) throw httpErrors.noFilter();
      const { nextToken, maxResults, ...listed } = input;
      if (ownMember(listed, "mapRunArn") !== undefined) throw httpErrors.noFilter();
      // It checks the input, asks whether the caller may, and says what there is not.
      await service.call(
        operation,
        { ...listed, ...(maxResults !== undefined && { maxResults }) },
        request,
      );
      const wanted = (await find(filter, request)).filter(isListed(listed));
      return pageOf(wanted, afterOf(nextToken), sizeOf(maxResults));
    },
  };
}

/** Whether the list without a filter would have it: of the state machine, or of its version or alias. */
function isListed(input: JsonObject): (execution: IndexedExecution) => boolean {
  const { stateMachineArn, statusFilter } = input;
  return (execution) => {
    const { stateMachineArn: arn, version, alias, status } = execution;
    if (statusFilter !== undefined && status !== statusFilter) return false;
    return [arn, `${arn}:${version}`, `${arn}:${alias}`].some((each) => each === stateMachineArn);
  };
}

/** A token is the ARN that the page before ended with, which its reader knows. */
function pageOf(
  executions: readonly IndexedExecution[],
  after: string | undefined,
  size: number,
): JsonObject {
  const from =
    after === undefined ? 0 : executions.findIndex((each) => each.executionArn === after) + 1;
  if (after !== undefined && from === 0) throw errors.invalidToken();
  const page = executions.slice(from, from + size);
  const last = page.at(-1);
  const isLast = from + size >= executions.length || last === undefined;
  return {
    executions: page.map(shown),
    ...(!isLast && { nextToken: Buffer.from(last.executionArn).toString("base64url") }),
  };
}

function afterOf(token: JsonValue | undefined): string | undefined {
  if (token === undefined || token === null) return undefined;
  if (typeof token !== "string") throw errors.invalidToken();
  return Buffer.from(token, "base64url").toString();
}

/** Documented: 0 is as if it were absent. */
function sizeOf(maxResults: JsonValue | undefined): number {
  return typeof maxResults === "number" && maxResults > 0
    ? Math.min(maxResults, largestPage)
    : usualPage;
}

function shown(execution: IndexedExecution): JsonObject {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate } = execution;
  const { version, alias, redriveCount } = execution;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: epochSeconds(startDate),
    ...(stopDate !== undefined && { stopDate: epochSeconds(stopDate) }),
    redriveCount,
    ...(version !== undefined && { stateMachineVersionArn: `${stateMachineArn}:${version}` }),
    ...(alias !== undefined && { stateMachineAliasArn: `${stateMachineArn}:${alias}` }),
  };
}
