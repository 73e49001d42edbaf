import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, CircleCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ApprovalView, NodeView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card } from "../../parts/layout.tsx";
import { StatusBadge, StatusIcon } from "../../parts/status.tsx";
import { sentText, type PreparedAnswer } from "./prepared-answer.ts";

/** What came of an answer: that it was taken, and how its execution goes on. */
export function Outcome({
  approval,
  answer,
  onNext,
}: {
  readonly approval: ApprovalView;
  readonly answer: PreparedAnswer;
  /** Absent: there is nothing else to answer. */
  readonly onNext: (() => void) | undefined;
}) {
  const { approvals: text } = useText();
  const done = {
    approve: text.approved,
    reject: text.rejected,
    answer: text.answered,
    fail: text.failedTask,
  };
  const heading = useRef<HTMLHeadingElement>(null);
  // What was focused is gone with the form.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <div className="flex items-start gap-3">
          <CircleCheck aria-hidden size={22} className="mt-0.5 shrink-0 text-ok" />
          <div className="min-w-0 grow">
            <h2
              ref={heading}
              tabIndex={-1}
              role="status"
              className="text-base font-semibold outline-none"
            >
              {done[answer.kind]}
            </h2>
            <p className="break-words text-dim">{approval.title}</p>
          </div>
          {onNext !== undefined && (
            <Button onPress={onNext}>
              {text.nextWaiting}
              <ArrowRight aria-hidden size={14} />
            </Button>
          )}
        </div>
      </Card>
      <Card title={text.next}>
        <WhatHappens executionArn={approval.executionArn} />
      </Card>
      <JsonView value={sentText(answer)} label={text.sent} />
    </div>
  );
}

/** The execution as it is now. */
export function WhatHappens({ executionArn }: { readonly executionArn: string }) {
  const { approvals: text } = useText();
  const { data } = useQuery({
    queryKey: keys.execution(executionArn),
    queryFn: () => server.execution(executionArn),
  });
  if (data === undefined) return null;
  const now = data.nodes.filter((node) => statusOf(node) !== undefined);
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      <div className="flex flex-wrap items-center gap-3">
        <StatusBadge status={data.status} />
        <span className="min-w-0 truncate text-dim">
          {data.stateMachineName} · {data.name}
        </span>
      </div>
      {data.error !== undefined && (
        <p className="text-[13px] break-words text-fail">
          <span className="font-mono">{data.error}</span>
          {data.cause !== undefined && `: ${data.cause}`}
        </p>
      )}
      {data.status === "RUNNING" && now.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
          <span className="text-dim">{text.nowIn}</span>
          {now.map((node) => (
            <span key={node.key} className="inline-flex items-center gap-1.5 font-medium">
              <StatusIcon status={statusOf(node) ?? "running"} />
              {node.key.slice(node.key.lastIndexOf("/") + 1)}
            </span>
          ))}
        </div>
      )}
      <Link
        to="/executions/$arn"
        params={{ arn: executionArn }}
        className="inline-flex items-center gap-1 self-start font-medium text-accent hover:underline"
      >
        {text.openExecution}
        <ArrowRight aria-hidden size={14} />
      </Link>
    </div>
  );
}

function statusOf({ running, waiting, retrying }: NodeView) {
  if (waiting > 0) return "waiting" as const;
  if (retrying > 0) return "retrying" as const;
  return running > 0 ? ("running" as const) : undefined;
}
