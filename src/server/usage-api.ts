import type { JsonObject } from "../expression/json.ts";
import type { Service } from "../service/service.ts";
import { ApiError } from "../service/errors/api-error.ts";
import type { RequestContext } from "../service/operation.ts";
import type { CostDesk } from "../telemetry/usage/cost-desk.ts";
import { costGrouping } from "../telemetry/usage/cost-report.ts";
import { monthOf } from "../telemetry/usage/usage-months.ts";

const path = "/stepwell/cost";

export interface UsageParts {
  readonly desk: CostDesk;
  readonly service: Pick<Service, "allow">;
  readonly now: () => number;
}

/**
 * Answers `GET /stepwell/cost?month=2026-11&by=machine`: what was used in a month, and what AWS would have charged; `undefined` for
 * any other request. Ours: docs/cost.md. It is asked about as Cost Explorer's question is.
 */
export async function answerUsageRequest(
  method: string | undefined,
  url: string | undefined,
  { desk, service, now }: UsageParts,
  request: RequestContext,
): Promise<{ readonly status: number; readonly body: JsonObject } | undefined> {
  if (method !== "GET" || url?.startsWith(path) !== true) return undefined;
  const { pathname, searchParams } = new URL(url, "http://localhost");
  if (pathname !== path) return undefined;
  const month = searchParams.get("month") ?? monthOf(now());
  const by = costGrouping(searchParams.get("by") ?? "machine");
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    return { status: 400, body: { message: "month must be a month such as 2026-11" } };
  }
  if (by === undefined) {
    return { status: 400, body: { message: "by must be machine, version, alias or tag:NAME" } };
  }
  try {
    await service.allow({ action: "ce:GetCostAndUsage", resource: "*" }, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.statusCode, body: error.body };
  }
  return { status: 200, body: { ...(await desk.report(month, by)) } as unknown as JsonObject };
}
