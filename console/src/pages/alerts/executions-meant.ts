import type { AlertView } from "../../../../src/console/view-types.ts";

/** What of the executions an alert speaks of, as the list of them is asked. */
export function executionsMeant({
  when,
  workflow,
  minutes,
}: Pick<AlertView, "when" | "workflow" | "minutes">): { readonly q: string } {
  // A workflow may be named by its ARN.
  const name = workflow?.split(":").at(-1);
  const terms = {
    failureRate: `status:failed status:timed_out started:>-${minutes}m`,
    noSuccess: `started:>-${minutes}m`,
    stuck: `status:running started:<-${minutes}m`,
    backlog: "status:running",
  };
  return { q: [...(name === undefined ? [] : [`workflow:${name}`]), terms[when]].join(" ") };
}
