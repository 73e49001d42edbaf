import { Link } from "@tanstack/react-router";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago, Took, useNow } from "../../parts/time.tsx";
import { lastPart } from "./arn-parts.ts";
import { awsCharge } from "./aws-charge.ts";
import { ExecutionActions } from "./execution-actions.tsx";
import { Neighbours } from "./neighbours.tsx";
import { OnBehalf, Redriver, Starter } from "./started-by.tsx";

/** Documented: events that a history can have, and bytes that a document can have. */
const mostEvents = 25_000;
const mostBytes = 256 * 1_024;

/** What the execution is, how it does, and what can be done with all of it. */
export function ExecutionHead({
  view,
  onStartAgain,
}: {
  readonly view: ExecutionView;
  readonly onStartAgain: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const { largestPayload, stateMachineAliasArn, stateMachineVersionArn } = view;
  return (
    <header className="mb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusBadge status={view.status} />
        <h1 className="min-w-0 truncate text-[20px] font-semibold tracking-tight" title={view.name}>
          {view.name}
        </h1>
        <CopyButton value={view.executionArn} label={text.execution.copyArn} />
        <Neighbours executionArn={view.executionArn} />
        <div className="grow" />
        <ExecutionActions view={view} onStartAgain={onStartAgain} />
      </div>
      <Facts>
        <Fact name={text.execution.workflow}>
          <Link
            to="/workflows/$arn"
            params={{ arn: view.stateMachineArn }}
            className="font-medium text-accent hover:underline"
          >
            {view.stateMachineName}
          </Link>
        </Fact>
        {stateMachineAliasArn !== undefined && (
          <Fact name={text.execution.alias}>{lastPart(stateMachineAliasArn)}</Fact>
        )}
        {stateMachineVersionArn !== undefined && (
          <Fact name={text.execution.version}>{lastPart(stateMachineVersionArn)}</Fact>
        )}
        <Fact
          name={text.runHead.startedBy}
          note={<OnBehalf by={view.startedBy} executionArn={view.executionArn} />}
        >
          <Starter view={view} />
        </Fact>
        <Fact name={text.time.started}>
          <Ago at={view.startDate} />
        </Fact>
        <Fact name={text.time.duration}>
          <Took from={view.startDate} to={view.stopDate} />
        </Fact>
        {view.redriveCount > 0 && (
          <Fact
            name={text.execution.redrives}
            note={
              view.redriveDate !== undefined && (
                <>
                  {text.runHead.lastRedrive} <Ago at={view.redriveDate} />
                  <Redriver by={view.redrivenBy} />
                </>
              )
            }
          >
            {format.number(view.redriveCount)}
          </Fact>
        )}
        <Fact name={text.execution.transitions}>{format.number(view.transitions)}</Fact>
        <Charge view={view} />
        {view.type === "STANDARD" && (
          <Fact
            name={text.execution.history}
            note={<Meter share={view.lastEventId / mostEvents} />}
          >
            {text.execution.historyUse(format.number(view.lastEventId), format.number(mostEvents))}
          </Fact>
        )}
        {largestPayload !== undefined && (
          <Fact
            name={text.runHead.payload}
            note={text.runHead.payloadShare(format.percent(largestPayload.bytes / mostBytes))}
          >
            {format.bytes(largestPayload.bytes)}
          </Fact>
        )}
      </Facts>
    </header>
  );
}

function Charge({
  view: { type, transitions, startDate, stopDate },
}: {
  readonly view: ExecutionView;
}) {
  const text = useText();
  const format = useFormat();
  const now = useNow();
  const tookMs = Math.max(0, (stopDate ?? now) - startDate);
  const how = type === "STANDARD" ? text.runHead.chargeStandard : text.runHead.chargeExpress;
  return (
    <Fact name={text.runHead.charge} note={<span title={how}>{text.runHead.chargeNote}</span>}>
      <span title={how}>{format.usd(awsCharge({ type, transitions, tookMs }))}</span>
    </Fact>
  );
}

/** How much of a limit is used; more than most of it is said in the colour of a warning. */
function Meter({ share }: { readonly share: number }) {
  const text = useText();
  const format = useFormat();
  const used = Math.min(1, share);
  return (
    <span
      role="img"
      aria-label={text.runHead.historyUse(format.percent(used))}
      title={text.runHead.historyUse(format.percent(used))}
      className="mt-1 block h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <span
        className={`block h-full min-w-0.5 rounded-full ${used > 0.8 ? "bg-fail" : "bg-off"}`}
        style={{ width: `${used * 100}%` }}
      />
    </span>
  );
}
