import { Link } from "@tanstack/react-router";
import { Hourglass } from "lucide-react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Took } from "../../parts/time.tsx";
import { MiddleName } from "../executions/middle-name.tsx";
import { HeldCard, Rows } from "./held-card.tsx";

const keyOf = ({ executionArn }: ExecutionRow) => executionArn;

/** Executions that run far longer than those of their workflow do. */
export function Stuck({ rows: stuck }: { readonly rows: readonly ExecutionRow[] }) {
  const words = useText().home.stuck;
  return (
    <HeldCard
      title={<span title={words.hint}>{words.title}</span>}
      rows={stuck}
      keyOf={keyOf}
      none={words.none}
    >
      {(rows) => (
        <Rows rows={rows} keyOf={keyOf}>
          {(row) => (
            <>
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
            </>
          )}
        </Rows>
      )}
    </HeldCard>
  );
}
