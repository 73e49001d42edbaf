import type { JsonObject } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { operationOf } from "../../triggers/routes/first-class-call.ts";
import type { ServedRoute } from "../../triggers/routes/served-routes.ts";
import type { RuleRecord } from "../../triggers/buses/records.ts";
import { ruleTiming } from "../../triggers/buses/scheduled-rules.ts";
import type { KnownPipe } from "../../triggers/pipes/pipes.ts";
import { type ScheduleRecord, scheduleTiming } from "../../triggers/schedules/schedule-record.ts";
import { nextTicks, type Timing } from "../../triggers/schedules/ticking.ts";
import type { Named, TriggerWatch } from "../../triggers/watch/trigger-watch.ts";
import type {
  PipeView,
  RouteView,
  RuleView,
  ScheduleView,
  TriggerTargetView,
} from "../view-types.ts";

/** *Our choice*: ticks that are told of what is to come. */
const mostNext = 5;

type Clocks = Pick<TriggerWatch, "times" | "outcomes">;

export async function scheduleView(
  { arn, region, record }: Named<ScheduleRecord>,
  clocks: Clocks,
  now: EpochMs,
): Promise<ScheduleView> {
  const { name, group, description, expression, zone = "UTC", start, end, window, target } = record;
  return {
    arn,
    name,
    region,
    group,
    description,
    expression,
    zone,
    isEnabled: record.state === "ENABLED",
    start,
    end,
    windowMinutes: window.MaximumWindowInMinutes,
    isDeletedAfterwards: record.afterCompletion === "DELETE",
    targets: [targetView(target as unknown as JsonObject)],
    ...(await ticks(arn, scheduleTiming(record), clocks, now)),
  };
}

/** A rule with an expression, as a schedule. */
export async function scheduledRuleView(
  { arn, region, record }: Named<RuleRecord>,
  clocks: Clocks,
  now: EpochMs,
): Promise<ScheduleView> {
  const { name, description, expression = "", targets, state } = record;
  return {
    arn,
    name,
    region,
    description,
    expression,
    zone: "UTC",
    isEnabled: state !== "DISABLED",
    targets: Object.values(targets).map(targetView),
    ...(await ticks(arn, ruleTiming(record), clocks, now)),
  };
}

async function ticks(
  arn: string,
  timing: Timing | undefined,
  clocks: Clocks,
  now: EpochMs,
): Promise<Pick<ScheduleView, "next" | "last" | "outcomes">> {
  return {
    next: timing === undefined ? [] : nextTicks(timing, now, mostNext),
    last: (await clocks.times(arn)).last,
    outcomes: await clocks.outcomes(arn),
  };
}

export async function ruleView(
  { arn, region, record }: Named<RuleRecord>,
  { outcomes }: Clocks,
): Promise<RuleView> {
  const { name, bus, description, pattern, expression, state, targets } = record;
  return {
    arn,
    name,
    region,
    bus,
    description,
    pattern,
    expression,
    isEnabled: state !== "DISABLED",
    targets: Object.values(targets).map(targetView),
    outcomes: await outcomes(arn),
  };
}

function targetView(target: JsonObject): TriggerTargetView {
  const { Id, Arn, RoleArn, DeadLetterConfig, Input, InputPath, InputTransformer } = target;
  const transformer = InputTransformer as JsonObject | undefined;
  return {
    id: textOf(Id),
    arn: textOf(Arn) ?? "",
    roleArn: textOf(RoleArn),
    deadLetterArn: textOf((DeadLetterConfig as JsonObject | undefined)?.["Arn"]),
    input: textOf(Input) ?? textOf(InputPath) ?? textOf(transformer?.["InputTemplate"]),
  };
}

export function pipeView(
  { pipe, problem, isConfigured }: KnownPipe,
  region: string,
  backlog: number | undefined,
): PipeView {
  const { Arn, Name, Description, Source, Enrichment, Target, RoleArn, DesiredState } = pipe;
  const { Filters = [] } = pipe.SourceParameters?.FilterCriteria ?? {};
  return {
    arn: Arn,
    name: Name,
    region,
    description: Description,
    source: Source,
    // What somebody has taken away again is an empty text.
    enrichment: Enrichment === "" ? undefined : Enrichment,
    target: Target,
    roleArn: RoleArn,
    patterns: Filters.flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern])),
    isRunning: DesiredState === "RUNNING",
    problem: DesiredState === "RUNNING" ? problem : undefined,
    backlog,
    isConfigured,
  };
}

/** A route, once for each stage that serves it. */
export function routeViews({
  api,
  apiId,
  routeKey,
  bases,
  subtype,
  target,
  roleArn,
  apiKeyRequired,
  authorizationType,
  routeId,
  integrationId,
  isConfigured,
}: ServedRoute): readonly RouteView[] {
  const { method, path } = placeOf(routeKey);
  return bases.map((base) => ({
    id: `${isConfigured ? "" : apiId} ${base} ${routeKey}`.trim(),
    api,
    apiId,
    method,
    path: base + path,
    ...(subtype !== undefined && { operation: operationOf(subtype) }),
    target,
    roleArn,
    apiKeyRequired,
    authorizationType,
    routeId,
    integrationId,
    isConfigured,
  }));
}

/** *Documented*: `$default` is for whatever no other route is for. */
function placeOf(routeKey: string): { readonly method: string; readonly path: string } {
  const [method = "ANY", path] = routeKey.split(" ");
  return path === undefined ? { method: "ANY", path: "/{proxy+}" } : { method, path };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
