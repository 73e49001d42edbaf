import { jsonataOf, objectOf, textOf } from "../../../graph/json.ts";
import type { Path } from "../../../designer/document/definition-document.ts";
import type { FieldChange } from "../../../designer/edits/fields.ts";

/**
 * How a member may be computed at run time: by a text in `{% %}`; by a twin with `Path` behind its name (`TimeoutSecondsPath`);
 * by a twin with `.$` (in a payload template); or not at all.
 */
export type SlotNotation = "jsonata" | "pathField" | "dollar" | "fixed";

/** A member that is said, or computed. */
export type Slot =
  | { readonly kind: "absent" }
  | { readonly kind: "literal"; readonly value: unknown }
  /** The text without `{%` and `%}`. */
  | { readonly kind: "expression"; readonly text: string };

/** The member's name where it is computed. */
export function twinOf(name: string, notation: SlotNotation): string {
  if (notation === "pathField") return `${name}Path`;
  return notation === "dollar" ? `${name}.$` : name;
}

export function slotOf(holder: unknown, name: string, notation: SlotNotation): Slot {
  const fields = objectOf(holder);
  const twin = twinOf(name, notation);
  if (twin !== name && Object.hasOwn(fields, twin)) {
    return { kind: "expression", text: textOf(fields[twin]) ?? "" };
  }
  if (!Object.hasOwn(fields, name)) return { kind: "absent" };
  const value = fields[name];
  const text = notation === "jsonata" ? jsonataOf(value) : undefined;
  return text === undefined ? { kind: "literal", value } : { kind: "expression", text };
}

/** What makes the member another one, with the twin that has had its place. */
export function slotChanges(
  holder: Path,
  name: string,
  notation: SlotNotation,
  slot: Slot,
): readonly FieldChange[] {
  const twin = twinOf(name, notation);
  const at = (member: string): Path => [...holder, member];
  const none: readonly FieldChange[] = [
    ...(twin === name ? [] : [[at(twin), undefined] as const]),
    [at(name), undefined],
  ];
  if (slot.kind === "absent") return none;
  const [written, other] = slot.kind === "literal" ? [name, twin] : [twin, name];
  const value =
    slot.kind === "literal"
      ? slot.value
      : notation === "jsonata"
        ? delimited(slot.text)
        : slot.text;
  return [...(other === written ? [] : [[at(other), undefined] as const]), [at(written), value]];
}

/** An expression as a definition has it. */
export function delimited(text: string): string {
  return `{% ${text} %}`;
}

/** The other kind of the same member: an expression that comes to the value, or what a literal of its type begins with. */
export function switched(slot: Slot, notation: SlotNotation, empty: unknown): Slot {
  if (slot.kind !== "expression") {
    if (notation !== "jsonata") return { kind: "expression", text: "$" };
    const value = slot.kind === "literal" ? slot.value : undefined;
    const text = value === undefined || value === "" ? "$states.input" : JSON.stringify(value);
    return { kind: "expression", text };
  }
  return { kind: "literal", value: constantOf(slot.text, notation) ?? empty };
}

/** What an expression is that is a JSON value. */
function constantOf(text: string, notation: SlotNotation): unknown {
  if (notation !== "jsonata") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
