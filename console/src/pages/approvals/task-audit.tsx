import { useQuery } from "@tanstack/react-query";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Ago } from "../../parts/time.tsx";
import { Who } from "./who.tsx";

const mostShown = 50;

/** Who has looked at a question, claimed it, or made a link to it. */
export function TaskAudit({ executionArn, taskId }: Pick<ApprovalView, "executionArn" | "taskId">) {
  const { approvals: text } = useText();
  const filter = { executionArn, taskId };
  const { data } = useQuery({
    queryKey: keys.audit(filter),
    queryFn: () => server.audit({ ...filter, limit: mostShown }),
  });
  if (data === undefined) return null;
  return (
    <ol className="flex flex-col gap-1 text-[13px]">
      {data.entries.length === 0 && <li className="text-dim">{text.auditNone}</li>}
      {data.entries.map((entry) => (
        <li key={`${entry.at} ${entry.action}`} className="flex flex-wrap gap-x-3">
          <span className="w-28 text-dim">
            <Ago at={Date.parse(entry.at)} />
          </span>
          <span className="font-medium">{text.actions[entry.action]}</span>
          <span className="text-dim">
            <Who entry={entry} />
          </span>
        </li>
      ))}
    </ol>
  );
}
