import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  ApiError,
  createStepwell,
  type StepwellOptions,
  type Stepwell,
  TaskFailed,
} from "../../src/embedding/stepwell.ts";

async function opened(options: StepwellOptions = {}): Promise<Stepwell> {
  const stepwell = await createStepwell(options);
  onTestFinished(() => stepwell.close(0));
  return stepwell;
}

const greeting = {
  QueryLanguage: "JSONata",
  StartAt: "Greet",
  States: {
    Greet: { Type: "Pass", Output: { text: "{% 'Hello ' & $states.input.name %}" }, End: true },
  },
};

const charging = {
  StartAt: "Charge",
  States: {
    Charge: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "charge:live", "Payload.$": "$" },
      OutputPath: "$.Payload",
      End: true,
    },
  },
};

test("an execution runs in this process, without a server", async () => {
  const stepwell = await opened();
  expect(await stepwell.deploy("greet", greeting)).toBe(
    "arn:aws:states:us-east-1:000000000000:stateMachine:greet",
  );
  expect(await stepwell.run("greet", { name: "Ada" })).toMatchObject({
    status: "SUCCEEDED",
    output: { text: "Hello Ada" },
  });
  expect(stepwell.url).toBeUndefined();
});

test("what is deployed twice is updated, and an Express workflow answers at once", async () => {
  const stepwell = await opened();
  await stepwell.deploy("greet", charging, { type: "EXPRESS" });
  const arn = await stepwell.deploy("greet", JSON.stringify(greeting));
  const { status, output, executionArn } = await stepwell.run(arn, { name: "Grace" });
  expect({ status, output }).toEqual({ status: "SUCCEEDED", output: { text: "Hello Grace" } });
  expect(executionArn).toContain(":express:greet:");
});

test("a function of this process is called by its name, in an ARN and by lambda:invoke, and fails its task by what it throws", async () => {
  const stepwell = await opened({
    functions: {
      charge(event, { stateName }) {
        const { total } = event as { readonly total: number };
        if (total < 0) throw new TaskFailed("Declined", "no such money");
        if (total === 0) throw new TypeError("nothing to charge");
        return { paid: total, stateName };
      },
    },
  });
  await stepwell.deploy("charge", charging);
  await stepwell.deploy("direct", {
    StartAt: "Direct",
    States: {
      Direct: {
        Type: "Task",
        Resource: "arn:aws:lambda:us-east-1:000000000000:function:charge",
        End: true,
      },
    },
  });
  expect(await stepwell.run("charge", { total: 7 })).toMatchObject({
    output: { paid: 7, stateName: "Charge" },
  });
  expect(await stepwell.run("direct", { total: 8 })).toMatchObject({
    output: { paid: 8, stateName: "Direct" },
  });
  expect(await stepwell.run("charge", { total: -1 })).toMatchObject({
    status: "FAILED",
    error: "Declined",
    cause: "no such money",
  });
  expect(await stepwell.run("direct", { total: 0 })).toMatchObject({ error: "TypeError" });
});

test("a caller's mistake is AWS's error", async () => {
  const stepwell = await opened();
  await expect(
    stepwell.call("DescribeExecution", { executionArn: "nowhere" }),
  ).rejects.toBeInstanceOf(ApiError);
  await expect(stepwell.run("nothing")).rejects.toMatchObject({ code: "StateMachineDoesNotExist" });
  await expect(stepwell.deploy("bad", { StartAt: "A" })).rejects.toMatchObject({
    code: "InvalidDefinition",
  });
});

test("what is in a folder is there when it is opened again, and the API is served where a port is asked for", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "stepwell-embedded-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await createStepwell({ dataDir });
  await first.deploy("greet", greeting);
  const { executionArn } = await first.run("greet", { name: "Ada" });
  await first.close();

  const second = await opened({ dataDir, listen: {} });
  const response = await fetch(second.url ?? "", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": "AWSStepFunctions.DescribeExecution",
    },
    body: JSON.stringify({ executionArn }),
  });
  expect(await response.json()).toMatchObject({ status: "SUCCEEDED", name: expect.any(String) });
});

test("who waits for an execution is told when all is closed", async () => {
  const stepwell = await createStepwell();
  await stepwell.deploy("wait", {
    StartAt: "Wait",
    States: { Wait: { Type: "Wait", Seconds: 3600, End: true } },
  });
  const running = stepwell.run("wait");
  const told = expect(running).rejects.toThrow("The Stepwell was closed.");
  await expect
    .poll(() => stepwell.call("ListExecutions", { stateMachineArn: arnOfWait }))
    .toMatchObject({ executions: [{ status: "RUNNING" }] });
  await stepwell.close(0);
  await told;
});

const arnOfWait = "arn:aws:states:us-east-1:000000000000:stateMachine:wait";
