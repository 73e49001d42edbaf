import { expect, test } from "vitest";
import { isFunction, logPlaceOf } from "./log-place.ts";

test("a function is one by its ARN, by Invoke, and by the short form", () => {
  for (const resource of [
    "arn:aws:lambda:eu-west-1:123456789012:function:charge",
    "lambda:invoke.waitForTaskToken",
    "Lambda:charge",
  ]) {
    expect(isFunction(resource)).toBe(true);
  }
  expect(isFunction("aws-sdk:lambda:invoke")).toBe(false);
  expect(isFunction("sqs:sendMessage")).toBe(false);
});

test("other tasks are done by somebody who keeps the logs", () => {
  const activity = "arn:aws:states:eu-west-1:123456789012:activity:pack";
  expect(logPlaceOf(activity, undefined)).toEqual({ kind: "activity" });
  expect(logPlaceOf("http:invoke", undefined)).toEqual({ kind: "http" });
  expect(logPlaceOf("states:startExecution.sync:2", undefined)).toEqual({ kind: "execution" });
  expect(logPlaceOf("glue:startJobRun.sync", undefined)).toEqual({
    kind: "service",
    service: "AWS Glue",
    group: "/aws-glue/jobs/output",
  });
  expect(logPlaceOf("aws-sdk:s3:putObject", undefined)).toEqual({ kind: "service", service: "s3" });
});

test("a build names its own log group", () => {
  const sent = JSON.stringify({ ProjectName: "site" });
  expect(logPlaceOf("codebuild:startBuild.sync", sent)).toMatchObject({
    group: "/aws/codebuild/site",
  });
  expect(logPlaceOf("codebuild:startBuild", "no JSON")).not.toHaveProperty("group");
});
