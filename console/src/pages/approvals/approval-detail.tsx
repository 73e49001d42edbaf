import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card } from "../../parts/layout.tsx";
import { Ago } from "../../parts/time.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { ClaimButton } from "./claim-button.tsx";
import { ConfirmAnswer } from "./confirm-answer.tsx";
import { Due } from "./due.tsx";
import { EarlierDecisions } from "./earlier-decisions.tsx";
import { Fold } from "./fold.tsx";
import { HereGraph } from "./here-graph.tsx";
import { LinkButton } from "./link-button.tsx";
import { usePerson } from "./person.ts";
import type { PreparedAnswer } from "./prepared-answer.ts";
import { TaskAudit } from "./task-audit.tsx";

/** What is asked, all that helps to answer, and the answer. */
export function ApprovalDetail({
  approval,
  isOpened,
  onConfirming,
  onSent,
}: {
  readonly approval: ApprovalView;
  /** Somebody has chosen it, rather than that it is the first of the list. */
  readonly isOpened: boolean;
  /** Told when the second step begins, and when it has ended. */
  readonly onConfirming: (isConfirming: boolean) => void;
  readonly onSent: (answer: PreparedAnswer) => void;
}) {
  const { approvals: text } = useText();
  const person = usePerson();
  useNotedView(approval, isOpened, person);
  const [prepared, setPrepared] = useState<PreparedAnswer>();
  const confirm = (answer: PreparedAnswer | undefined) => {
    setPrepared(answer);
    onConfirming(answer !== undefined);
  };
  const { executionArn } = approval;
  const execution = useQuery({
    queryKey: keys.execution(executionArn),
    queryFn: () => server.execution(executionArn),
  });
  return (
    <article className="flex flex-col gap-4">
      <Card>
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <h2
            id="approval"
            tabIndex={-1}
            className="min-w-0 grow basis-60 text-lg leading-snug font-semibold break-words outline-none"
          >
            {approval.title}
          </h2>
          <LinkButton key={`${executionArn} ${approval.taskId}`} approval={approval} />
          <ClaimButton approval={approval} />
        </div>
        {approval.claim !== undefined && (
          <p className="mt-1 text-xs text-accent">
            {approval.claim.name === person ? text.claimed : text.claimedBy(approval.claim.name)}
            {" · "}
            <Ago at={approval.claim.at} />
          </p>
        )}
        {approval.text !== undefined && (
          <p className="mt-2 max-w-prose break-words whitespace-pre-wrap">{approval.text}</p>
        )}
        {approval.isTaken !== undefined && (
          <p className="mt-2 text-[13px] text-dim">
            {approval.isTaken ? text.taken : text.notTaken}
          </p>
        )}
        <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 text-[13px] lg:grid-cols-3">
          <Fact name={text.due}>
            <Due at={approval.due} />
          </Fact>
          <Fact name={text.waitingSince}>
            <Ago at={approval.since} />
          </Fact>
          <Fact name={text.state}>{approval.stateName}</Fact>
          <Fact name={text.workflow}>
            <Link
              to="/workflows/$arn"
              params={{ arn: approval.stateMachineArn }}
              className="text-accent hover:underline"
            >
              {approval.stateMachineName}
            </Link>
          </Fact>
          <Fact name={text.execution}>
            <Link
              to="/executions/$arn"
              params={{ arn: executionArn }}
              className="text-accent hover:underline"
            >
              {approval.executionName}
            </Link>
          </Fact>
          {approval.resource !== undefined && (
            <Fact name={text.sentThrough}>
              <span className="font-mono text-xs">{shortResource(approval.resource)}</span>
            </Fact>
          )}
        </dl>
      </Card>
      <div className="grid items-start gap-4 xl:grid-cols-2 xl:grid-rows-[auto_auto_1fr]">
        {approval.facts.length > 0 && (
          <Card title={text.facts} flush className="xl:col-start-1">
            <table className="w-full table-fixed text-left text-[13px]">
              <tbody>
                {approval.facts.map(({ name, value }) => (
                  <tr key={name} className="border-b border-line last:border-0">
                    <th
                      scope="row"
                      className="w-2/5 px-4 py-1.5 align-top font-normal [overflow-wrap:anywhere] text-dim"
                    >
                      {name}
                    </th>
                    <td className="px-4 py-1.5 align-top font-medium [overflow-wrap:anywhere] whitespace-pre-wrap">
                      {value}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Card>
        )}
        <Card title={text.answer} className="xl:col-start-2 xl:row-span-3 xl:row-start-1">
          <AnswerForm approval={approval} onPrepared={confirm} />
        </Card>
        {execution.data !== undefined && (
          <Card title={text.graph} className="xl:col-start-1">
            <HereGraph
              definition={execution.data.definition}
              stateKey={approval.key}
              nodes={execution.data.nodes}
            />
          </Card>
        )}
        <div className="flex min-w-0 flex-col gap-4 xl:col-start-1">
          <EarlierDecisions approval={approval} />
          <div>
            <Fold title={text.parameters} flush>
              <JsonView value={approval.parameters} label={text.parameters} />
            </Fold>
            <Fold title={text.taskAudit}>
              <TaskAudit executionArn={executionArn} taskId={approval.taskId} />
            </Fold>
          </div>
        </div>
      </div>
      <ConfirmAnswer
        approval={approval}
        answer={prepared}
        onClose={() => confirm(undefined)}
        onSent={(answer) => {
          confirm(undefined);
          onSent(answer);
        }}
      />
    </article>
  );
}

/** From this width on the question beside the list is seen without being chosen. */
const wide = "(min-width: 64rem)";

/** Whoever looks is written down, as whoever answers is. */
function useNotedView(
  { executionArn, taskId }: ApprovalView,
  isOpened: boolean,
  person: string,
): void {
  const client = useQueryClient();
  const isSeen = isOpened || matchMedia(wide).matches;
  useEffect(() => {
    if (!isSeen) return;
    const task = { executionArn, taskId, ...(person !== "" && { name: person }) };
    // What cannot be written down can be looked at all the same.
    void server
      .noteView(task)
      .then(() => client.invalidateQueries({ queryKey: keys.audit({ executionArn, taskId }) }))
      .catch(() => undefined);
  }, [client, executionArn, taskId, isSeen, person]);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-dim">{name}</dt>
      <dd className="break-words [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** An activity by its name: its ARN says where it is, which the execution's says too. */
function shortResource(resource: string): string {
  return resource.startsWith("arn:") ? resource.split(":").slice(5).join(":") : resource;
}
