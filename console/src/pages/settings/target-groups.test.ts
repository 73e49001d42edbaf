import { expect, test } from "vitest";
import type { CallTarget } from "../../../../src/console/view-types.ts";
import { targetGroups } from "./target-groups.ts";

const target = (service: string, more: Partial<CallTarget> = {}): CallTarget => ({
  name: service,
  service,
  usedFor: "task",
  to: "nowhere",
  because: "there are no credentials",
  otherwise: "failure",
  ...more,
});
const groupsOf = (...targets: readonly CallTarget[]) =>
  targetGroups(targets).map((group) => [
    group.place,
    group.targets.map(({ service }) => service).join(" "),
    group.because,
  ]);

test("services that nobody answers for the same reason are one group", () => {
  expect(groupsOf(target("sqs"), target("sns"))).toEqual([
    ["nowhere", "sqs sns", "there are no credentials"],
  ]);
});

test("that each has a variable of its own does not part them", () => {
  const because = (service: string) => `no endpoint is named by AWS_ENDPOINT_URL_${service}`;
  const sqs = target("sqs", { because: because("SQS") });
  expect(groupsOf(sqs)[0]?.[2]).toBe(because("SQS"));
  expect(groupsOf(sqs, target("emr", { because: because("EMR_SERVERLESS") }))).toEqual([
    ["nowhere", "sqs emr", because("<SERVICE>")],
  ]);
});

test("what can be called comes first", () => {
  expect(
    groupsOf(
      target("sqs"),
      target("lambda", { otherwise: "local functions" }),
      target("sns", { to: "standIn", because: "http://127.0.0.1:4566 is configured" }),
    ).map(([place]) => place),
  ).toEqual(["standIn", "local", "nowhere"]);
});

test("packages that are missing are named together", () => {
  const missing = (service: string) =>
    target(service, { to: "notInstalled", because: `@aws-sdk/client-${service}` });
  expect(groupsOf(missing("eks"), missing("ecs"))).toEqual([
    ["notInstalled", "eks ecs", "@aws-sdk/client-eks, @aws-sdk/client-ecs"],
  ]);
});
