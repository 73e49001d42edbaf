import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "../../../designer/document/text-edits.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import { setFields } from "../../../designer/edits/fields.ts";
import { slotChanges, slotOf, switched, type Slot, type SlotNotation } from "./slot.ts";

const notations: readonly SlotNotation[] = ["jsonata", "pathField", "dollar"];

test("a member that was given is what is read then, and its twin is gone", () => {
  const slots = fc.oneof(
    fc.constant<Slot>({ kind: "absent" }),
    fc.integer().map((value): Slot => ({ kind: "literal", value })),
    fc.constantFrom("$.a", "$states.input.a").map((text): Slot => ({ kind: "expression", text })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...notations), fc.array(slots, { minLength: 1 }), (how, given) => {
      let text = '{"StartAt":"A","States":{"A":{"Type":"Task","Comment":"kept","End":true}}}';
      for (const slot of given) {
        const document = readDefinition(text);
        const result = setFields(document, "/A", slotChanges(["Arguments"], "m", how, slot));
        if (isRefused(result)) throw new Error(result.refused);
        text = applyEdits(text, result.edits);
        const state = stateOf(text);
        expect(slotOf(state["Arguments"], "m", how)).toEqual(slot);
        expect(Object.keys(state["Arguments"] ?? {}).length).toBeLessThanOrEqual(1);
        expect(state["Comment"]).toBe("kept");
      }
    }),
  );
});

test("a literal becomes an expression of the same value, and that the literal again", () => {
  for (const value of [1, true, "a", [1], { a: 1 }]) {
    const slot: Slot = { kind: "literal", value };
    const expression = switched(slot, "jsonata", "");
    expect(expression).toEqual({ kind: "expression", text: JSON.stringify(value) });
    expect(switched(expression, "jsonata", "")).toEqual(slot);
  }
});

test("an expression that is no constant leaves the literal that its type begins with", () => {
  const path: Slot = { kind: "expression", text: "$.a" };
  expect(switched(path, "pathField", 0)).toEqual({ kind: "literal", value: 0 });
  const sum: Slot = { kind: "expression", text: "1 + 1" };
  expect(switched(sum, "jsonata", 0)).toEqual({ kind: "literal", value: 0 });
});

function stateOf(text: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const { States } = JSON.parse(text) as { readonly States: { readonly A: never } };
  return States.A;
}
