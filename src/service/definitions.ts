import type { StateMachineDefinition } from "../asl/definition.ts";
import { invalidDefinitionMessage } from "../asl/diagnostics/diagnostic.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import { prepareInSlices } from "../runtime/machines/prepare-in-slices.ts";
import type { StateMachineType } from "../ports/store.ts";
import { errors } from "./errors/errors.ts";

/** The definition, if the service would take it; else the InvalidDefinition error with every diagnostic. */
export async function checkDefinition(
  text: string,
  type: StateMachineType,
): Promise<StateMachineDefinition> {
  const { definition, diagnostics } = parseDefinition(text, {
    type,
    ...(await prepareInSlices(text)),
  });
  if (definition === undefined || diagnostics.some(({ severity }) => severity === "ERROR")) {
    throw errors.invalidDefinition(invalidDefinitionMessage(diagnostics));
  }
  return definition;
}
