import { expect, test } from "vitest";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { harness, type ServiceResource } from "./task-handler-harness.ts";

function ownResource(name: string): ServiceResource {
  const { resource } = parseResource(`arn:stepwell:states:::${name}`);
  if (resource === undefined || resource.kind === "activity") throw new Error(name);
  return resource;
}

const run = ownResource("run");
const commands = {
  copy: { command: ["cat"] },
  words: {
    command: 'for word; do echo "$word"; done; echo "$GREETING $NAME"',
    environment: { GREETING: "hello", NAME: "?" },
  },
};

function outputOf(outcome: TaskOutcome): JsonValue | TaskOutcome {
  return outcome.type === "succeeded" ? outcome.output.value : outcome;
}

test("a command of the configuration has its input, and its output is the result", async () => {
  const made = harness({ commands });
  const Input = { id: 7, items: [1] };
  expect(outputOf(await made.run(run, { Command: "copy", Input }))).toEqual(Input);
  expect(made.submitted).toEqual([]);
  expect(outputOf(await made.run(ownResource("run.sync"), { Command: "copy", Input }))).toEqual(
    Input,
  );
  expect(made.submitted).toEqual([{ JobId: expect.any(String) as string }]);
});

test("arguments and variables come from the task, and are no shell's words", async () => {
  const parameters = {
    Command: "words",
    Arguments: ["a b", "$(touch x)", 3],
    Environment: { NAME: "you; exit 1" },
  };
  expect(outputOf(await harness({ commands }).run(run, parameters))).toBe(
    "a b\n$(touch x)\n3\nhello you; exit 1",
  );
});

test("a command that the configuration does not have fails, and says which it has", async () => {
  expect(await harness({ commands }).run(run, { Command: "rm" })).toMatchObject({
    error: "States.TaskFailed",
    cause: "The configuration has no command 'rm' under commands: there are copy, words.",
  });
});

test.each([
  [{}, "The field 'Command' is required but was missing"],
  [{ Command: ["rm"] }, "The value of the field 'Command' has an invalid format"],
  [{ Command: "copy", Shell: 1 }, "The field 'Shell' is not supported by Step Functions"],
  [
    { Command: "copy", Environment: { "LD_PRELOAD=x": "" } },
    "The value of the field 'Environment' has an invalid format",
  ],
])("parameters %j are refused", async (parameters, problem) => {
  expect(await harness({ commands }).run(run, parameters)).toMatchObject({
    type: "rejected",
    cause: expect.stringContaining(problem) as string,
  });
});

test("the names of what is ours belong to our prefix alone", () => {
  for (const arn of [
    "arn:aws:states:::stepwell:run",
    "arn:stepwell:states:::remove",
    "arn:stepwell:states:::run.waitForTaskToken",
    "arn:stepwell:states:us-east-1:000000000000:run",
  ]) {
    expect(parseResource(arn).resource).toBeUndefined();
  }
});
