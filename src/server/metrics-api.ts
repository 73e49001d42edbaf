import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Figures } from "../ports/figures.ts";
import type { Service } from "../service/service.ts";
import type { RequestContext } from "../service/operation.ts";
import { exposition } from "../telemetry/prometheus/exposition.ts";
import { statesFigures } from "../telemetry/prometheus/states-figures.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";

export const metricsPath = "/metrics";

export interface MetricsParts {
  readonly figures: Figures;
  readonly telemetry: Telemetry | undefined;
  readonly service: Pick<Service, "allow">;
  /** Whoever has it may read without a signature, which Prometheus cannot make; absent: nobody. */
  readonly token?: string | undefined;
}

export function isMetricsRequest({ method, url }: IncomingMessage): boolean {
  return method === "GET" && url?.split("?", 1)[0] === metricsPath;
}

/** Whether a request has the token for metrics: `Authorization: Bearer TOKEN`. */
export function hasMetricsToken(request: IncomingMessage, { token }: MetricsParts): boolean {
  if (token === undefined) return false;
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Rejects as the API does if the caller may not see metrics. */
export async function mayReadMetrics(
  { service }: MetricsParts,
  request: RequestContext,
): Promise<void> {
  await service.allow({ action: "cloudwatch:GetMetricData", resource: "*" }, request);
}

/** All figures of this process, for Prometheus. */
export function metricsText({ figures, telemetry }: MetricsParts): string {
  return exposition([...figures.read(), ...statesFigures(telemetry?.totals() ?? [])]);
}
