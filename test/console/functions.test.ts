import { expect, test } from "vitest";
import { FunctionDesk } from "../../src/console/functions/function-desk.ts";
import { nothingPrinted } from "../../src/console/function-logs/function-log-desk.ts";
import { ServiceCalls } from "../../src/console/service-calls.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import {
  type ServiceAnswer,
  ServiceError,
  type ServiceInput,
} from "../../src/ports/service-api.ts";

const request = {} as Parameters<FunctionDesk["printed"]>[1];
const greet = "arn:aws:lambda:eu-west-1:123456789012:function:greet:live";

function looking(answer: () => ServiceAnswer) {
  const called: { readonly name: string; readonly input: ServiceInput }[] = [];
  const asked: string[] = [];
  const calls = new ServiceCalls({
    scope: scopeOf("eu-west-1", "123456789012"),
    services: {
      isOff: () => false,
      async call(service, operation, input) {
        called.push({ name: `${service}:${operation}`, input });
        return answer();
      },
      isOff: () => false,
    },
  });
  const desk = new FunctionDesk({
    calls,
    access: {
      async may(action, resource) {
        asked.push(`${action} ${resource}`);
      },
    },
    clock: { now: () => 0 },
    logs: { ...nothingPrinted, printedLast: (name) => `${name} was here` },
  });
  return { desk, calls, called, asked };
}

test("a function is called by Lambda's own operation, and its log is read", async () => {
  const { desk, called } = looking(() => ({
    status: 200,
    payload: Buffer.from('{"errorType":"E"}'),
    headers: {
      "X-Amz-Function-Error": "Unhandled",
      "X-Amz-Executed-Version": "3",
      "X-Amz-Log-Result": Buffer.from("it printed").toString("base64"),
    },
  }));
  expect(await desk.invoke(greet, { payload: '{"a":1}' }, request)).toEqual({
    statusCode: 200,
    payload: '{"errorType":"E"}',
    functionError: "Unhandled",
    version: "3",
    log: "it printed",
    durationMs: 0,
  });
  expect(called).toMatchObject([
    { name: "lambda:Invoke", input: { members: { FunctionName: greet, LogType: "Tail" } } },
  ]);
  expect(Buffer.from(called[0]?.input.payload ?? []).toString()).toBe('{"a":1}');
  await expect(desk.invoke(greet, { payload: 7 }, request)).rejects.toThrow("'payload'");
});

test("what it printed is asked for as its log group would be", async () => {
  const { desk, asked } = looking(() => ({}));
  expect(await desk.printed(greet, request)).toEqual({ text: "greet was here" });
  expect(asked).toEqual([
    "logs:FilterLogEvents arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/greet",
  ]);
});

test("pages call the services that they show, and no others; what these refuse keeps its name", async () => {
  const { calls, called } = looking(() => {
    throw new ServiceError("ConflictException", "It is there.", 409);
  });
  await expect(calls.ofPage("s3:GetObject", {}, request)).rejects.toThrow("'s3'");
  await expect(calls.ofPage("events:PutRule", [], request)).rejects.toThrow("an object");
  expect(called).toEqual([]);
  await expect(calls.ofPage("events:PutRule", {}, request)).rejects.toMatchObject({
    code: "ConflictException",
    statusCode: 409,
  });
});
