import { expect, test } from "vitest";
import { ConvertDesk } from "../../src/console/designer/convert/convert-desk.ts";

const request = {} as Parameters<ConvertDesk["convert"]>[1];

function desk() {
  const asked: string[] = [];
  const access = {
    may(action: string, resource: string) {
      asked.push(`${action} ${resource}`);
      return Promise.resolve();
    },
  };
  return { asked, desk: new ConvertDesk(access) };
}

const definition = JSON.stringify({
  StartAt: "P",
  States: {
    P: {
      Type: "Parallel",
      Branches: [{ StartAt: "I", States: { I: { Type: "Pass", OutputPath: "$.a", End: true } } }],
      End: true,
    },
  },
});

test("a whole definition is converted by edits of it", async () => {
  const { asked, desk: convert } = desk();
  expect(await convert.convert({ definition }, request)).toEqual({
    edits: [
      { type: "insert", path: ["QueryLanguage"], value: "JSONata" },
      {
        type: "rename",
        path: ["States", "P", "Branches", 0, "States", "I", "OutputPath"],
        name: "Output",
      },
      {
        type: "set",
        path: ["States", "P", "Branches", 0, "States", "I", "Output"],
        value: "{% $states.input.a %}",
      },
    ],
    notes: [],
    converted: 2,
    left: 0,
  });
  expect(asked).toEqual(["states:ValidateStateMachineDefinition *"]);
});

test("one state is converted alone, and says its language", async () => {
  const state = ["States", "P", "Branches", 0, "States", "I"];
  const { edits, converted } = await desk().desk.convert({ definition, state }, request);
  expect(converted).toBe(1);
  expect(edits[0]).toEqual({
    type: "insert",
    path: [...state, "QueryLanguage"],
    value: "JSONata",
    after: "Type",
  });
});

test.each([
  [{}, "definition must be a string."],
  [{ definition: "{" }, "definition is not JSON"],
  [{ definition: "[]" }, "definition must be a JSON object."],
  [{ definition: " ".repeat(1_048_577) }, "at most 1048576 characters"],
  [{ definition, state: "P" }, "state must be a list of names and positions."],
  [{ definition, state: ["States", "Q"] }, "There is no state at that place"],
  [{ definition, state: ["States", "P", "Branches", 0] }, "There is no state at that place"],
])("what is no request is refused: %#", async (body, message) => {
  await expect(desk().desk.convert(body, request)).rejects.toThrow(message);
});
