import type { JsonObject } from "../../expression/json.ts";
import { nameOfArn, scopeOfArn } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import type { ConsoleAccess } from "../access.ts";
import type { LiveExecution, LiveExecutions } from "../execution/live-executions.ts";
import { runDefinition } from "../execution/run-definition.ts";
import type { ExecutionIndex, IndexedExecution } from "../index/execution-index.ts";
import type { ApprovalView, AuditEntry, AuditPage } from "../view-types.ts";
import { answererName, approvalAnswer, approvalsOf, askedTask, isAsked } from "./approvals.ts";
import { AuditDesk, type AuditQuery } from "./audit-desk.ts";
import { type AuditLog, auditMemory } from "./audit-log.ts";
import { stateComments } from "./state-comments.ts";

/** Our choice: questions are looked for in so many executions. */
const mostLookedInto = 200;

export interface QuestionParts {
  readonly service: Pick<Service, "call">;
  readonly engine: Pick<Engine, "taskToken" | "history">;
  readonly clock: Clock;
  /** Where looks, claims and decisions are written down; absent: nowhere but in memory. */
  readonly audit: AuditLog | undefined;
  readonly index: ExecutionIndex;
  readonly live: LiveExecutions;
  readonly access: ConsoleAccess;
  readonly store: Pick<Store, "revision">;
}

/** How somebody came to a question. A link shows it to him, and lets him answer it; where he is signed in, as far as his policies do. */
export interface WayToQuestion {
  readonly by: AuditEntry["by"];
  /** Absent: whoever the request is from, or nobody knows. */
  readonly person?: Caller | undefined;
}

const fromConsole: WayToQuestion = { by: "console" };

/** What waits for people: lists it, and takes their claims and answers. */
export class QuestionDesk {
  readonly #parts: QuestionParts;
  readonly #audit: AuditDesk;

  constructor(parts: QuestionParts) {
    this.#parts = parts;
    this.#audit = new AuditDesk(parts.audit ?? auditMemory(), parts.clock);
  }

  /**
   * Everything that waits for an answer and whose history the caller may see, the oldest first. `executions` are those
   * that run, the newest first, where the caller has them at hand.
   */
  async list(
    request: RequestContext,
    executions?: readonly IndexedExecution[],
  ): Promise<readonly ApprovalView[]> {
    const { access, index, live } = this.#parts;
    await access.mayList(request);
    const waiting = (executions ?? index.newestFirst())
      .filter(({ status, asked = 0 }) => status === "RUNNING" && asked > 0)
      .slice(0, mostLookedInto);
    const found: ApprovalView[] = [];
    for (const { executionArn, stateMachineName } of waiting) {
      if (!(await access.mayReadHistory(executionArn, request))) continue;
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
    return this.#askedIn(await this.#parts.access.readHistory(executionArn, request), taskId);
  }

  /** What a question was answered with, as JSON text; `undefined` where it was not, or failed. */
  async answerOf(
    executionArn: string,
    taskId: number,
    request: RequestContext,
  ): Promise<string | undefined> {
    const { access, engine } = this.#parts;
    const { fold } = await access.readHistory(executionArn, request);
    const ended = fold.endOfTask(taskId);
    if (ended === undefined) return undefined;
    const page = await engine.history(executionArn, { from: ended, limit: 1, reverse: false });
    return page?.events[0]?.payload?.text;
  }

  /** Somebody looks at a question, or makes a link to it: that is written down. */
  async noteView(
    given: unknown,
    request: RequestContext,
    way: WayToQuestion = fromConsole,
    action: "view" | "link" = "view",
  ): Promise<JsonObject> {
    const task = { ...askedTask(given), ...answererName(given), by: way.by };
    const asked = await this.find(task.executionArn, task.taskId, request);
    await this.#audit.note(action, task, asked, inPerson(request, way));
    return {};
  }

  /** Somebody takes care of a question, or no longer does. A claim binds nobody: it tells the others. */
  async claim(given: unknown, request: RequestContext): Promise<JsonObject> {
    const task = { ...askedTask(given), ...answererName(given), by: "console" as const };
    const isReleased = (given as { readonly isReleased?: unknown }).isReleased === true;
    if (!isReleased && task.name === undefined)
      throw errors.validation("A claim has a 'name': of whoever takes care of it");
    const asked = await this.find(task.executionArn, task.taskId, request);
    if (asked === undefined) throw errors.taskDoesNotExist();
    await this.#audit.note(isReleased ? "release" : "claim", task, asked, request);
    return {};
  }

  /** What was done with questions whose histories the caller may see, the newest first. */
  async audit(query: AuditQuery, request: RequestContext): Promise<AuditPage> {
    const { access } = this.#parts;
    await access.mayList(request);
    return this.#audit.page(query, (arn) => access.mayReadHistory(arn, request));
  }

  /** Answers a task that waits for its token. Rejects with the API's error if it no longer does. */
  async answer(
    given: unknown,
    request: RequestContext,
    way: WayToQuestion = fromConsole,
  ): Promise<JsonObject> {
    const { executionArn, taskId, ...answer } = approvalAnswer(given);
    const { name } = answererName(given);
    const { access, engine, service } = this.#parts;
    // What is shown is what can be answered: a token is made here for no other task.
    const live = await access.readHistory(executionArn, request);
    const task = live.fold.waitingTask(taskId);
    if (task !== undefined && !isAsked(task)) throw errors.taskDoesNotExist();
    const asked = await this.#askedIn(live, taskId);
    const taskToken = engine.taskToken(executionArn, taskId);
    const answering = thereAs(executionArn, inPerson(request, way));
    const answered =
      "output" in answer
        ? await service.call("SendTaskSuccess", { taskToken, ...answer }, answering)
        : await service.call("SendTaskFailure", { taskToken, ...answer }, answering);
    const done = { executionArn, taskId, name, by: way.by };
    await this.#audit.note("answer", done, asked, inPerson(request, way), answer);
    return answered;
  }

  async #askedIn(live: LiveExecution, taskId: number): Promise<ApprovalView | undefined> {
    const asked = await this.#askedBy(live, nameOfArn(live.record.stateMachineArn));
    return asked.find((each) => each.taskId === taskId);
  }

  async #askedBy(live: LiveExecution, workflow: string): Promise<readonly ApprovalView[]> {
    const comments = stateComments(await runDefinition(this.#parts.store, live));
    const found = approvalsOf(
      live,
      workflow,
      (key) => comments.get(key),
      (arn, taskId) => this.#parts.engine.taskToken(arn, taskId),
    );
    return Promise.all(
      found.map(async (each) => {
        const claim = await this.#audit.claimOf(each.executionArn, each.taskId);
        return claim === undefined ? each : { ...each, claim };
      }),
    );
  }
}

/** The request as one of the person. */
function inPerson(request: RequestContext, { person }: WayToQuestion): RequestContext {
  return person === undefined ? request : { ...request, caller: { ...request.caller, ...person } };
}

/** The request in the Region of the execution: a link is to a question wherever that is. */
function thereAs(executionArn: string, { caller, ...request }: RequestContext): RequestContext {
  if (caller === undefined) return request;
  return { ...request, caller: { ...caller, ...scopeOfArn(executionArn) } };
}
