import { expect, test } from "vitest";
import type { ActionCatalogue } from "../../../../../../src/console/view-types.ts";
import { calledAction, resourceOf } from "./task-action.ts";

const availability = { to: "here" } as const;
const catalogue: ActionCatalogue = {
  services: [
    {
      service: "sqs",
      title: "SQS",
      kind: "optimized",
      availability,
      actions: [
        {
          id: "sqs:sendMessage",
          apiName: "SendMessage",
          resources: {
            requestResponse: "arn:aws:states:::sqs:sendMessage",
            waitForTaskToken: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          },
        },
      ],
    },
    {
      service: "stepwell",
      title: "Stepwell",
      kind: "own",
      availability,
      actions: [
        {
          id: "stepwell:webhook",
          apiName: "Webhook",
          resources: { waitForTaskToken: "arn:stepwell:states:::webhook.waitForTaskToken" },
        },
      ],
    },
    {
      service: "lambda",
      title: "Lambda",
      kind: "optimized",
      availability,
      actions: [{ id: "lambda:function", apiName: "function", resources: {}, picks: "function" }],
    },
  ],
};

test("an action is known by its resource, with its pattern", () => {
  const found = calledAction("arn:aws:states:::sqs:sendMessage.waitForTaskToken", catalogue);
  expect(found).toMatchObject({ id: "sqs:sendMessage", pattern: "waitForTaskToken" });
  expect(found?.patterns).toEqual(["requestResponse", "waitForTaskToken"]);
});

test("a function's own ARN is a call of it, and no other action", () => {
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:Charge";
  expect(calledAction(arn, catalogue)).toMatchObject({ id: "lambda:function", patterns: [] });
  expect(calledAction("arn:aws:lambda:us-east-1:000000000000:layer:x", catalogue)).toBeUndefined();
});

test("operations of the SDK are known without the catalogue", () => {
  const arn = "arn:aws:states:::aws-sdk:s3:listBuckets.waitForTaskToken";
  expect(calledAction(arn, catalogue)).toMatchObject({
    id: "aws-sdk:s3:listBuckets",
    pattern: "waitForTaskToken",
  });
  expect(resourceOf("aws-sdk:s3:listBuckets", catalogue, "waitForTaskToken")).toBe(arn);
});

test("another action keeps the pattern that it has, else it takes its first", () => {
  expect(resourceOf("sqs:sendMessage", catalogue, "waitForTaskToken")).toContain(".waitForTask");
  expect(resourceOf("sqs:sendMessage", catalogue, "sync")).toBe("arn:aws:states:::sqs:sendMessage");
  expect(resourceOf("stepwell:webhook", catalogue)).toContain("webhook.waitForTaskToken");
  expect(resourceOf("lambda:function", catalogue)).toBeUndefined();
  expect(resourceOf("odd", catalogue)).toBeUndefined();
});
