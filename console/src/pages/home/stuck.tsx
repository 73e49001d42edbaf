import { Link } from "@tanstack/react-router";
import { Hourglass } from "lucide-react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Took } from "../../parts/time.tsx";
import { MiddleName } from "../executions/middle-name.tsx";
import { Held } from "./held.tsx";
import { Quiet } from "./quiet.tsx";

/** Executions that run far longer than those of their workflow do. */
export function Stuck({ rows: stuck }: { readonly rows: readonly ExecutionRow[] }) {
  const text = useText();
  const words = text.home.stuck;
  return (
    <Card title={<span title={words.hint}>{words.title}</span>} flush>
      {stuck.length === 0 ? (
        <Quiet>{words.none}</Quiet>
      ) : (
        <Held rows={stuck} keyOf={({ executionArn }) => executionArn}>
          {(rows) => (
            <ul>
              {rows.map((row) => (
                <li key={row.executionArn} className="border-b border-line px-4 py-2 last:border-0">
                  <Link
                    to="/executions/$arn"
                    params={{ arn: row.executionArn }}
                    className="flex min-w-0 font-semibold hover:text-accent hover:underline"
                  >
                    <MiddleName name={row.name} />
                  </Link>
                  <p className="flex gap-2 text-xs text-dim">
                    <span className="min-w-0 grow truncate">{row.stateMachineName}</span>
                    <span className="inline-flex shrink-0 items-center gap-1 text-wait">
                      <Hourglass aria-hidden size={12} />
                      {words.running} <Took from={row.startDate} to={row.stopDate} />
                    </span>
                  </p>
                </li>
              ))}
            </ul>
          )}
        </Held>
      )}
    </Card>
  );
}
