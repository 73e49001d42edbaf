import type { JsonValue } from "../../expression/json.ts";
import { parseTimestamp } from "../../expression/timestamp.ts";
import type { DataFlow, DynamicField, StateBase, Transition } from "../definition.ts";
import { dynamicField, dynamicNumber } from "../fields/dynamic-field.ts";
import { failType, oneOf, type Fields, type FieldTable } from "../fields/fields.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { parseDataFlow } from "../parse-data-flow.ts";
import { parseTransition, transitionFields } from "../parse-transition.ts";
import { wording } from "../diagnostics/wording.ts";

export type WaitState = StateBase &
  DataFlow &
  Transition & {
    readonly Type: "Wait";
    readonly delay:
      | { readonly kind: "seconds"; readonly Seconds: DynamicField<number> }
      /** The constant is RFC 3339 text that has been checked. */
      | { readonly kind: "timestamp"; readonly Timestamp: DynamicField<string> };
  };

/** What a Wait state may have beside the fields of every state. */
export const waitFields: FieldTable = {
  both: ["Seconds", "Timestamp", "Assign", ...transitionFields],
  JSONPath: ["SecondsPath", "TimestampPath", "InputPath", "OutputPath"],
  JSONata: ["Output"],
};

/** Documented: the longest wait in seconds. */
const maximumSeconds = 99_999_999;

/** Observed: in this order. */
const delayFields = {
  JSONPath: ["SecondsPath", "Seconds", "TimestampPath", "Timestamp"],
  JSONata: ["Seconds", "Timestamp"],
} as const;

/** A Wait state holds exactly one of its four (JSONata: two) fields. */
export function parseWait(base: StateBase, fields: Fields): WaitState | undefined {
  const flow = parseDataFlow(fields);
  const transition = parseTransition(fields, base.Name);
  const delay = parseDelay(fields);
  return delay && { ...base, Type: "Wait", delay, ...flow, ...transition };
}

function parseDelay(fields: Fields): WaitState["delay"] | undefined {
  const given = oneOf<string>(fields, delayFields[fields.language], true);
  if (given === undefined) return undefined;
  if (given.startsWith("Seconds")) {
    const Seconds = dynamicNumber(fields, "Seconds", { minimum: 0, maximum: maximumSeconds });
    return Seconds && { kind: "seconds", Seconds };
  }
  const Timestamp = dynamicField(fields, "Timestamp", (value) => checkTimestamp(fields, value));
  return Timestamp && { kind: "timestamp", Timestamp };
}

function checkTimestamp(fields: Fields, value: JsonValue): string | undefined {
  if (hasPlaceholder(fields.context, value)) fields.context.assume();
  else if (typeof value !== "string") failType(fields, "Timestamp", "String");
  else if (parseTimestamp(value) !== undefined) return value;
  else fields.fail("Timestamp", wording.timestamp);
  return undefined;
}
