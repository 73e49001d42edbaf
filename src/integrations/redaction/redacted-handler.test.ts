import { expect, test } from "vitest";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import { Payload } from "../../expression/payload.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { createRedactor } from "./create-redactor.ts";
import { redactedHandler } from "./redacted-handler.ts";

const http = "arn:aws:states:::http:invoke";
const lambda = "arn:aws:lambda:eu-west-1:123456789012:function:f";

function handler(outcome: TaskOutcome): TaskHandler {
  return redactedHandler(
    {
      handles: () => true,
      async run(_, control) {
        await control.submitted(Payload.ofValue("of canary-1"));
        return outcome;
      },
    },
    createRedactor(["canary-1", "1234567"]),
  );
}

async function run(arn: string, outcome: TaskOutcome, trace?: TaskControl["trace"]) {
  const { resource } = parseResource(arn);
  const submitted: string[] = [];
  const control: TaskControl = {
    signal: new AbortController().signal,
    submitted: async ({ text }) => void submitted.push(text),
    ...(trace && { trace }),
  };
  const seen = await handler(outcome).run({ resource } as unknown as TaskRequest, control);
  return { seen: seen.type === "succeeded" ? seen.output.text : seen, submitted };
}

const succeeded = (text: string): TaskOutcome => ({
  type: "succeeded",
  output: Payload.ofText(text),
});

test("errors of every task are hidden", async () => {
  const failed = { type: "failed", error: "Of.canary-1", cause: '{"a":"canary-1"}' } as const;
  for (const arn of [http, lambda]) {
    expect((await run(arn, failed)).seen).toEqual({
      type: "failed",
      error: "Of.********",
      cause: '{"a":"********"}',
    });
    const rejected = { type: "rejected", cause: "canary-1" } as const;
    expect((await run(arn, rejected)).seen).toEqual({ ...rejected, cause: "********" });
  }
});

test("outputs are hidden of what is called with secrets of the configuration, and are others' data elsewhere", async () => {
  const text = '{"a":["canary-1"],"n":1.0}';
  expect(await run(http, succeeded(text))).toEqual({
    seen: '{"a":["********"],"n":1.0}',
    submitted: ['"of ********"'],
  });
  expect(await run(lambda, succeeded(text))).toEqual({ seen: text, submitted: ['"of canary-1"'] });
});

test("JSON that spells characters by their numbers hides nothing, and a number is no secret", async () => {
  expect((await run(http, succeeded('["c\\u0061nary-1"]'))).seen).toBe('["********"]');
  const text = '{"n":1234567,"m":1.0,"u":"\\u00fc"}';
  expect((await run(http, succeeded(text))).seen).toBe(text);
});

test("whoever may see secrets is shown them", async () => {
  const trace = { revealSecrets: true, exchanged() {} };
  const { seen } = await run(http, succeeded('["canary-1"]'), trace);
  expect(seen).toBe('["canary-1"]');
});
