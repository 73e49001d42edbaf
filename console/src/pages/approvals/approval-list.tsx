import { Link } from "@tanstack/react-router";
import { BookmarkCheck } from "lucide-react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Ago } from "../../parts/time.tsx";
import { Due } from "./due.tsx";
import { usePerson } from "./person.ts";
import { taskIdOf } from "./task-id.ts";

/** Everything that waits, a link each: the one that is shown is the current one. */
export function ApprovalList({
  approvals,
  current,
  isChosen,
  onChoose,
}: {
  readonly approvals: readonly ApprovalView[];
  readonly current: string | undefined;
  /** Those that are to be answered together. */
  readonly isChosen: (task: string) => boolean;
  readonly onChoose: (task: string) => void;
}) {
  const { approvals: text } = useText();
  const person = usePerson();
  return (
    <ul aria-label={text.list}>
      {approvals.map((approval) => {
        const task = taskIdOf(approval);
        const isCurrent = task === current;
        return (
          <li key={task} className="relative border-b border-line last:border-0">
            <label className="absolute top-2 left-1.5 grid h-8 w-8 cursor-pointer place-items-center">
              <input
                type="checkbox"
                aria-label={text.chooseOne(approval.title)}
                checked={isChosen(task)}
                onChange={() => onChoose(task)}
                className="h-4 w-4 accent-accent"
              />
            </label>
            <Link
              from="/approvals"
              to="/approvals"
              search={(before) => ({ ...before, task })}
              aria-current={isCurrent ? "true" : undefined}
              data-task={task}
              className={`block border-l-3 py-3 pr-4 pl-9 hover:bg-sunken focus-visible:-outline-offset-2 ${isCurrent ? "border-accent bg-accent-soft" : "border-transparent"}`}
            >
              <span className="flex items-start gap-2">
                <span className="line-clamp-2 min-w-0 grow font-medium break-words">
                  {approval.title}
                </span>
                {approval.claim !== undefined && (
                  <span
                    className={`inline-flex max-w-28 shrink-0 items-center gap-1 text-xs ${approval.claim.name === person ? "text-accent" : "text-dim"}`}
                  >
                    <BookmarkCheck aria-hidden size={13} className="shrink-0" />
                    <span className="truncate">
                      {approval.claim.name === person ? text.claimedShort : approval.claim.name}
                    </span>
                  </span>
                )}
              </span>
              {approval.facts.length > 0 && (
                <span className="mt-0.5 block truncate text-xs">
                  {approval.facts
                    .slice(0, 3)
                    .map(({ value }) => value)
                    .join(" · ")}
                </span>
              )}
              <span className="mt-0.5 block truncate text-xs text-dim">
                {approval.stateMachineName} · {approval.executionName}
              </span>
              <span className="mt-1.5 flex flex-wrap justify-between gap-x-3 text-xs">
                <Due at={approval.due} />
                <span className="text-dim">
                  <Ago at={approval.since} />
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
