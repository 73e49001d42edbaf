import { expect, test } from "vitest";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import { standInFinder } from "./match-resource.ts";

function resourceOf(name: string): TaskRequest["resource"] {
  const { resource } = parseResource(`arn:aws:states:::${name}`);
  if (resource === undefined || resource.kind === "activity") throw new Error(name);
  return resource;
}

const find = standInFinder({
  "*": { result: "any" },
  "ecs:*": { result: "ecs" },
  "ecs:runTask": { result: "runTask" },
  "ecs:runTask.sync": { result: "runTask.sync" },
  "arn:aws:states:::sns:publish": { result: "sns" },
  "aws-sdk:s3:*": { result: "s3" },
  "aws-sdk:s3:get*": { result: "s3 get" },
});

test.each([
  ["ecs:runTask.sync", "runTask.sync"],
  ["ecs:runTask", "runTask"],
  ["ecs:runTask.waitForTaskToken", "runTask"],
  ["sns:publish.waitForTaskToken", "sns"],
  ["aws-sdk:s3:putObject", "s3"],
  ["aws-sdk:s3:getObject", "s3 get"],
  ["aws-sdk:s3control:getJobTagging", "any"],
  ["states:startExecution.sync:2", "any"],
])("%s is the business of %s", (name, result) => {
  expect(find(resourceOf(name))).toEqual({ result });
});

test("a pattern is a name as it stands, and functions have none", () => {
  const only = standInFinder({ "s.s:publish": { result: 1 }, "sns:pub": { result: 2 } });
  expect(only(resourceOf("sns:publish"))).toBeUndefined();
  expect(find({ kind: "lambda", arn: "arn:aws:lambda:r:a:function:f" })).toBeUndefined();
});
