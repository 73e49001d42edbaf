import type { JsonObject } from "../../expression/json.ts";
import { nameOfArn } from "../../machine/arns.ts";
import { userArn } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import type { LiveExecution, LiveExecutions } from "../execution/live-executions.ts";
import type { ExecutionIndex } from "../index/execution-index.ts";
import type { ApprovalView } from "../view-types.ts";
import { approvalAnswer, approvalsOf, isAsked } from "./approvals.ts";
import type { AuditEntry, AuditLog } from "./audit-log.ts";
import { stateComments } from "./state-comments.ts";

/** Our choice: questions are looked for in so many executions. */
const mostLookedInto = 200;

export interface QuestionParts {
  readonly service: Pick<Service, "call">;
  readonly engine: Pick<Engine, "taskToken" | "history">;
  readonly clock: Clock;
  /** Where decisions are written down; absent: in the histories only. */
  readonly audit: AuditLog | undefined;
  readonly index: ExecutionIndex;
  readonly live: LiveExecutions;
  readonly access: {
    mayList(request: RequestContext): Promise<void>;
    mayRead(executionArn: string, request: RequestContext): Promise<boolean>;
    /** The execution, if there is one and the caller may see its history; else rejects as the API does. */
    read(executionArn: string, request: RequestContext): Promise<LiveExecution>;
  };
  definitionOf(live: LiveExecution): Promise<string>;
}

/** What waits for people: lists it, and takes their answers. */
export class QuestionDesk {
  readonly #parts: QuestionParts;

  constructor(parts: QuestionParts) {
    this.#parts = parts;
  }

  /** Everything that waits for an answer and whose history the caller may see, the oldest first. */
  async list(request: RequestContext): Promise<readonly ApprovalView[]> {
    const { access, index, live } = this.#parts;
    await access.mayList(request);
    const waiting = index
      .newestFirst()
      .filter(({ status, waits }) => status === "RUNNING" && (waits?.size ?? 0) > 0)
      .slice(0, mostLookedInto);
    const found: ApprovalView[] = [];
    for (const { executionArn, stateMachineName } of waiting) {
      if (!(await access.mayRead(executionArn, request))) continue;
      const one = await live.find(executionArn);
      if (one !== undefined) found.push(...(await this.#askedBy(one, stateMachineName)));
    }
    return found.sort((a, b) => a.since - b.since);
  }

  /** One question, as long as it waits for its answer. */
  async find(
    executionArn: string,
    taskId: number,
    request: RequestContext,
  ): Promise<ApprovalView | undefined> {
    const live = await this.#parts.access.read(executionArn, request);
    const asked = await this.#askedBy(live, nameOfArn(live.record.stateMachineArn));
    return asked.find((each) => each.taskId === taskId);
  }

  /** What a question was answered with, as JSON text; `undefined` where it was not, or failed. */
  async answerOf(
    executionArn: string,
    taskId: number,
    request: RequestContext,
  ): Promise<string | undefined> {
    const { access, engine } = this.#parts;
    const { fold } = await access.read(executionArn, request);
    const ended = fold.endOfTask(taskId);
    if (ended === undefined) return undefined;
    const page = await engine.history(executionArn, { from: ended, limit: 1, reverse: false });
    return page?.events[0]?.payload?.text;
  }

  /** Answers a task that waits for its token. Rejects with the API's error if it no longer does. */
  async answer(
    given: unknown,
    request: RequestContext,
    by: AuditEntry["by"] = "console",
  ): Promise<JsonObject> {
    const { executionArn, taskId, ...answer } = approvalAnswer(given);
    const { access, engine, service, audit, clock } = this.#parts;
    // What is shown is what can be answered: a token is made here for no other task.
    const { fold } = await access.read(executionArn, request);
    const task = fold.waitingTask(taskId);
    if (task !== undefined && !isAsked(task)) throw errors.taskDoesNotExist();
    const taskToken = engine.taskToken(executionArn, taskId);
    const answered =
      "output" in answer
        ? await service.call("SendTaskSuccess", { taskToken, ...answer }, request)
        : await service.call("SendTaskFailure", { taskToken, ...answer }, request);
    await audit?.write({
      at: new Date(clock.now()).toISOString(),
      action: "answer",
      by,
      caller: request.caller === undefined ? "" : userArn(request.caller),
      executionArn,
      taskId,
      answer,
    });
    return answered;
  }

  async #askedBy(live: LiveExecution, workflow: string): Promise<readonly ApprovalView[]> {
    const comments = stateComments(await this.#parts.definitionOf(live));
    return approvalsOf(
      live,
      workflow,
      (key) => comments.get(key),
      (arn, taskId) => this.#parts.engine.taskToken(arn, taskId),
    );
  }
}
