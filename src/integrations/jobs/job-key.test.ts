import { expect, test } from "vitest";
import { jobKey } from "./job-key.ts";
import { statusAt } from "./status-at.ts";

test("a job is named by what its submission answered and what its parameters say", () => {
  const submission = { Tasks: [{ TaskArn: "arn" }], Failures: [] };
  const parameters = { Cluster: "c", TaskDefinition: "t" };
  const key = { Cluster: "parameters.Cluster", Task: "submission.Tasks.0.TaskArn" } as const;
  expect(jobKey({ key }, submission, parameters)).toEqual({ Cluster: "c", Task: "arn" });
  expect(jobKey({ key }, { Tasks: [] }, {})).toEqual({});
  expect(jobKey({ key: { A: "submission.constructor" } }, submission, parameters)).toEqual({});
});

test.each([
  [{ Job: { State: "DONE" } }, "succeeded"],
  [{ Job: { State: "BROKEN" } }, "failed"],
  [{ Job: { State: "a word that came later" } }, "running"],
  [{ Job: {} }, "running"],
  [{}, "running"],
])("a job described as %j is %s", (described, status) => {
  const words = { succeeded: ["DONE"], failed: ["BROKEN"] };
  expect(statusAt("Job.State", words)(described)).toBe(status);
});
