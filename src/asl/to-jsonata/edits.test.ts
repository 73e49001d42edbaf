import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { convertDefinition } from "./convert-definition.ts";
import { editsBetween, type JsonEdit } from "./edits.ts";
import { objectOf } from "./object-of.ts";

/** The document after one edit, made as an editor of its text would make it. */
function made(document: JsonValue, edit: JsonEdit, depth = 0): JsonValue {
  const step = edit.path[depth];
  if (step === undefined) return edit.type === "set" ? edit.value : document;
  if (Array.isArray(document)) {
    const items = document as readonly JsonValue[];
    return items.with(step as number, made(items[step as number] as JsonValue, edit, depth + 1));
  }
  if (!isJsonObject(document)) throw new Error("nothing to go into");
  const members = Object.entries(document);
  const place = members.findIndex(([name]) => name === step);
  if (depth === edit.path.length - 1 && edit.type !== "set") {
    if (edit.type === "insert") {
      expect(place).toBe(-1);
      const after = members.findIndex(([name]) => name === edit.after);
      expect(edit.after === undefined || after >= 0).toBe(true);
      return objectOf(members.toSpliced(after + 1, 0, [String(step), edit.value]));
    }
    const [, value] = members[place] as [string, JsonValue];
    const put: [string, JsonValue][] = edit.type === "rename" ? [[edit.name, value]] : [];
    return objectOf(members.toSpliced(place, 1, ...put));
  }
  const [name, value] = members[place] as [string, JsonValue];
  return objectOf(members.with(place, [name, made(value, edit, depth + 1)]));
}

const names = fc.constantFrom("a", "b", "c", "d", "e");
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.integer({ min: 0, max: 3 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 4 }),
  ),
}));

test("the edits make the one document of the other", () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      let document: JsonValue = before;
      for (const edit of editsBetween(before, after)) document = made(document, edit);
      expect(document).toEqual(after);
    }),
    { numRuns: 2_000 },
  );
});

test("equal documents need no edit", () => {
  fc.assert(
    fc.property(value, (document) => {
      expect(editsBetween(document, document)).toEqual([]);
    }),
  );
});

test("a converted state keeps what is not concerned, and its members where they stood", () => {
  const before: JsonObject = {
    StartAt: "S",
    States: {
      S: {
        Type: "Task",
        Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
        Parameters: { "id.$": "$.id", kind: "order" },
        ResultPath: "$.order",
        Retry: [{ ErrorEquals: ["States.ALL"] }],
        Comment: "kept",
        End: true,
      },
    },
  };
  const { definition } = convertDefinition(before);
  const state = ["States", "S"];
  expect(editsBetween(before, definition)).toEqual([
    { type: "insert", path: ["QueryLanguage"], value: "JSONata" },
    { type: "rename", path: [...state, "Parameters"], name: "Arguments" },
    { type: "rename", path: [...state, "Arguments", "id.$"], name: "id" },
    { type: "set", path: [...state, "Arguments", "id"], value: "{% $states.input.id %}" },
    { type: "rename", path: [...state, "ResultPath"], name: "Output" },
    {
      type: "set",
      path: [...state, "Output"],
      value: "{% $merge([$states.input, {'order': $states.result}]) %}",
    },
  ]);
});
