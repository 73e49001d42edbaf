import { describe, expect, test } from "vitest";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { readDefinition } from "../document/read-definition.ts";
import { applyEdits } from "../document/text-edits.ts";
import { copyStates, pasteText } from "./clipboard.ts";
import { deleteStates } from "./delete.ts";
import { duplicateStates } from "./duplicate.ts";
import { isRefused, type EditResult } from "./edit-result.ts";
import { addEntry, removeEntry, reorder } from "./entries.ts";
import { extractStates } from "./extract.ts";
import { setField, setWorkflowField } from "./fields.ts";
import { insertState } from "./insert.ts";
import { moveStates } from "./move.ts";
import { renameState } from "./rename.ts";
import { retarget } from "./retarget.ts";
import { unwrapState } from "./unwrap.ts";
import { wrapStates } from "./wrap.ts";

const definition = {
  StartAt: "A",
  States: {
    A: { Type: "Pass", Next: "Q" },
    Q: {
      Type: "Choice",
      Choices: [
        { Variable: "$.x", BooleanEquals: true, Next: "B" },
        { Variable: "$.y", BooleanEquals: true, Next: "E" },
      ],
      Default: "C",
    },
    B: {
      Type: "Task",
      Resource: "r",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "E" }],
      Next: "C",
    },
    C: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "I",
          States: { I: { Type: "Pass", Next: "J" }, J: { Type: "Pass", End: true } },
        },
      ],
      End: true,
    },
    E: { Type: "Fail" },
  },
};
const document = readDefinition(JSON.stringify(definition, null, 2));

/** The definition after an edit, with what it selects and leaves open. */
function after(result: EditResult, of: DefinitionDocument = document) {
  if (isRefused(result)) throw new Error(JSON.stringify(result));
  const made = readDefinition(applyEdits(of.text, result.edits), of.format);
  const value = made.value as {
    StartAt?: string;
    States: Readonly<Record<string, Record<string, unknown>>>;
  };
  return { value, states: value.States, select: result.select, open: result.open, text: made.text };
}

describe("inserting", () => {
  test("on an edge puts the state between its ends", () => {
    const { states, select, open } = after(
      insertState(
        document,
        { on: "edge", edge: "/Q|default" },
        { type: "Wait", fields: { Seconds: 1 } },
      ),
    );
    expect(states["Q"]).toMatchObject({ Default: "Wait" });
    expect(states["Wait"]).toEqual({ Type: "Wait", Seconds: 1, Next: "C" });
    expect({ select, open }).toEqual({ select: ["/Wait"], open: [] });
  });

  test("at the start, at the end and within an inner scope", () => {
    const pass = { type: "Pass", name: "A" };
    expect(after(insertState(document, { on: "start", scope: "" }, pass)).value).toMatchObject({
      StartAt: "A (2)",
      States: { "A (2)": { Next: "A" } },
    });
    expect(after(insertState(document, { on: "edge", edge: "/C|end" }, pass)).states).toMatchObject(
      {
        C: { Next: "A (2)" },
        "A (2)": { End: true },
      },
    );
    const inner = after(insertState(document, { on: "end", scope: "/C[0]" }, pass));
    expect(inner.select).toEqual(["/C[0]/A (2)"]);
    expect(inner.states["C"]).toMatchObject({
      Branches: [{ States: { J: { Next: "A (2)" }, "A (2)": { End: true } } }],
    });
  });

  test("on a Choice adds a rule, on a Parallel a branch, on a Task a Catcher", () => {
    const rule = after(
      insertState(document, { on: "rule", choice: "/Q", index: 0 }, { type: "Pass" }),
    );
    expect(rule.states["Q"]?.["Choices"]).toMatchObject([
      { Next: "Pass" },
      { Next: "B" },
      { Next: "E" },
    ]);
    expect(rule.open).toEqual([{ code: "toFill", key: "/Q", end: "choice:0", name: "Variable" }]);
    const branch = after(insertState(document, { on: "branch", parallel: "/C" }, { type: "Pass" }));
    expect(branch.select).toEqual(["/C[1]/Pass"]);
    const caught = after(insertState(document, { on: "catch", state: "/B" }, { type: "Pass" }));
    expect(caught.states["B"]?.["Catch"]).toEqual([
      { ErrorEquals: ["States.TaskFailed"], Next: "Pass" },
      { ErrorEquals: ["States.ALL"], Next: "E" },
    ]);
  });

  test("into an empty definition makes the first state", () => {
    const empty = readDefinition("{}");
    const { value } = after(
      insertState(empty, { on: "start", scope: "" }, { type: "Succeed" }),
      empty,
    );
    expect(value).toEqual({ StartAt: "Succeed", States: { Succeed: { Type: "Succeed" } } });
  });

  test("a Choice leads on by its rules", () => {
    const fields = { Choices: [{ Variable: "$", IsPresent: false }] };
    const { states } = after(
      insertState(document, { on: "edge", edge: "/A|next" }, { type: "Choice", fields }),
    );
    expect(states["Choice"]).toMatchObject({ Choices: [{ Next: "Q" }], Default: "Q" });
  });
});

describe("deleting", () => {
  test("joins what led there to what it led to", () => {
    expect(after(deleteStates(document, ["/B"])).states["Q"]).toMatchObject({
      Choices: [{ Next: "C" }, { Next: "E" }],
    });
    expect(after(deleteStates(document, ["/A", "/Q"])).value.StartAt).toBe("C");
    expect(after(deleteStates(document, ["/C"])).states).toMatchObject({ B: { End: true } });
  });

  test("takes along a Catcher and one of several rules that would lead nowhere", () => {
    const { states, open } = after(deleteStates(document, ["/E"]));
    expect(states["B"]).not.toHaveProperty("Catch");
    expect(states["Q"]?.["Choices"]).toHaveLength(1);
    expect(open).toEqual([]);
  });

  test("with the chain takes what nothing else leads to", () => {
    const { value, open } = after(deleteStates(document, ["/Q"], "chain"));
    expect(value).toEqual({ StartAt: "A", States: { A: { Type: "Pass", End: true } } });
    expect(open).toEqual([]);
  });

  test("of the last state of a scope leaves the scope open", () => {
    expect(after(deleteStates(document, ["/C[0]/I", "/C[0]/J"])).open).toEqual([
      { code: "emptyScope", key: "/C[0]" },
    ]);
  });
});

describe("ways", () => {
  test("are led elsewhere in their scope only", () => {
    expect(after(retarget(document, "/A|next", "/C")).open).toEqual([
      { code: "unreachable", key: "/Q" },
      { code: "unreachable", key: "/B" },
      { code: "unreachable", key: "/E" },
    ]);
    expect(after(retarget(document, "/B|catch:0", "/C")).states["B"]).toMatchObject({
      Catch: [{ Next: "C" }],
    });
    expect(retarget(document, "/A|next", "/C[0]/I")).toEqual({
      refused: "otherScope",
      key: "/C[0]/I",
    });
    expect(retarget(document, "/Q|default", "end")).toEqual({
      refused: "notOfThisType",
      key: "/Q",
    });
    expect(retarget(document, "/Nobody|next", "end")).toEqual({
      refused: "noSuchState",
      key: "/Nobody",
    });
  });

  test("that end become ways that lead on, in the same place", () => {
    const result = retarget(document, { state: "/C[0]/J", end: "next" }, "/C[0]/I");
    expect(after(result).text).toBe(document.text.replace('"End": true', '"Next": "I"'));
  });
});

describe("moving a run", () => {
  test("within its scope changes ways only", () => {
    const { text, open } = after(moveStates(document, ["/A"], { on: "edge", edge: "/B|next" }));
    expect(readDefinition(text).value).toMatchObject({
      StartAt: "Q",
      States: { B: { Next: "A" }, A: { Next: "C" } },
    });
    expect(open).toEqual([]);
  });

  test("into another scope takes its text along, and its Catchers hold it back", () => {
    const { states, select } = after(
      moveStates(document, ["/A"], { on: "edge", edge: "/C[0]/I|next" }),
    );
    expect(states).not.toHaveProperty("A");
    expect(select).toEqual(["/C[0]/A"]);
    expect(states["C"]).toMatchObject({
      Branches: [{ States: { I: { Next: "A" }, A: { Next: "J" } } }],
    });
    expect(moveStates(document, ["/B"], { on: "start", scope: "/C[0]" })).toMatchObject({
      refused: "manyExits",
    });
  });

  test("into itself, or with two ways in, is refused", () => {
    expect(moveStates(document, ["/C"], { on: "start", scope: "/C[0]" })).toMatchObject({
      refused: "intoItself",
    });
    expect(moveStates(document, ["/B", "/C"], { on: "edge", edge: "/A|next" })).toMatchObject({
      refused: "manyEntries",
    });
  });
});

describe("names", () => {
  test("are changed wherever the scope has them, and texts that have them are told", () => {
    const text = JSON.stringify({
      StartAt: "A",
      States: {
        A: { Type: "Pass", Next: "B" },
        B: {
          Type: "Pass",
          Comment: "A",
          Output: "{% $states.context.State.Name = 'A' %}",
          Next: "A",
        },
      },
    });
    const named = readDefinition(text);
    const { value, select, open } = after(renameState(named, "/A", "New name"), named);
    expect(value).toMatchObject({
      StartAt: "New name",
      States: { B: { Comment: "A", Next: "New name" } },
    });
    expect(select).toEqual(["/New name"]);
    expect(open.find(({ code }) => code === "nameInText")).toEqual({
      code: "nameInText",
      key: "/B",
      name: "Output",
    });
  });

  test("are those of no other state in any scope", () => {
    expect(renameState(document, "/A", "I")).toEqual({ refused: "nameTaken", name: "I" });
    expect(renameState(document, "/A", " ")).toEqual({ refused: "nameEmpty" });
    expect(renameState(document, "/A", "x".repeat(81))).toMatchObject({ refused: "nameTooLong" });
  });
});

describe("copies", () => {
  test("stand behind the run, with free names within", () => {
    const { states, select } = after(duplicateStates(document, ["/C"]));
    expect(states["C"]).toMatchObject({ Next: "C (2)" });
    expect(states["C (2)"]).toMatchObject({
      Branches: [{ StartAt: "I (2)", States: { "I (2)": { Next: "J (2)" } } }],
      End: true,
    });
    expect(select).toEqual(["/C (2)"]);
  });

  test("go through the clipboard as plain ASL", () => {
    const copied = copyStates(document, ["/A", "/Q", "/B"]);
    if ("refused" in copied) throw new Error(copied.refused);
    expect(JSON.parse(copied.text)).toMatchObject({ StartAt: "A", States: { B: { End: true } } });
    const other = readDefinition("StartAt: X\nStates:\n  X:\n    Type: Pass\n    End: true\n");
    const { value, open } = after(
      pasteText(other, { on: "edge", edge: "/X|next" }, copied.text),
      other,
    );
    expect(value.States).toMatchObject({
      X: { Next: "A" },
      Q: { Choices: [{ Next: "B" }, { BooleanEquals: true }] },
      B: { End: true, Catch: [{ ErrorEquals: ["States.ALL"] }] },
    });
    expect(open.map(({ code, end }) => [code, end])).toEqual([
      ["missingTarget", "choice:1"],
      ["missingTarget", "catch:0"],
    ]);
  });

  test("of a lone state, of states by name and of a definition are taken, of anything else not", () => {
    const place = { on: "edge", edge: "/A|next" } as const;
    const states = (text: string) => after(pasteText(document, place, text)).states;
    expect(states('{"Type": "Pass", "Next": "gone"}')["Pass"]).toEqual({ Type: "Pass", Next: "Q" });
    expect(states('{"A": {"Type": "Pass", "End": true}}')["A (2)"]).toEqual({
      Type: "Pass",
      Next: "Q",
    });
    expect(states("StartAt: S\nStates: {S: {Type: Pass, End: true}}")["S"]).toEqual({
      Type: "Pass",
      Next: "Q",
    });
    for (const text of ["", "hello", "[1]", '{"a": 1}', "{"]) {
      expect(pasteText(document, place, text), text).toEqual({ refused: "notAFragment" });
    }
    expect(pasteText(document, place, " ".repeat(1_000_001))).toEqual({ refused: "tooLarge" });
  });
});

describe("containers", () => {
  test("take a run in and let it out again", () => {
    const wrapped = after(wrapStates(document, ["/A"], { as: "Parallel", name: "P" }));
    expect(wrapped.value).toMatchObject({
      StartAt: "P",
      States: {
        P: {
          Branches: [{ StartAt: "A", States: { A: { End: true } } }],
          OutputPath: "$[0]",
          Next: "Q",
        },
      },
    });
    const again = readDefinition(wrapped.text);
    expect(after(unwrapState(again, "/P"), again).value).toEqual(definition);
  });

  test("that catch have a state that handles it", () => {
    const { states } = after(
      wrapStates(document, ["/C"], { as: "catchGroup", name: "Try", handler: "E" }),
    );
    expect(states).toMatchObject({
      Try: { Catch: [{ ErrorEquals: ["States.ALL"], Next: "E (2)" }], End: true },
      "E (2)": { Type: "Pass", End: true },
    });
  });

  test("of one branch only are unwrapped", () => {
    const two = after(addEntry(document, "/C", "Branches"));
    expect(unwrapState(readDefinition(two.text), "/C")).toEqual({
      refused: "manyBranches",
      key: "/C",
    });
    expect(unwrapState(document, "/A")).toEqual({ refused: "notOfThisType", key: "/A" });
  });

  test("of their own become workflows of their own", () => {
    const result = extractStates(document, ["/C"], { name: "Child", stateMachineArn: "arn" });
    if ("refused" in result) throw new Error(result.refused);
    expect(JSON.parse(result.child)).toEqual({ StartAt: "C", States: { C: definition.States.C } });
    expect(after(result).states["Child"]).toMatchObject({
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      End: true,
    });
  });
});

describe("fields", () => {
  test("are set before what leads on, made on the way, and removed", () => {
    const { text } = after(setField(document, "/A", ["Comment"], "hello"));
    expect(text).toContain('"Type": "Pass",\n      "Comment": "hello",\n      "Next": "Q"');
    expect(
      after(setField(document, "/B", ["Retry", 0, "MaxAttempts"], 2)).states["B"]?.["Retry"],
    ).toEqual([{ MaxAttempts: 2 }]);
    expect(after(setField(document, "/B", ["Catch"], undefined)).states["B"]).not.toHaveProperty(
      "Catch",
    );
    expect(after(setField(document, "/B", ["Nothing", "there"], undefined)).text).toBe(
      document.text,
    );
    expect(setField(document, "/B", ["Retry", 3], {})).toEqual({ refused: "noSuchEntry" });
  });

  test("of the workflow go before its states", () => {
    expect(Object.keys(after(setWorkflowField(document, ["Comment"], "x")).value)).toEqual([
      "Comment",
      "StartAt",
      "States",
    ]);
  });

  test("that are lists get, lose and order their entries", () => {
    expect(
      after(reorder(document, { state: "/Q", field: "Choices" }, 0, 1)).states["Q"]?.["Choices"],
    ).toMatchObject([{ Next: "E" }, { Next: "B" }]);
    expect(after(removeEntry(document, "/B", "Catch", 0)).states["B"]).not.toHaveProperty("Catch");
    expect(after(addEntry(document, "/B", "Retry")).states["B"]?.["Retry"]).toHaveLength(1);
    expect(addEntry(document, "/A", "Retry")).toEqual({ refused: "notOfThisType", key: "/A" });
    expect(removeEntry(document, "/B", "Catch", 1)).toMatchObject({ refused: "noSuchEntry" });
  });
});

test("a text that cannot be read is not edited", () => {
  const broken = readDefinition('{"States": ');
  expect(deleteStates(broken, ["/A"])).toEqual({ refused: "unreadable" });
  expect(copyStates(broken, ["/A"])).toEqual({ refused: "unreadable" });
});
