import { expect, test } from "vitest";
import { parseSingleState } from "../../asl/parse-single-state.ts";
import { contextObject } from "./context-object.ts";

function task(resource: string) {
  const { state } = parseSingleState(
    JSON.stringify({
      Type: "Task",
      Resource: `arn:aws:states:::${resource}`,
      Parameters: { StateMachineArn: "m" },
      End: true,
    }),
  );
  return state!;
}

const plain = task("states:startExecution");

test("it is handed on as it is, whatever of it is missing", () => {
  const context = {
    Execution: { Input: [1], RedriveCount: 1 },
    State: {},
    StateMachine: { Id: "m" },
  };
  expect(contextObject(JSON.stringify(context), plain)).toEqual(context);
  expect(contextObject("{}", plain)).toEqual({});
});

test("only what waits for an outcome has a token", () => {
  const text = '{"Task":{"Token":"t"}}';
  expect(contextObject(text, task("states:startExecution.sync:2"))).toEqual({
    Task: { Token: "t" },
  });
  expect(() => contextObject(text, plain)).toThrow("contains 'Task' when state is not");
});

test.each([
  ["[]", "Context object must be a JSON object"],
  ["{", "Context object must be valid JSON"],
  ['{"Map":{"Item":1}}', "'Map' field is not supported when mocking a Context object"],
  ['{"__proto__":{}}', "Field '__proto__' is not allowed"],
  ['{"Execution":1}', "Execution must be an object"],
  ['{"Execution":{"Name":null}}', "Execution.Name must be a string"],
  ['{"State":{"RetryCount":"1"}}', "State.RetryCount must be a number"],
  ['{"State":{"toString":"1"}}', "Field 'State.toString' is not allowed"],
])("%s is refused", (text, message) => {
  expect(() => contextObject(text, plain)).toThrow(`Invalid Context object provided: ${message}`);
});
