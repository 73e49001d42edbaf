import { expect, test } from "vitest";
import type { PipeRecord } from "../../../../src/triggers/pipes/pipe-record.ts";
import {
  changeable,
  fieldsOfSource,
  type GivenPipe,
  givenOf,
  type StoredPipe,
} from "./pipe-calls.ts";
import { exampleOfSource, previewPipe } from "./pipe-preview.ts";
import type { GivenRoute } from "./route-calls.ts";
import { examplePath, previewRoute, routeProblem } from "./route-preview.ts";

const queue = "arn:aws:sqs:us-east-1:123456789012:incoming";
const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";

const stored: StoredPipe = {
  Arn: "arn:aws:pipes:us-east-1:123456789012:pipe/orders",
  Name: "orders",
  DesiredState: "RUNNING",
  Source: queue,
  SourceParameters: {
    SqsQueueParameters: { BatchSize: 5 },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
  },
  EnrichmentParameters: { InputTemplate: "<$.body>" },
  Target: machine,
  TargetParameters: {
    InputTemplate: '{"id": <$.body.id>}',
    StepFunctionStateMachineParameters: { InvocationType: "FIRE_AND_FORGET" },
  },
  RoleArn: "arn:aws:iam::123456789012:role/pipe",
  Tags: {},
};

test("the form of a pipe changes what it says, and keeps what it does not know", () => {
  const given = givenOf(stored);
  expect(given).toMatchObject({ batchSize: "5", windowSeconds: "", waits: false });
  const changed: GivenPipe = {
    ...given,
    batchSize: "",
    windowSeconds: "30",
    patterns: [],
    waits: true,
  };
  expect(changeable(changed, stored)).toMatchObject({
    SourceParameters: {
      SqsQueueParameters: { MaximumBatchingWindowInSeconds: 30 },
      FilterCriteria: { Filters: [] },
    },
    EnrichmentParameters: { InputTemplate: "<$.body>" },
    TargetParameters: {
      InputTemplate: '{"id": <$.body.id>}',
      StepFunctionStateMachineParameters: { InvocationType: "REQUEST_RESPONSE" },
    },
  });
  expect(changeable(changed, stored).SourceParameters?.SqsQueueParameters).not.toHaveProperty(
    "BatchSize",
  );
  expect(fieldsOfSource("arn:stepwell:postgres:::shop/channel/news")).toEqual([]);
});

const pipe = { ...stored, CreationTime: 0, LastModifiedTime: 0 } as PipeRecord;

test("an event is shown as the target of a pipe would be given it", () => {
  expect(previewPipe(pipe, exampleOfSource(queue), 0)).toEqual({
    type: "given",
    text: '[{"id":7}]',
  });
  const other = exampleOfSource(queue).replace("order", "other");
  expect(previewPipe(pipe, other, 0)).toEqual({ type: "dropped" });
  expect(previewPipe(pipe, "[]", 0)).toEqual({ type: "noEvent" });
  expect(previewPipe({ ...pipe, Enrichment: machine }, exampleOfSource(queue), 0)).toMatchObject({
    type: "enriched",
  });
  const broken = { FilterCriteria: { Filters: [{ Pattern: '{"body":"order"}' }] } };
  expect(previewPipe({ ...pipe, SourceParameters: broken }, "{}", 0)).toMatchObject({
    type: "invalid",
  });
});

const route: GivenRoute = {
  apiId: "a",
  apiName: "",
  origins: "",
  method: "POST",
  path: "/orders/{id}",
  does: "StartExecution",
  target: machine,
  roleArn: "arn:aws:iam::123456789012:role/web",
  input: "$request.body",
  executionName: "order-${request.path.id}",
  isSigned: false,
};

test("a request is shown as the call that its route would make", () => {
  expect(examplePath(route.path)).toBe("/orders/7");
  expect(previewRoute(route, { path: "/orders/7", body: '{"a":1}' })).toEqual({
    type: "call",
    operation: "StartExecution",
    input: JSON.stringify({ stateMachineArn: machine, input: '{"a":1}', name: "order-7" }),
  });
  expect(previewRoute(route, { path: "/orders", body: "" })).toEqual({ type: "other" });
  const refused = { ...route, executionName: "$request.header.Idempotency-Key" };
  expect(previewRoute(refused, { path: "/orders/7", body: "{}" })).toMatchObject({
    type: "refused",
    problem: expect.stringContaining("Unable to resolve property Name"),
  });
});

test("a route is refused by the page with the server's words", () => {
  expect(routeProblem(route)).toBeUndefined();
  expect(routeProblem({ ...route, path: "orders" })).toContain(
    "The provided route key is not formatted properly",
  );
  expect(routeProblem({ ...route, input: "$request.boddy" })).toContain(
    "Invalid mapping expression specified",
  );
});
