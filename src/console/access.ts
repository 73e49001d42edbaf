import type { Clock } from "../ports/clock.ts";
import { parseArn } from "../service/arns.ts";
import { ApiError } from "../service/errors/api-error.ts";
import { errors } from "../service/errors/errors.ts";
import type { RequestContext } from "../service/operation.ts";
import type { Service } from "../service/service.ts";
import type { LiveExecution, LiveExecutions } from "./execution/live-executions.ts";
import { isMemberField, parseFilter } from "./filter.ts";
import type { ExecutionIndex, IndexedExecution } from "./index/execution-index.ts";
import type { ExecutionSearch } from "./index/execution-search.ts";

export interface AccessParts {
  readonly service: Pick<Service, "allow" | "allowDecrypting">;
  readonly live: Pick<LiveExecutions, "find">;
  readonly index: Pick<ExecutionIndex, "loaded">;
  readonly search: Pick<ExecutionSearch, "find">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Asks for the console's views whether the caller may see them, before anything is read: each is asked for as the operation
 * of the API that tells the same. All reject as the API does, but {@link isAllowed} and {@link mayReadHistory}, which say it.
 */
export class ConsoleAccess {
  readonly #parts: AccessParts;

  constructor(parts: AccessParts) {
    this.#parts = parts;
  }

  may(action: string, resource: string, request: RequestContext): Promise<void> {
    return this.#parts.service.allow({ action, resource }, request);
  }

  /** For what a workflow's key seals beside executions, if it has one: its definition, its test cases. */
  mayDecrypt(stateMachineArn: string, request: RequestContext): Promise<void> {
    return this.#parts.service.allowDecrypting(stateMachineArn, request);
  }

  /** For what is left out of a view where the caller may not see it. An authorizer that fails has not said no: that rejects. */
  async isAllowed(action: string, resource: string, request: RequestContext): Promise<boolean> {
    try {
      await this.may(action, resource, request);
      return true;
    } catch (thrown) {
      if (thrown instanceof ApiError) return false;
      throw thrown;
    }
  }

  /** Rows of all executions, and what is counted from them. They are known to the index when it resolves. */
  async mayList(request: RequestContext): Promise<void> {
    await this.may("states:ListExecutions", "*", request);
    await this.#parts.index.loaded();
  }

  /** A workflow: what it is, and how its executions went. */
  async mayRead(stateMachineArn: string, request: RequestContext): Promise<void> {
    await this.may("states:DescribeStateMachine", stateMachineArn, request);
    await this.mayList(request);
    parseArn(stateMachineArn, "stateMachine");
  }

  /** A list that a filter picks: who asks for members of inputs and outputs learns what they are. */
  async maySearch(filter: string, request: RequestContext): Promise<void> {
    await this.mayList(request);
    if (parseFilter(filter).terms.some(({ field }) => isMemberField(field))) {
      await this.may("states:GetExecutionHistory", "*", request);
    }
  }

  /** What a stream tells: the rows of all executions, or all of some. It is asked once, before the stream begins. */
  async mayWatch(
    topics: { readonly executions: boolean; readonly execution: Iterable<string> },
    request: RequestContext,
  ): Promise<void> {
    if (topics.executions) await this.mayList(request);
    for (const executionArn of topics.execution) {
      await this.may("states:DescribeExecution", executionArn, request);
      await this.may("states:GetExecutionHistory", executionArn, request);
      parseArn(executionArn, "execution", "express");
    }
  }

  /** Whether data of the execution may be shown among that of others. */
  mayReadHistory(executionArn: string, request: RequestContext): Promise<boolean> {
    return this.isAllowed("states:GetExecutionHistory", executionArn, request);
  }

  /** An execution whose history the caller may read. */
  readHistory(executionArn: string, request: RequestContext): Promise<LiveExecution> {
    return this.read(executionArn, "states:GetExecutionHistory", request);
  }

  /** The execution, for who may do `action` with it. Who may not does not learn whether there is one. */
  async read(
    executionArn: string,
    action: string,
    request: RequestContext,
  ): Promise<LiveExecution> {
    await this.may(action, executionArn, request);
    parseArn(executionArn, "execution", "express");
    const live = await this.#parts.live.find(executionArn);
    if (live === undefined) throw errors.executionDoesNotExist(executionArn);
    return live;
  }

  /**
   * What a filter picks that something is to be done with: it has to be understood to its end, as a part that says nothing
   * would pick too much.
   */
  async exactly(filter: string, request: RequestContext): Promise<readonly IndexedExecution[]> {
    await this.maySearch(filter, request);
    const { search, clock } = this.#parts;
    const { matches, problems } = await search.find(filter, clock.now());
    if (problems.length > 0) throw errors.validation(`${problems.join(". ")}.`);
    return matches;
  }
}
