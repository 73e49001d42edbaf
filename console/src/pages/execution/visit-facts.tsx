import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { Took } from "../../parts/time.tsx";
import { awsCharge, transitionsOfVisits } from "./aws-charge.ts";
import { opened } from "./opened-cause.ts";

/** Goes through the visits of a state that was entered more than once. */
export function VisitSwitch({
  visit,
  visits,
  onSelect,
}: {
  readonly visit: VisitView;
  readonly visits: readonly VisitView[];
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  const index = visits.findIndex(({ id }) => id === visit.id);
  const older = visits[index - 1];
  const newer = visits[index + 1];
  return (
    <div className="flex items-center gap-1">
      <IconButton
        label={text.execution.olderVisit}
        isDisabled={older === undefined}
        onPress={() => older !== undefined && onSelect(older.id)}
      >
        <ChevronLeft aria-hidden size={15} />
      </IconButton>
      <span className="text-xs text-dim tabular-nums">
        {text.execution.visitOf(format.number(index + 1), format.number(visits.length))}
      </span>
      <IconButton
        label={text.execution.newerVisit}
        isDisabled={newer === undefined}
        onPress={() => newer !== undefined && onSelect(newer.id)}
      >
        <ChevronRight aria-hidden size={15} />
      </IconButton>
    </div>
  );
}

/** When and how long a state was in, what it called, and why it failed. */
export function VisitFacts({
  visit,
  visits,
  type,
  stopDate,
}: {
  readonly visit: VisitView;
  /** All visits of the same state. */
  readonly visits: readonly VisitView[];
  readonly type: ExecutionView["type"];
  readonly stopDate: number | undefined;
}) {
  const text = useText();
  const format = useFormat();
  return (
    <div className="px-4 pb-2">
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-[13px]">
        <div className="flex gap-1.5">
          <dt className="text-dim">{text.execution.entered}</dt>
          <dd className="tabular-nums">{format.exactTime(visit.enteredAt)}</dd>
        </div>
        <div className="flex gap-1.5">
          <dt className="text-dim">{text.execution.took}</dt>
          <dd>
            <Took from={visit.enteredAt} to={visit.exitedAt ?? stopDate} />
          </dd>
        </div>
        {type === "STANDARD" && <StateCharge visits={visits} />}
        {visit.until !== undefined && visit.exitedAt === undefined && (
          <div className="flex gap-1.5">
            <dt className="text-dim">{text.execution.waitsUntil}</dt>
            <dd className="tabular-nums">{format.dateTime(visit.until)}</dd>
          </div>
        )}
        {visit.resource !== undefined && (
          <div className="flex min-w-0 gap-1.5">
            <dt className="text-dim">{text.execution.resource}</dt>
            <dd className="truncate font-mono text-xs leading-5" title={visit.resource}>
              {visit.resource}
            </dd>
          </div>
        )}
        {visit.childArn !== undefined && (
          <div className="flex gap-1.5">
            <dt className="text-dim">{text.execution.child}</dt>
            <dd>
              <Link
                to="/executions/$arn"
                params={{ arn: visit.childArn }}
                className="text-accent hover:underline"
              >
                {visit.childArn.split(":").slice(6).join(" · ")}
              </Link>
            </dd>
          </div>
        )}
        {visit.mapRunArn !== undefined && (
          <div className="flex gap-1.5">
            <dt className="text-dim">{text.execution.mapRun}</dt>
            <dd>
              <Link
                to="/map-runs/$arn"
                params={{ arn: visit.mapRunArn }}
                className="text-accent hover:underline"
              >
                {visit.mapRunArn.slice(visit.mapRunArn.lastIndexOf("/") + 1)}
              </Link>
            </dd>
          </div>
        )}
      </dl>
      {visit.error !== undefined && (
        <div className="mt-2 rounded-lg bg-fail-soft px-3 py-2">
          <p className="font-mono text-[13px] font-semibold text-fail">{visit.error}</p>
          {visit.cause !== undefined && (
            <pre className="mt-1 max-h-32 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
              {opened(visit.cause)}
            </pre>
          )}
        </div>
      )}
    </div>
  );
}

/** The transitions of a state in this execution, with attempts that were repeated, and what AWS charges for them. */
function StateCharge({ visits }: { readonly visits: readonly VisitView[] }) {
  const text = useText();
  const format = useFormat();
  const transitions = transitionsOfVisits(visits);
  const charge = format.usd(awsCharge({ type: "STANDARD", transitions, tookMs: 0 }));
  return (
    <div className="flex gap-1.5">
      <dt className="text-dim">{text.execution.transitions}</dt>
      <dd className="tabular-nums" title={text.runHead.chargeStandard}>
        {text.runHead.stateCharge(format.number(transitions), charge)}
      </dd>
    </div>
  );
}
