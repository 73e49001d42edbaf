import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDefinition } from "../../../../designer/document/read-definition.ts";
import { applyEdits } from "../../../../designer/document/text-edits.ts";
import { isRefused } from "../../../../designer/edits/edit-result.ts";
import { setFields, type FieldChange } from "../../../../designer/edits/fields.ts";
import type { Path } from "../../../../designer/document/definition-document.ts";
import { valueAt } from "../inspected.ts";
import {
  added,
  formFields,
  formKinds,
  nameOf,
  ofKind,
  removed,
  required,
  titled,
} from "./form-fields.ts";

const at: Path = ["Arguments", "Body", "schema"];

/** The schema after these changes of the text. */
function changed(schema: unknown, changes: readonly FieldChange[]): unknown {
  const body = { title: "Please", ...(schema !== undefined && { schema }) };
  const Ask = {
    Type: "Task",
    Resource: "r.waitForTaskToken",
    Arguments: { Body: body },
    End: true,
  };
  const document = readDefinition(JSON.stringify({ StartAt: "Ask", States: { Ask } }, null, 2));
  const result = setFields(document, "/Ask", changes);
  if (isRefused(result)) throw new Error(result.refused);
  const text = applyEdits(document.text, result.edits);
  return valueAt(JSON.parse(text), ["States", "Ask", ...at]);
}

const fieldOf = (schema: unknown, name: string) => {
  const found = formFields(schema)?.find((field) => field.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

describe("the form of a question", () => {
  test("begins with nothing, and gets fields whose names are made of their labels", () => {
    const one = changed(undefined, added(at, undefined, "Cost centre"));
    expect(one).toEqual({
      type: "object",
      properties: { costCentre: { type: "string", title: "Cost centre" } },
    });
    const two = changed(one, added(at, one, "Cost centre"));
    expect(formFields(two)).toEqual([
      { name: "costCentre", title: "Cost centre", kind: "text", isRequired: false, options: [] },
      { name: "costCentre2", title: "Cost centre", kind: "text", isRequired: false, options: [] },
    ]);
  });

  test("a field of each kind is read as that kind again", () => {
    const schema = changed(undefined, added(at, undefined, "Answer"));
    for (const kind of formKinds) {
      const options = kind === "choice" ? ["Red", "Green"] : [];
      const made = changed(schema, ofKind(at, fieldOf(schema, "answer"), kind, options));
      expect(fieldOf(made, "answer")).toMatchObject({ title: "Answer", kind, options });
    }
  });

  test("another label keeps the name, and what expressions call it", () => {
    const schema = changed(undefined, added(at, undefined, "Reason"));
    const made = changed(schema, titled(at, "reason", "Why?"));
    expect(fieldOf(made, "reason")).toMatchObject({ title: "Why?" });
  });

  test("a field that is removed is not required any more", () => {
    const one = changed(undefined, added(at, undefined, "Reason"));
    const asked = changed(one, required(at, one, "reason", true));
    expect(asked).toMatchObject({ required: ["reason"] });
    expect(changed(asked, removed(at, asked, "reason"))).toEqual({
      type: "object",
      properties: {},
    });
  });

  test("what the form has no words for is told, and not made simpler", () => {
    const schema = {
      type: "object",
      properties: {
        tags: { type: "array", items: { type: "string" } },
        size: { enum: [1, 2] },
        mail: { type: "string", format: "email" },
      },
    };
    expect(formFields(schema)?.map(({ kind }) => kind)).toEqual(["other", "other", "other"]);
    expect(formFields({ type: "string" })).toBeUndefined();
  });

  test("every label makes a name of its own that an expression can write as it is", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 8 }), (labels) => {
        const names = new Set<string>();
        for (const label of labels) names.add(nameOf(label, names));
        expect(names.size).toBe(labels.length);
        for (const name of names) expect(name).toMatch(/^[a-zA-Z][a-zA-Z0-9]*$/);
      }),
    );
  });
});
