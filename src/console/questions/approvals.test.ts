import { expect, test } from "vitest";
import { parseJson } from "../../expression/parse-json.ts";
import { Payload } from "../../expression/payload.ts";
import { approvalAnswer, approvalsOf } from "./approvals.ts";
import { askedQuestion } from "./asked-question.ts";
import type { ExecutionFold } from "../execution/execution-fold.ts";
import type { LiveExecution } from "../execution/live-executions.ts";

const token = "c2VhbGVkLXRva2VuLW9mLXRoZS10YXNr";
const record = {
  executionArn: "arn:aws:states:us-east-1:000000000000:execution:orders:one",
  stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:orders",
  name: "one",
};

/** An execution in which one task waits. */
function waiting(parameters: unknown, others: object = {}, attempt: object = {}): LiveExecution {
  const task = {
    type: "task",
    taskId: 5,
    kind: "service",
    callback: true,
    started: true,
    parameters: Payload.ofText(JSON.stringify(parameters)),
    scheduledAt: 1_000,
    aliveAt: undefined,
    timeoutSeconds: undefined,
    heartbeatSeconds: undefined,
    ...others,
  };
  const visit = {
    key: "/Ask",
    name: "Ask",
    status: "waiting",
    resource: "lambda:invoke.waitForTaskToken",
    attempts: [{ id: 5, scheduledAt: 1_000, submittedAt: 1_010, status: "waiting", ...attempt }],
  };
  const fold = {
    visits: (wanted: (each: typeof visit) => boolean) => {
      const visits = [visit].filter((each) => wanted(each));
      return { visits, total: visits.length };
    },
    waitingTask: (id: number) => (id === 5 ? task : undefined),
  };
  return { record, type: "STANDARD", fold: fold as unknown as ExecutionFold } as LiveExecution;
}

function approvalOf(live: LiveExecution, comment?: string) {
  return approvalsOf(
    live,
    "orders",
    () => comment,
    () => token,
  )[0];
}

test("a task token is shown nowhere, however deep in the parameters it is", () => {
  const approval = approvalOf(
    waiting({
      FunctionName: "ask",
      Payload: { link: `https://example.com/?t=${token}`, nested: [{ taskToken: token }] },
      MessageBody: JSON.stringify({ token }),
    }),
  );
  expect(JSON.stringify(approval)).not.toContain(token);
  expect(approval?.parameters).toContain("••••••");
});

test("the token of another task is hidden by the name of its member", () => {
  const other = "YW5vdGhlci10b2tlbi1vZi1hbm90aGVy";
  const approval = approvalOf(waiting({ Payload: { callbackToken: other, text: "Go?" } }));
  expect(JSON.stringify(approval)).not.toContain(other);
  expect(approval?.text).toBe("Go?");
});

test("numbers that a double cannot hold stay as they were sent", () => {
  const parameters = Payload.ofText(`{"Payload":{"id":12345678901234567890,"t":"${token}"}}`);
  const approval = approvalOf(waiting({}, { parameters }));
  expect(approval?.parameters).toContain("12345678901234567890");
  expect(approval?.facts[0]).toEqual({ name: "id", value: "12345678901234567890" });
});

test("a state that says nothing is called by its name and explained by its comment", () => {
  const approval = approvalOf(waiting({ Payload: {} }), "Somebody has to agree.");
  expect(approval).toMatchObject({ title: "Ask", text: "Somebody has to agree." });
});

test("what no function or queue has been told yet is not asked yet", () => {
  expect(approvalOf(waiting({}, {}, { submittedAt: undefined }))).toBeUndefined();
});

test("an activity's task says whether a worker has taken it", () => {
  const activity = { kind: "activity", callback: false, started: false };
  expect(approvalOf(waiting({}, activity, { submittedAt: undefined }))?.isTaken).toBe(false);
});

test("it is due when the first of its time-outs is over", () => {
  const both = { timeoutSeconds: 60, heartbeatSeconds: 10 };
  expect(approvalOf(waiting({}, both))?.due).toBe(61_000);
  expect(approvalOf(waiting({}, { ...both, aliveAt: 20_000 }))?.due).toBe(30_000);
  expect(approvalOf(waiting({}))?.due).toBeUndefined();
});

const question = { title: "Refund", text: "Broken leg", amount: 12 };
test.each([
  ["lambda:invoke", { FunctionName: "f", Payload: question }],
  ["lambda:invoke with a text", { FunctionName: "f", Payload: JSON.stringify(question) }],
  ["sqs:sendMessage", { QueueUrl: "q", MessageBody: question }],
  ["sqs:sendMessage with a text", { QueueUrl: "q", MessageBody: JSON.stringify(question) }],
  ["sns:publish", { TopicArn: "t", Message: JSON.stringify(question) }],
  ["events:putEvents", { Entries: [{ Detail: question, DetailType: "d", Source: "s" }] }],
  ["states:startExecution", { StateMachineArn: "a", Input: question }],
  ["an activity", question],
])("the question is found in what %s is given", (_name, parameters) => {
  expect(askedQuestion(parseJson(JSON.stringify(parameters)))).toEqual({
    title: "Refund",
    text: "Broken leg",
    facts: [{ name: "amount", value: "12" }],
  });
});

test("a plain message is the text, under the subject of its topic", () => {
  const parameters = { TopicArn: "t", Subject: "Please decide", Message: "Line 1\nLine 2" };
  expect(askedQuestion(parameters)).toEqual({
    title: "Please decide",
    text: "Line 1\nLine 2",
    facts: [],
  });
});

test("the schema of the answer is taken, and is no fact", () => {
  const schema = { type: "object", properties: { ok: { type: "boolean" } } };
  expect(askedQuestion({ Payload: { schema, order: { id: "A" } } })).toEqual({
    schema,
    facts: [{ name: "order.id", value: "A" }],
  });
});

test("an answer is an output or a failure, not both and not neither", () => {
  const task = { executionArn: record.executionArn, taskId: 5 };
  expect(approvalAnswer({ ...task, output: "{}" })).toEqual({ ...task, output: "{}" });
  expect(approvalAnswer({ ...task, error: "No" })).toEqual({ ...task, error: "No" });
  for (const given of [
    task,
    { ...task, output: "{}", error: "No" },
    { ...task, output: 1 },
    null,
  ]) {
    expect(() => approvalAnswer(given)).toThrow("An answer has");
  }
});
