import { expect, test } from "vitest";
import { triggerOf } from "./trigger-of.ts";

const execution = "arn:aws:states:eu-west-1:123456789012:execution:orders:one";

test("a schedule, a rule and a pipe are found by what is kept with the execution", () => {
  expect(triggerOf("schedule/default/nightly", execution)).toEqual({
    open: "arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly",
  });
  expect(triggerOf("rule/shop/placed", execution)).toEqual({
    tab: "rules",
    open: "arn:aws:events:eu-west-1:123456789012:rule/shop/placed",
  });
  expect(triggerOf("pipe/outbox", execution)).toEqual({
    tab: "pipes",
    open: "arn:aws:pipes:eu-west-1:123456789012:pipe/outbox",
  });
});

test("a route leads to the routes, and whoever is no trigger nowhere", () => {
  expect(triggerOf("shop POST /orders", execution)).toEqual({ tab: "routes" });
  expect(triggerOf("shop $default", execution)).toEqual({ tab: "routes" });
  expect(triggerOf("arn:aws:iam::123456789012:user/ada", execution)).toBeUndefined();
  expect(triggerOf(execution, execution)).toBeUndefined();
});
