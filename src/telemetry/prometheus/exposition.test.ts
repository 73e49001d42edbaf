import { expect, test } from "vitest";
import { exposition } from "./exposition.ts";
import { statesFigures } from "./states-figures.ts";

test("counters, gauges and histograms are written with escaped labels", () => {
  const text = exposition([
    {
      name: "calls_total",
      help: "Calls",
      type: "counter",
      samples: [{ labels: { name: 'a"b\\c\nd' }, value: 3 }],
    },
    { name: "none", help: "", type: "gauge", samples: [] },
    {
      name: "took_seconds",
      help: "Took",
      type: "histogram",
      samples: [
        {
          labels: {},
          count: 2,
          sum: 1.5,
          buckets: [
            { bound: 1, count: 1 },
            { bound: Number.POSITIVE_INFINITY, count: 2 },
          ],
        },
      ],
    },
  ]);
  expect(text).toBe(
    [
      "# HELP calls_total Calls",
      "# TYPE calls_total counter",
      String.raw`calls_total{name="a\"b\\c\nd"} 3`,
      "# HELP took_seconds Took",
      "# TYPE took_seconds histogram",
      'took_seconds_bucket{le="1"} 1',
      'took_seconds_bucket{le="+Inf"} 2',
      "took_seconds_sum 1.5",
      "took_seconds_count 2",
      "",
    ].join("\n"),
  );
});

test("AWS's metrics have names and labels of Prometheus", () => {
  const of = (name: string) => ({
    region: "us-east-1",
    namespace: "AWS/States",
    name,
    dimensions: { StateMachineArn: "arn" },
    statistics: { count: 2, sum: 30, min: 10, max: 20 },
  });
  const figures = statesFigures([of("ExecutionsStarted"), of("ExecutionTime")]);
  expect(figures.map(({ name, samples }) => [name, samples])).toEqual([
    [
      "stepwell_aws_states_executions_started_total",
      [{ labels: { state_machine_arn: "arn" }, value: 30 }],
    ],
    [
      "stepwell_aws_states_execution_time_milliseconds_sum",
      [{ labels: { state_machine_arn: "arn" }, value: 30 }],
    ],
    [
      "stepwell_aws_states_execution_time_milliseconds_count",
      [{ labels: { state_machine_arn: "arn" }, value: 2 }],
    ],
  ]);
});

test("how much there is, is a gauge with the newest value", () => {
  const level = {
    region: "us-east-1",
    namespace: "AWS/States",
    name: "OpenExecutionCount",
    dimensions: {},
    statistics: { count: 1, sum: 7, min: 7, max: 7 },
  };
  expect(statesFigures([level])).toEqual([
    {
      name: "stepwell_aws_states_open_execution_count",
      help: "AWS/States OpenExecutionCount",
      type: "gauge",
      samples: [{ labels: {}, value: 7 }],
    },
  ]);
});
