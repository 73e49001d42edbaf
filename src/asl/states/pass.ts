import { Payload } from "../../expression/payload.ts";
import type { DataFlow, StateBase, Transition } from "../definition.ts";
import type { Fields, FieldTable } from "../fields/fields.ts";
import { parseDataFlow } from "../parse-data-flow.ts";
import { parseTransition, transitionFields } from "../parse-transition.ts";
import { present } from "../fields/present.ts";
import { warnOfStaticResult } from "../diagnostics/warnings.ts";

export type PassState = StateBase &
  DataFlow &
  Transition & {
    readonly Type: "Pass";
    /** JSONPath only: a constant that replaces the effective input as the state's result. */
    readonly Result?: Payload;
  };

/** What a Pass state may have beside the fields of every state. */
export const passFields: FieldTable = {
  both: ["Assign", ...transitionFields],
  JSONPath: ["InputPath", "Parameters", "Result", "ResultPath", "OutputPath"],
  JSONata: ["Output"],
};

/** A Pass state hands on its input, a constant or what its templates make. */
export function parsePass(base: StateBase, fields: Fields): PassState {
  const result = fields.value("Result");
  warnOfStaticResult(fields);
  return {
    ...base,
    Type: "Pass",
    ...present({ Result: result === undefined ? undefined : Payload.ofValue(result) }),
    ...parseDataFlow(fields),
    ...parseTransition(fields, base.Name),
  };
}
