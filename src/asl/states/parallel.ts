import type { DataFlow, ErrorHandling, StateBase, StateGraph, Transition } from "../definition.ts";
import { objectsField, requireFields, type Fields, type FieldTable } from "../fields/fields.ts";
import { parseDataFlow } from "../parse-data-flow.ts";
import { parseErrorHandling } from "../parse-error-handling.ts";
import { parseTransition, transitionFields } from "../parse-transition.ts";

export type ParallelState = StateBase &
  DataFlow &
  Transition &
  ErrorHandling & {
    readonly Type: "Parallel";
    readonly Branches: readonly StateGraph[];
  };

/** What a Parallel state may have beside the fields of every state. */
export const parallelFields: FieldTable = {
  both: ["Branches", "Assign", "Retry", "Catch", ...transitionFields],
  JSONPath: ["InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath"],
  JSONata: ["Arguments", "Output"],
};

const branchFields: FieldTable = { both: ["StartAt", "States", "Comment"] };

/** A Parallel state holds one graph or more, all with the variables around them. */
export function parseParallel(base: StateBase, fields: Fields): ParallelState {
  requireFields(fields, ["Branches"]);
  const flow = parseDataFlow(fields, { scope: ["result"] });
  const transition = parseTransition(fields, base.Name);
  const handling = parseErrorHandling(fields, base.Name);
  const Branches = parseBranches(fields);
  return { ...base, Type: "Parallel", Branches, ...flow, ...transition, ...handling };
}

function parseBranches(fields: Fields): readonly StateGraph[] {
  const { context } = fields;
  return objectsField(fields, "Branches").flatMap(({ object, location }) => {
    const holder = fields.state;
    const nested = { object, location, fields: branchFields, holder, sharesVariables: true };
    return context.parseNested(nested, context) ?? [];
  });
}
