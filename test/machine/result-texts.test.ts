import { expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { Drive, machineOf } from "./drive.ts";

const pass = (name: string) => ({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });
const parallel = (name: string, ...branches: object[]) => ({
  StartAt: name,
  States: { [name]: { Type: "Parallel", Branches: branches, End: true } },
});

function outputText(definition: object, input: string): string | undefined {
  const drive = new Drive(machineOf(definition));
  drive.when({ type: "ExecutionStarted", input: Payload.ofText(input) });
  return drive.snapshot.output?.text;
}

test("a Parallel's result keeps the text of its branches, blanks as they were", () => {
  const input = "[[1, 2, 3], [4, 5, 6]]";
  expect(outputText(parallel("P", parallel("Q", pass("A"))), input)).toBe(`[[${input}]]`);
  expect(outputText(parallel("P", pass("A"), pass("B")), input)).toBe(`[${input},${input}]`);
});

test("a Map's result keeps the text of what its iterations return", () => {
  const drive = new Drive(
    machineOf({
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          ItemProcessor: {
            StartAt: "T",
            States: {
              T: {
                Type: "Task",
                Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
                End: true,
              },
            },
          },
          End: true,
        },
      },
    }),
  ).start([1]);
  const [taskId = 0] = drive.openTasks;
  drive.when({ type: "TaskSucceeded", taskId, output: Payload.ofText('{"a":  1.0 }') });
  expect(drive.snapshot.output?.text).toBe('[{"a":  1.0 }]');
});
