import type { CallLimit, CallMetrics } from "../../ports/call-metrics.ts";
import { type MetricSeries, statesNamespace, usageNamespace } from "./metric-series.ts";
import { occurrences, repeated, zeros } from "./tally.ts";

interface OperationCounts {
  readonly region: string;
  readonly operation: string;
  called: number;
  /** Calls that a limit let through, and those that it refused. */
  taken: number;
  refused: number;
  limit: CallLimit | undefined;
}

/** Counts calls of the API since the last {@link take}. There are some dozens of operations, and few Regions. */
export class CallCounts implements CallMetrics {
  #counts = new Map<string, Map<string, OperationCounts>>();

  called(region: string, operation: string): void {
    this.#of(region, operation).called++;
  }

  limited(region: string, operation: string, limit: CallLimit): void {
    const counts = this.#of(region, operation);
    counts.limit = limit;
    if (limit.isRefused) counts.refused++;
    else counts.taken++;
  }

  /** What has been counted; counting begins anew. */
  take(): readonly MetricSeries[] {
    const taken = [...this.#counts.values()].flatMap((region) => [...region.values()]);
    this.#counts = new Map();
    return taken.flatMap(callSeries);
  }

  #of(region: string, operation: string): OperationCounts {
    let counts = this.#counts.get(region);
    if (counts === undefined) this.#counts.set(region, (counts = new Map()));
    let known = counts.get(operation);
    if (known === undefined) {
      known = { region, operation, called: 0, taken: 0, refused: 0, limit: undefined };
      counts.set(operation, known);
    }
    return known;
  }
}

/**
 * *Documented*: the dimension `APIName` and the four metrics of throttled calls; the namespace `AWS/Usage` with its four dimensions.
 * *Our choices*: the name of the service there, which Step Functions' pages do not say; a capacity is told where calls are limited.
 */
function callSeries({
  region,
  operation,
  called,
  taken,
  refused,
  limit,
}: OperationCounts): readonly MetricSeries[] {
  const usage: MetricSeries = {
    region,
    namespace: usageNamespace,
    name: "CallCount",
    dimensions: { Service: "States", Type: "API", Resource: operation, Class: "None" },
    statistics: occurrences(called),
  };
  const counted = called === 0 ? [] : [usage];
  if (limit === undefined) return counted;
  const id = { region, namespace: statesNamespace, dimensions: { APIName: operation } };
  const throttled = refused === 0 ? zeros(1) : occurrences(refused);
  return [
    ...counted,
    { ...id, name: "ThrottledEvents", statistics: throttled },
    { ...id, name: "ConsumedCapacity", statistics: taken === 0 ? zeros(1) : occurrences(taken) },
    { ...id, name: "ProvisionedBucketSize", statistics: repeated(limit.tokens) },
    { ...id, name: "ProvisionedRefillRate", statistics: repeated(limit.refillPerSecond) },
  ];
}
