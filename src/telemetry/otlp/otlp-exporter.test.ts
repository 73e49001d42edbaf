import { expect, test } from "vitest";
import { FigureRegistry } from "../../runtime/figures/figure-registry.ts";
import type { Span } from "../tracing/span.ts";
import { encodeMetrics } from "./encode.ts";
import { OtlpExporter } from "./otlp-exporter.ts";

const span: Span = {
  traceId: "5759e988bd862e3fe1be46a994272793",
  spanId: "53995c3f42cd8ad8",
  parentSpanId: undefined,
  name: "Order",
  kind: "server",
  startedAt: 1_000,
  endedAt: 2_500,
  attributes: { "stepwell.execution.status": "FAILED" },
  error: "Broken",
};

/** Every wait is over at once. */
const clock = {
  now: () => 5_000,
  schedule(_: number, wake: () => void) {
    queueMicrotask(wake);
    return () => {};
  },
};

function exporter(statuses: readonly number[]) {
  const bodies: unknown[] = [];
  const figures = new FigureRegistry();
  const left = [...statuses];
  const made = new OtlpExporter({
    settings: { endpoint: "http://collector:4318/", headers: { "x-key": "k" } },
    clock,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    figures,
    node: "local",
    send: async (url, init) => {
      bodies.push([url, JSON.parse(init.body as string)]);
      return new Response(null, { status: left.shift() ?? 200 });
    },
  });
  const value = (name: string): unknown =>
    figures.read().find((figure) => figure.name === name)?.samples[0];
  return { made, bodies, value };
}

test("a span is sent as OTLP in JSON, again after a passing failure", async () => {
  const { made, bodies, value } = exporter([503, 200]);
  made.span(span);
  await made.flush();
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toMatchObject([
    "http://collector:4318/v1/traces",
    {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: span.traceId,
                  kind: 2,
                  startTimeUnixNano: "1000000000",
                  endTimeUnixNano: "2500000000",
                  status: { code: 2, message: "Broken" },
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
  expect(value("stepwell_otlp_spans_sent_total")).toMatchObject({ value: 1 });
});

test("what is refused for good is dropped, and counted", async () => {
  const { made, bodies, value } = exporter([400]);
  made.span(span);
  await made.flush();
  expect(bodies).toHaveLength(1);
  expect(value("stepwell_otlp_spans_dropped_total")).toMatchObject({ value: 1 });
});

test("histograms are sent by bucket, not added up", () => {
  const figures = new FigureRegistry();
  const histogram = figures.histogram("took_seconds", "Took", [1, 2]);
  for (const took of [0.5, 1.5, 1.6, 9]) histogram.observe(took);
  const body = encodeMetrics(figures.read(), { attributes: {} }, { since: 0, now: 1 });
  expect(JSON.stringify(body)).toContain('"bucketCounts":["1","2","1"],"explicitBounds":[1,2]');
});
