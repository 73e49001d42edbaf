import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Ago } from "../../parts/time.tsx";
import { Who } from "./who.tsx";
import { VerdictBadge, verdictOf } from "./verdict.tsx";

const mostShown = 8;

/** How the same state of the same workflow was answered before. */
export function EarlierDecisions({ approval }: { readonly approval: ApprovalView }) {
  const { approvals: text } = useText();
  const { stateMachineArn, key } = approval;
  const filter = { action: "answer", stateMachineArn, key };
  const { data } = useQuery({
    queryKey: keys.audit(filter),
    queryFn: () => server.audit({ ...filter, limit: mostShown }),
  });
  if (data === undefined || data.entries.length === 0) return null;
  return (
    <Card title={text.earlier} flush>
      <ul>
        {data.entries.map((entry) => {
          const { kind, comment } = verdictOf(entry.answer);
          return (
            <li
              key={`${entry.taskId} ${entry.executionArn}`}
              className="flex flex-col gap-1 border-b border-line px-4 py-2 text-[13px] last:border-0"
            >
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <VerdictBadge kind={kind} />
                <Link
                  to="/executions/$arn"
                  params={{ arn: entry.executionArn }}
                  className="min-w-0 grow basis-32 truncate text-accent hover:underline"
                >
                  {entry.title ?? entry.executionArn.split(":")[7]}
                </Link>
                <span className="text-xs text-dim">
                  <Who entry={entry} /> · <Ago at={Date.parse(entry.at)} />
                </span>
              </div>
              {comment !== undefined && <p className="break-words text-dim">{comment}</p>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
