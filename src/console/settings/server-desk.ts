import { availableParallelism, totalmem } from "node:os";
import { scopeOfArn } from "../../machine/arns.ts";
import { awsLimits, type Limits } from "../../machine/limits.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import type { ConsoleAccess } from "../access.ts";
import { nodeHealth } from "../health/node-health.ts";
import { type ExecutionIndex, remembered } from "../index/execution-index.ts";
import { executionsNearLimit, nearestFirst } from "../limits/near-limits.ts";
import type { ResourceLimits } from "../limits/resource-limits.ts";
import type { MetricsRecorder } from "../metrics/metrics-recorder.ts";
import type {
  CallTarget,
  DiagnosticsView,
  HealthView,
  RetentionEstimate,
  ServerView,
  SessionView,
  StorageView,
} from "../view-types.ts";
import { stateMachines } from "../workflows/state-machines.ts";
import type { WorkflowDesk } from "../workflows/workflow-desk.ts";
import { retentionEstimate, storageParts } from "./storage.ts";

const hourMs = 3_600_000;

/** What it is told from. */
export interface ServerParts {
  readonly access: ConsoleAccess;
  readonly version: string;
  readonly scope: Service["scope"];
  readonly store: Pick<Store, "stateMachines">;
  readonly clock: Clock;
  readonly metrics: MetricsRecorder;
  readonly index: ExecutionIndex;
  readonly resources: ResourceLimits;
  readonly workflows: Pick<WorkflowDesk, "list">;
  /** How the server was started, as far as it may be shown. */
  readonly about: Pick<ServerView, "dataDir" | "retentionDays" | "waitTimeScale" | "limits">;
  /** Says who answers the calls of tasks; absent: it is not told. */
  readonly callTargets: (() => Promise<readonly CallTarget[]>) | undefined;
  /** What is durable is in a database that other servers have open, too. */
  readonly isShared: boolean;
}

/** What server this is, how it is doing, what it stores, where its calls go, and all that in one file. */
export class ServerDesk {
  readonly #parts: ServerParts;
  readonly #startedAt: number;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  get limits(): Limits {
    return { ...awsLimits, ...this.#parts.about.limits };
  }

  /** Who may not list state machines is told of no Region but the server's own. */
  async session(endpoint: string, request: RequestContext): Promise<Omit<SessionView, "build">> {
    const { access, version, scope, store, clock } = this.#parts;
    const regions = new Set([scope.region]);
    if (await access.isAllowed("states:ListStateMachines", "*", request)) {
      for await (const { stateMachineArn } of stateMachines(store)) {
        regions.add(scopeOfArn(stateMachineArn).region);
      }
    }
    return {
      version,
      region: scope.region,
      accountId: scope.accountId,
      regions: [...regions].sort(),
      endpoint,
      now: clock.now(),
    };
  }

  async about(endpoint: string, request: RequestContext): Promise<ServerView> {
    await this.#parts.access.mayList(request);
    return {
      ...(await this.session(endpoint, request)),
      ...this.#parts.about,
      node: process.versions.node,
      startedAt: this.#startedAt,
      awsLimits: { ...awsLimits },
      ...(this.#parts.isShared && { isNode: true }),
    };
  }

  async callTargets(request: RequestContext): Promise<readonly CallTarget[]> {
    await this.#parts.access.mayList(request);
    return (await this.#parts.callTargets?.()) ?? [];
  }

  async health(request: RequestContext): Promise<HealthView> {
    await this.#parts.access.mayList(request);
    return this.#health();
  }

  async storage(request: RequestContext): Promise<StorageView> {
    await this.#parts.access.mayList(request);
    return this.#storage();
  }

  /** All of it for a report, without names and paths. It asks for what each part of it asks for. */
  async diagnostics(request: RequestContext): Promise<DiagnosticsView> {
    const { access, clock, version, metrics, index, resources, about } = this.#parts;
    await access.mayList(request);
    const callTargets = await this.callTargets(request);
    const workflows = await this.#parts.workflows.list(request);
    const { retentionDays, waitTimeScale, limits } = about;
    const now = clock.now();
    const executions = index.newestFirst();
    const near = [
      ...executionsNearLimit(executions, this.limits, now),
      ...(await resources.near(this.limits)),
    ];
    const { dataDir: _dataDir, ...storage } = await this.#storage();
    return {
      generatedAt: new Date(now).toISOString(),
      server: {
        version,
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        cpus: availableParallelism(),
        memoryBytes: totalmem(),
        uptimeSeconds: Math.round((now - this.#startedAt) / 1_000),
        ...(retentionDays !== undefined && { retentionDays }),
        ...(waitTimeScale !== undefined && { waitTimeScale }),
        ...(limits !== undefined && { limits }),
      },
      health: await this.#health(),
      storage,
      executions: countBy(executions, ({ status }) => status),
      workflows: countBy(workflows, ({ type }) => type),
      nearLimits: nearestFirst(near).map(({ limit, used, most }) => ({ limit, used, most })),
      callTargets: callTargets.map(({ because: _because, ...target }) => target),
      metrics: metrics.view({ from: now - hourMs, to: now }),
    };
  }

  #health(): Promise<HealthView> {
    const { version, clock, metrics, about } = this.#parts;
    const startedAt = this.#startedAt;
    return nodeHealth(metrics, { version, startedAt, now: clock.now(), dataDir: about.dataDir });
  }

  async #storage(): Promise<StorageView> {
    const { isShared, about } = this.#parts;
    const { dataDir, retentionDays } = about;
    const { checks } = await this.#health();
    const parts = dataDir === undefined ? [] : await storageParts(dataDir);
    const disk = checks.find(({ name }) => name === "disk");
    const commit = checks.find(({ name }) => name === "commit");
    return {
      ...(dataDir !== undefined && { dataDir }),
      ...(isShared && { isShared: true }),
      parts,
      ...(disk && { disk }),
      ...(commit && { commit }),
      ...(retentionDays !== undefined && { retention: this.#retention(retentionDays, parts) }),
    };
  }

  #retention(days: number, parts: StorageView["parts"]): RetentionEstimate {
    const executions = this.#parts.index.newestFirst();
    // The write-ahead log does not grow with what is kept: it is used again and again.
    const databaseBytes = this.#parts.isShared
      ? undefined
      : (parts.find(({ part }) => part === "database")?.bytes ?? 0);
    const kept = {
      count: executions.length,
      since: executions.at(-1)?.startDate,
      isPartial: executions.length >= remembered,
    };
    return retentionEstimate(days, kept, databaseBytes, this.#parts.clock.now());
  }
}

function countBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): { readonly [key: string]: number } {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[keyOf(row)] = (counts[keyOf(row)] ?? 0) + 1;
  return counts;
}
