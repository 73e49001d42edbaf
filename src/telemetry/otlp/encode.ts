import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { Figure, Labels } from "../../ports/figures.ts";
import type { Span } from "../tracing/span.ts";

/** *Documented*: OTLP 1.x in JSON. Numbers of 64 bits are texts, ids are hexadecimal. */
const kinds = { internal: 1, server: 2, client: 3 } as const;
const statusError = 2;
const cumulative = 2;
const scope = { name: "stepwell" };

export interface Resource {
  /** `service.name` and whatever else tells this server from others. */
  readonly attributes: { readonly [name: string]: string };
}

/** The body of `POST /v1/traces`. */
export function encodeTraces(spans: readonly Span[], resource: Resource): JsonObject {
  const encoded = spans.map((span): JsonObject => ({
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: kinds[span.kind],
    startTimeUnixNano: nanoseconds(span.startedAt),
    endTimeUnixNano: nanoseconds(span.endedAt),
    attributes: attributesOf(span.attributes),
    ...(span.links && { links: span.links.map(({ traceId, spanId }) => ({ traceId, spanId })) }),
    status: span.error === undefined ? {} : { code: statusError, message: span.error },
  }));
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource.attributes) },
        scopeSpans: [{ scope, spans: encoded }],
      },
    ],
  };
}

/** The body of `POST /v1/metrics`: totals since the process began. */
export function encodeMetrics(
  figures: readonly Figure[],
  resource: Resource,
  { since, now }: { readonly since: number; readonly now: number },
): JsonObject {
  const times = { startTimeUnixNano: nanoseconds(since), timeUnixNano: nanoseconds(now) };
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf(resource.attributes) },
        scopeMetrics: [{ scope, metrics: figures.map((figure) => metricOf(figure, times)) }],
      },
    ],
  };
}

function metricOf(figure: Figure, times: JsonObject): JsonObject {
  const described = { name: figure.name, description: figure.help };
  if (figure.type === "histogram") {
    const dataPoints = figure.samples.map(({ labels, count, sum, buckets }): JsonObject => ({
      ...times,
      attributes: attributesOf(labels),
      count: String(count),
      sum,
      bucketCounts: buckets.map((each, index) =>
        String(each.count - (buckets[index - 1]?.count ?? 0)),
      ),
      explicitBounds: buckets.map(({ bound }) => bound).filter(Number.isFinite),
    }));
    return { ...described, histogram: { dataPoints, aggregationTemporality: cumulative } };
  }
  const dataPoints = figure.samples.map(({ labels, value }): JsonObject => ({
    ...times,
    attributes: attributesOf(labels),
    asDouble: value,
  }));
  return figure.type === "counter"
    ? {
        ...described,
        sum: { dataPoints, aggregationTemporality: cumulative, isMonotonic: true },
      }
    : { ...described, gauge: { dataPoints } };
}

function attributesOf(attributes: Labels | Span["attributes"]): readonly JsonValue[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

function nanoseconds(at: number): string {
  return `${Math.round(at)}000000`;
}
