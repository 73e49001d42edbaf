import { expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { FigureRegistry } from "../../runtime/figures/figure-registry.ts";
import type { Span } from "../tracing/span.ts";
import { encodeMetrics, encodeTraces } from "./encode.ts";

/**
 * Messages of OTLP 1.x (trace.proto, metrics.proto, common.proto, resource.proto) as far as they are sent, by the rules of JSON: members in
 * lowerCamelCase, ids in hexadecimal digits, 64 bits as decimal texts, enumerations as numbers.
 */
type Shape =
  | "text"
  | "traceId"
  | "spanId"
  | "int64"
  | "double"
  | "bool"
  | readonly [Shape]
  | { readonly enum: readonly number[] }
  | { readonly [member: string]: Shape };

const anyValue: Shape = { stringValue: "text", intValue: "int64" };
const attributes: Shape = [{ key: "text", value: anyValue }];
const resource: Shape = { attributes };
const scope: Shape = { name: "text", version: "text" };

const tracesData: Shape = {
  resourceSpans: [
    {
      resource,
      scopeSpans: [
        {
          scope,
          spans: [
            {
              traceId: "traceId",
              spanId: "spanId",
              parentSpanId: "spanId",
              name: "text",
              // SPAN_KIND_INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER.
              kind: { enum: [1, 2, 3, 4, 5] },
              startTimeUnixNano: "int64",
              endTimeUnixNano: "int64",
              attributes,
              links: [{ traceId: "traceId", spanId: "spanId", attributes }],
              // STATUS_CODE_UNSET, OK, ERROR.
              status: { message: "text", code: { enum: [0, 1, 2] } },
            },
          ],
        },
      ],
    },
  ],
};

const times: { readonly [member: string]: Shape } = {
  attributes,
  startTimeUnixNano: "int64",
  timeUnixNano: "int64",
};
const numberPoint: Shape = { ...times, asDouble: "double" };
// AGGREGATION_TEMPORALITY_CUMULATIVE.
const aggregationTemporality: Shape = { enum: [2] };
const metricsData: Shape = {
  resourceMetrics: [
    {
      resource,
      scopeMetrics: [
        {
          scope,
          metrics: [
            {
              name: "text",
              description: "text",
              sum: { dataPoints: [numberPoint], aggregationTemporality, isMonotonic: "bool" },
              gauge: { dataPoints: [numberPoint] },
              histogram: {
                dataPoints: [
                  {
                    ...times,
                    count: "int64",
                    sum: "double",
                    bucketCounts: ["int64"],
                    explicitBounds: ["double"],
                  },
                ],
                aggregationTemporality,
              },
            },
          ],
        },
      ],
    },
  ],
};

const texts: { readonly [kind: string]: RegExp } = {
  text: /^/,
  traceId: /^(?!0+$)[0-9a-f]{32}$/,
  spanId: /^(?!0+$)[0-9a-f]{16}$/,
  int64: /^\d{1,19}$/,
};

/** The places at which a value is not as its message says. */
function mistakes(value: JsonValue | undefined, shape: Shape, place = ""): readonly string[] {
  const wrong = [`${place}: ${JSON.stringify(value)}`];
  if (typeof shape === "string") {
    if (shape === "double") return typeof value === "number" ? [] : wrong;
    if (shape === "bool") return typeof value === "boolean" ? [] : wrong;
    return typeof value === "string" && texts[shape]?.test(value) === true ? [] : wrong;
  }
  if (Array.isArray(shape)) {
    return Array.isArray(value)
      ? value.flatMap((each: JsonValue, index) =>
          mistakes(each, shape[0] as Shape, `${place}[${index}]`),
        )
      : wrong;
  }
  const members = shape as { readonly [member: string]: Shape };
  if (Array.isArray(members["enum"])) {
    return (members["enum"] as readonly unknown[]).includes(value) ? [] : wrong;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong;
  return Object.entries(value).flatMap(([name, member]) => {
    const of = members[name];
    return of === undefined
      ? [`${place}.${name}: unknown`]
      : mistakes(member as JsonValue, of, `${place}.${name}`);
  });
}

const span: Span = {
  traceId: "5759e988bd862e3fe1be46a994272793",
  spanId: "53995c3f42cd8ad8",
  parentSpanId: "00f067aa0ba902b7",
  name: "Order",
  kind: "server",
  startedAt: 1_700_000_000_000,
  endedAt: 1_700_000_000_250.5,
  attributes: { "stepwell.execution.status": "FAILED", "stepwell.execution.redrive_count": 1 },
  links: [{ traceId: "5759e988bd862e3fe1be46a994272793", spanId: "00f067aa0ba902b8" }],
  error: "Broken",
};
const server = { attributes: { "service.name": "stepwell" } };

test("spans are sent as OTLP's messages have them, in JSON", () => {
  const { error: _, ...good } = span;
  const root: Span = { ...good, parentSpanId: undefined, kind: "internal", error: undefined };
  const body = encodeTraces([span, root, { ...span, kind: "client" }], server);
  expect(mistakes(body, tracesData)).toEqual([]);
  expect(JSON.stringify(body)).toContain(
    '"links":[{"traceId":"5759e988bd862e3fe1be46a994272793","spanId":"00f067aa0ba902b8"}]',
  );
});

test("figures are sent as OTLP's messages have them, in JSON", () => {
  const figures = new FigureRegistry();
  figures.counter("started_total", "Started").add();
  figures.gauge("open", "Open", () => 2);
  figures.histogram("took_seconds", "Took", [1, 2]).observe(1.5);
  const now = 1_700_000_000_000;
  const body = encodeMetrics(figures.read(), server, { since: now - 1, now });
  expect(mistakes(body, metricsData)).toEqual([]);
});

test("the shapes above take nothing else", () => {
  const broken = encodeTraces([{ ...span, traceId: "0".repeat(32), spanId: "x" }], server);
  expect(mistakes(broken, tracesData)).toHaveLength(2);
  expect(mistakes({ resourceSpans: [{ spans: [] }] }, tracesData)).toHaveLength(1);
});
