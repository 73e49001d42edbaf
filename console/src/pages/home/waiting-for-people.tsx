import { Link } from "@tanstack/react-router";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Ago, useNow } from "../../parts/time.tsx";
import { taskIdOf } from "../approvals/task-id.ts";
import { cardLinkLook } from "./card-link.ts";
import { HeldCard, Rows } from "./held-card.tsx";

/** Our choice: what is due so soon is shown as urgent. */
const urgentMs = 3_600_000;

/** What somebody has to answer, what is due first first. */
export function WaitingForPeople({ approvals }: { readonly approvals: readonly ApprovalView[] }) {
  const text = useText();
  const words = text.home.waiting;
  const sorted = approvals.toSorted((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity));
  return (
    <HeldCard
      title={words.title}
      rows={sorted}
      keyOf={keyOf}
      none={words.none}
      aside={
        <Link to="/approvals" className={cardLinkLook}>
          {words.all}
        </Link>
      }
    >
      {(rows) => (
        <Rows rows={rows} keyOf={keyOf}>
          {(approval) => (
            <>
              <Link
                to="/approvals"
                search={{ task: taskIdOf(approval) }}
                className="block truncate font-semibold hover:text-accent hover:underline"
                title={approval.title}
              >
                {approval.title}
              </Link>
              <p className="flex gap-2 text-xs text-dim">
                <span className="min-w-0 grow truncate">{approval.stateMachineName}</span>
                <Due approval={approval} />
              </p>
            </>
          )}
        </Rows>
      )}
    </HeldCard>
  );
}

function Due({ approval: { due, since } }: { readonly approval: ApprovalView }) {
  const text = useText();
  const format = useFormat();
  const now = useNow();
  const words = text.home.waiting;
  if (due === undefined) {
    return (
      <span className="shrink-0" title={words.noDue}>
        {words.since} <Ago at={since} />
      </span>
    );
  }
  const left = due - now;
  return (
    <span
      title={format.dateTime(due)}
      className={`shrink-0 tabular-nums ${left < urgentMs ? "font-medium text-fail" : ""}`}
    >
      {left <= 0 ? words.overdue : `${words.due} ${format.duration(left)}`}
    </span>
  );
}

function keyOf({ executionArn, taskId }: ApprovalView): string {
  return `${taskId} ${executionArn}`;
}
