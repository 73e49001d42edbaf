import type { Clock } from "../../ports/clock.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { ExecutionIndex } from "../index/execution-index.ts";
import type { ServerMetricsView, TimeWindow } from "../view-types.ts";
import type { MetricsRecorder } from "./metrics-recorder.ts";
import { thresholds } from "./thresholds.ts";
import { workflowDurations } from "./workflow-durations.ts";

export interface MetricsDeskParts {
  readonly access: ConsoleAccess;
  readonly recorder: MetricsRecorder;
  readonly index: ExecutionIndex;
  readonly clock: Clock;
}

/** What this process has measured of itself, and how long the executions of each workflow took. */
export class MetricsDesk {
  readonly #parts: MetricsDeskParts;

  constructor(parts: MetricsDeskParts) {
    this.#parts = parts;
  }

  /** Of the whole hour at most; without a window of the last `minutes`. */
  async view(
    { minutes, window }: { readonly minutes: number; readonly window: TimeWindow | undefined },
    request: RequestContext,
  ): Promise<ServerMetricsView> {
    const { access, recorder, index, clock } = this.#parts;
    await access.mayList(request);
    const now = clock.now();
    const shown = window ?? { from: now - minutes * 60_000, to: now };
    const workflows = workflowDurations(index.newestFirst(), shown);
    return { ...recorder.view(shown), thresholds: thresholds(), workflows };
  }
}
