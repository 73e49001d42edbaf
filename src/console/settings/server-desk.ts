import { availableParallelism, totalmem } from "node:os";
import { awsLimits, type Limits } from "../../machine/limits.ts";
import type { Clock } from "../../ports/clock.ts";
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
  StorageView,
  WorkflowRow,
} from "../view-types.ts";
import { retentionEstimate, storageParts } from "./storage.ts";

const hourMs = 3_600_000;

/** What it is told from. */
export interface ServerParts {
  readonly version: string;
  readonly startedAt: number;
  readonly clock: Clock;
  readonly metrics: MetricsRecorder;
  readonly index: ExecutionIndex;
  readonly resources: ResourceLimits;
  readonly about: Pick<ServerView, "dataDir" | "retentionDays" | "waitTimeScale" | "limits">;
}

/** How this server is doing, what it stores, and all that in one file. Whoever asks may: that is checked before. */
export class ServerDesk {
  readonly #parts: ServerParts;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  get limits(): Limits {
    return { ...awsLimits, ...this.#parts.about.limits };
  }

  health(): Promise<HealthView> {
    const { version, startedAt, clock, metrics, about } = this.#parts;
    return nodeHealth(metrics, { version, startedAt, now: clock.now(), dataDir: about.dataDir });
  }

  async storage(): Promise<StorageView> {
    const { dataDir, retentionDays } = this.#parts.about;
    const { checks } = await this.health();
    const parts = dataDir === undefined ? [] : await storageParts(dataDir);
    const disk = checks.find(({ name }) => name === "disk");
    const commit = checks.find(({ name }) => name === "commit");
    return {
      ...(dataDir !== undefined && { dataDir }),
      parts,
      ...(disk && { disk }),
      ...(commit && { commit }),
      ...(retentionDays !== undefined && { retention: this.#retention(retentionDays, parts) }),
    };
  }

  async diagnostics(
    callTargets: readonly CallTarget[],
    workflows: readonly WorkflowRow[],
  ): Promise<DiagnosticsView> {
    const { clock, version, startedAt, metrics, index, resources, about } = this.#parts;
    const { retentionDays, waitTimeScale, limits } = about;
    const now = clock.now();
    const executions = index.newestFirst();
    const near = [
      ...executionsNearLimit(executions, this.limits, now),
      ...(await resources.near(this.limits)),
    ];
    const { dataDir: _dataDir, ...storage } = await this.storage();
    return {
      generatedAt: new Date(now).toISOString(),
      server: {
        version,
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        cpus: availableParallelism(),
        memoryBytes: totalmem(),
        uptimeSeconds: Math.round((now - startedAt) / 1_000),
        ...(retentionDays !== undefined && { retentionDays }),
        ...(waitTimeScale !== undefined && { waitTimeScale }),
        ...(limits !== undefined && { limits }),
      },
      health: await this.health(),
      storage,
      executions: countBy(executions, ({ status }) => status),
      workflows: countBy(workflows, ({ type }) => type),
      nearLimits: nearestFirst(near).map(({ limit, used, most }) => ({ limit, used, most })),
      callTargets: callTargets.map(({ because: _because, ...target }) => target),
      metrics: metrics.view({ from: now - hourMs, to: now }),
    };
  }

  #retention(days: number, parts: StorageView["parts"]): RetentionEstimate {
    const executions = this.#parts.index.newestFirst();
    // The write-ahead log does not grow with what is kept: it is used again and again.
    const databaseBytes = parts.find(({ part }) => part === "database")?.bytes ?? 0;
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
