import type { SampleData } from "../../../../designer/completion/candidate.ts";
import type { NodeKey } from "../../../../graph/model.ts";
import { variablesInScope } from "../../../execution/variables-in-scope.ts";
import { detailsOf } from "../../../execution/visit-data.ts";
import { objectOf } from "../../../../graph/json.ts";
import { jsonOf } from "../json-of.ts";
import type { Recording } from "./recording.ts";

/** What a state had when it was entered last in a recording; `undefined`: it was not. */
export function dataAt(
  { run: { visits, events } }: Pick<Recording, "run">,
  key: NodeKey,
): SampleData | undefined {
  const visit = visits.findLast((each) => each.key === key);
  if (visit === undefined) return undefined;
  const details = (id: number | undefined) => detailsOf(events.find((event) => event.id === id));
  const input = valueOf(details(visit.id)["input"]);
  if (input === undefined) return undefined;
  const result = valueOf(details(visit.attempts.at(-1)?.endEventId)["output"]);
  const variables = variablesInScope(visits, visit).flatMap(({ name, found }) => {
    const read = valueOf(objectOf(details(found?.eventId)["assignedVariables"])[name]);
    return read === undefined ? [] : [[name, read.value] as const];
  });
  return {
    input: input.value,
    variables: Object.fromEntries(variables),
    ...(result && { result: result.value }),
  };
}

/** The document of an event: JSON text. */
function valueOf(text: unknown) {
  return typeof text === "string" ? jsonOf(text) : undefined;
}
