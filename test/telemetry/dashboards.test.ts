import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metricSeries } from "../../src/telemetry/counting/metric-series.ts";
import { WorkflowCounts } from "../../src/telemetry/counting/workflow-counts.ts";
import { statesFigures } from "../../src/telemetry/prometheus/states-figures.ts";

/** Every name that statesFigures can give, of a workflow in which everything happened. */
function statesNames(): readonly string[] {
  const counts = new WorkflowCounts({
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:All",
    type: "EXPRESS",
  });
  counts.started = counts.redriven = 1;
  for (const status of ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const) {
    counts.ended[status] = counts.redrivenEnded[status] = 1;
  }
  for (const tally of [counts.executionTime, counts.billedDuration, counts.billedMemory]) {
    tally.add(1);
  }
  for (const kind of ["activity", "lambda", "service"] as const) {
    const task = counts.task({ kind, group: kind, resource: "r" });
    task.scheduled = task.started = task.succeeded = task.failed = task.timedOut = 1;
    for (const tally of [task.runTime, task.scheduleTime, task.time]) tally.add(1);
  }
  return statesFigures(metricSeries(counts)).map(({ name }) => name);
}

test("dashboards and alert rules ask for nothing of AWS/States that is not there", () => {
  const known = new Set(statesNames());
  for (const file of readdirSync("dashboards")) {
    const text = readFileSync(`dashboards/${file}`, "utf8");
    const asked = text.match(/stepwell_aws_states_\w+/g) ?? [];
    for (const name of asked) expect(known, `${file}: ${name}`).toContain(name);
    if (file.endsWith(".json")) expect(JSON.parse(text)).toHaveProperty("panels");
  }
});
