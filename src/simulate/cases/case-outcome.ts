import { rootBranch } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { type LastEvent, statusOf } from "../finished-run.ts";
import type { CaseOutcome } from "./expectation.ts";

/** What an execution came to, as a test case looks at it. */
export function caseOutcome(last: LastEvent, events: readonly JournalEvent[]): CaseOutcome {
  const path = events.flatMap((event) =>
    isStateEntered(event)
      ? [{ name: event.details.name, nested: event.branch !== rootBranch }]
      : [],
  );
  const status = statusOf(last);
  if (last.type === "ExecutionSucceeded") {
    return { status, path, output: last.payload?.value ?? null };
  }
  return { status, path, ...last.details };
}

type StateEntered = Extract<JournalEvent, { readonly type: `${string}StateEntered` }>;

function isStateEntered(event: JournalEvent): event is StateEntered {
  return event.type.endsWith("StateEntered");
}
