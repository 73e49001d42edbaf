import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mockFile, readMockFile } from "../../src/console/designer/try/mock-file.ts";
import { readTestCases } from "../../src/console/designer/try/test-case.ts";
import type { TestCase } from "../../src/console/view-types.ts";
import { stepwell, temporaryFolder } from "./stepwell.ts";

const definition = {
  QueryLanguage: "JSONata",
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSON" },
        Arguments: { Bucket: "b", Key: "k" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
        StartAt: "Wait",
        States: {
          Wait: { Type: "Wait", Seconds: 60, Next: "Call" },
          Call: {
            Type: "Task",
            Resource: "arn:aws:states:::http:invoke",
            Arguments: {
              ApiEndpoint: "https://example.com",
              Method: "GET",
              Authentication: {
                ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/c/1",
              },
            },
            End: true,
          },
        },
      },
      Next: "Ask",
    },
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Arguments: { QueueUrl: "q", MessageBody: "{% $states.context.Task.Token %}" },
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3600 }],
      End: true,
    },
  },
};

const items = { "0": { Return: [1, 2] } };
const answered = { "0": { Return: { StatusCode: 200 } } };
const cases: readonly TestCase[] = [
  {
    name: "Good, \u00fcber all",
    input: { order: 7 },
    mocks: {
      Each: items,
      Call: answered,
      Ask: { "0-1": { Throw: { Error: "Busy" } }, "2": { Return: { by: "ada" } } },
    },
    expectation: { output: { by: "ada" }, path: ["Each", "Ask"] },
  },
  {
    name: "Refused",
    input: ["a text"],
    mocks: { Each: items, Call: answered, Ask: { "0": { Throw: { Error: "No", Cause: "c" } } } },
    expectation: { status: "FAILED", error: "No" },
  },
];

test("stepwell test runs the mock file of a workflow's test cases as it is, and it reads back as they were", async () => {
  const read = readTestCases(cases);
  const file = mockFile({ name: "orders", type: "STANDARD" }, read);
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "orders.mock.json"), file.text);
  writeFileSync(join(cwd, file.definitionFile), JSON.stringify(definition));
  const { status, stdout, stderr } = await stepwell(["test"], { cwd });
  expect(stderr).toBe("");
  expect(stdout).toContain("2 passed");
  expect(status).toBe(0);
  expect(readMockFile(file.text, "orders").cases).toEqual(cases);
});
