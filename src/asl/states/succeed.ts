import type { DataFlow, StateBase } from "../definition.ts";
import type { Fields, FieldTable } from "../fields/fields.ts";
import { parseDataFlow } from "../parse-data-flow.ts";

export type SucceedState = StateBase & DataFlow & { readonly Type: "Succeed" };

/** What a Succeed state may have beside the fields of every state. */
export const succeedFields: FieldTable = {
  both: [],
  JSONPath: ["InputPath", "OutputPath"],
  JSONata: ["Output"],
};

/** A Succeed state ends its graph. */
export function parseSucceed(base: StateBase, fields: Fields): SucceedState {
  fields.context.graph.transitions.end();
  return { ...base, Type: "Succeed", ...parseDataFlow(fields) };
}
