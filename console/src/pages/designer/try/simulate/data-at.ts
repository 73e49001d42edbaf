import type { PinnedData } from "../../pinned/pinned-data.ts";
import type { NodeKey } from "../../../../graph/model.ts";
import { variablesInScope } from "../../../execution/variables-in-scope.ts";
import { detailsOf } from "../../../execution/visit-data.ts";
import type { Recording } from "./recording.ts";

/** What a state had when it was entered last in a recording; `undefined`: it was not. */
export function dataAt(
  { run: { visits, events } }: Pick<Recording, "run">,
  key: NodeKey,
): PinnedData | undefined {
  const visit = visits.findLast((each) => each.key === key);
  if (visit === undefined) return undefined;
  const details = (id: number | undefined) => detailsOf(events.find((event) => event.id === id));
  const input = textOf(details(visit.id)["input"]);
  if (input === undefined) return undefined;
  const result = textOf(details(visit.attempts.at(-1)?.endEventId)["output"]);
  const found = variablesInScope(visits, visit).flatMap(({ name, found: given }) => {
    const assigned = details(given?.eventId)["assignedVariables"];
    const value = textOf((assigned as Readonly<Record<string, unknown>> | undefined)?.[name]);
    return value === undefined ? [] : [`${JSON.stringify(name)}: ${value}`];
  });
  return {
    input,
    variables: found.length === 0 ? "{}" : `{ ${found.join(", ")} }`,
    ...(result !== undefined && { result }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
