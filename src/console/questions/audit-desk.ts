import { userArn } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ApprovalView, AuditEntry, AuditPage } from "../view-types.ts";
import type { AuditLog } from "./audit-log.ts";

/** Our choice: who looks at a question again within this time has not looked twice. */
const sameLookMs = 10 * 60_000;
const mostLooks = 5_000;

/** Which entries are asked for. */
export interface AuditQuery {
  readonly action?: string;
  readonly executionArn?: string;
  readonly taskId?: number;
  readonly stateMachineArn?: string;
  readonly key?: string;
  readonly offset: number;
  readonly limit: number;
}

/** Which task something was done with, and by whom as far as they say. */
export interface DoneWith {
  readonly executionArn: string;
  readonly taskId: number;
  readonly name?: string | undefined;
  readonly by: AuditEntry["by"];
}

/** Writes down what people do with questions, and knows from that who has claimed which. */
export class AuditDesk {
  readonly #log: AuditLog;
  readonly #clock: Clock;
  /** By task: who has claimed it. */
  readonly #claims = new Map<string, NonNullable<ApprovalView["claim"]>>();
  /** When somebody looked last; the one that was added last is the last one. */
  readonly #looks = new Map<string, number>();
  #loaded: Promise<void> | undefined;

  constructor(log: AuditLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  async claimOf(executionArn: string, taskId: number): Promise<ApprovalView["claim"]> {
    await (this.#loaded ??= this.#load());
    return this.#claims.get(taskKey({ executionArn, taskId }));
  }

  /** Writes an entry; `asked` is the question, if it still waits. */
  async note(
    action: AuditEntry["action"],
    { executionArn, taskId, name, by }: DoneWith,
    asked: ApprovalView | undefined,
    request: RequestContext,
    answer?: AuditEntry["answer"],
  ): Promise<void> {
    await (this.#loaded ??= this.#load());
    const at = this.#clock.now();
    const caller = request.caller === undefined ? "" : userArn(request.caller);
    const entry: AuditEntry = {
      at: new Date(at).toISOString(),
      action,
      by,
      caller,
      ...(name !== undefined && { name }),
      executionArn,
      taskId,
      ...(asked && {
        stateMachineArn: asked.stateMachineArn,
        key: asked.key,
        title: asked.title,
      }),
      ...(answer && { answer }),
    };
    if (action === "view" && !this.#isNewLook(entry)) return;
    this.#follow(entry);
    await this.#log.write(entry, request);
  }

  /** Entries that the caller may see, the newest first. */
  async page(
    query: AuditQuery,
    mayRead: (executionArn: string) => Promise<boolean>,
  ): Promise<AuditPage> {
    const { action, executionArn, taskId, stateMachineArn, key } = query;
    const allowed = new Map<string, boolean>();
    const entries: AuditEntry[] = [];
    let total = 0;
    for (const entry of (await this.#log.read()).toReversed()) {
      if (action !== undefined && entry.action !== action) continue;
      if (executionArn !== undefined && entry.executionArn !== executionArn) continue;
      if (taskId !== undefined && entry.taskId !== taskId) continue;
      if (stateMachineArn !== undefined && entry.stateMachineArn !== stateMachineArn) continue;
      if (key !== undefined && entry.key !== key) continue;
      const isAllowed = allowed.get(entry.executionArn) ?? (await mayRead(entry.executionArn));
      allowed.set(entry.executionArn, isAllowed);
      if (!isAllowed) continue;
      if (total >= query.offset && entries.length < query.limit) entries.push(entry);
      total++;
    }
    return { entries, total };
  }

  async #load(): Promise<void> {
    for (const entry of await this.#log.read()) this.#follow(entry);
  }

  #follow(entry: AuditEntry): void {
    const key = taskKey(entry);
    if (entry.action === "view") this.#look(entry);
    else if (entry.action === "claim")
      this.#claims.set(key, { name: entry.name ?? "", at: Date.parse(entry.at) });
    else if (entry.action === "release" || entry.action === "answer") this.#claims.delete(key);
  }

  #isNewLook(entry: AuditEntry): boolean {
    const before = this.#looks.get(lookKey(entry)) ?? -Infinity;
    return Date.parse(entry.at) - before >= sameLookMs;
  }

  #look(entry: AuditEntry): void {
    const key = lookKey(entry);
    this.#looks.delete(key);
    this.#looks.set(key, Date.parse(entry.at));
    for (const oldest of this.#looks.keys()) {
      if (this.#looks.size <= mostLooks) break;
      this.#looks.delete(oldest);
    }
  }
}

function lookKey({ by, caller, name, taskId, executionArn }: AuditEntry): string {
  return JSON.stringify([by, caller, name, taskId, executionArn]);
}

function taskKey(task: { readonly executionArn: string; readonly taskId: number }): string {
  return `${task.taskId}@${task.executionArn}`;
}
