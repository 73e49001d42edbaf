import { Link } from "@tanstack/react-router";
import type { ExecutionRow, TimeWindow } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { startedWithin } from "../../parts/window-search.ts";
import { WorkflowLink } from "../executions/columns.tsx";
import { MiddleName } from "../executions/middle-name.tsx";
import { cardLinkLook } from "./card-link.ts";
import { HeldCard } from "./held-card.tsx";

/** The executions that started last, of all or of a window. */
export function RecentExecutions({
  rows: recent,
  window,
}: {
  readonly rows: readonly ExecutionRow[];
  readonly window: TimeWindow | undefined;
}) {
  const text = useText();
  const words = text.home.recent;
  const isWindow = window !== undefined;
  return (
    <HeldCard
      title={isWindow ? words.titleOfWindow : words.title}
      rows={recent}
      keyOf={({ executionArn }) => executionArn}
      none={words.none}
      aside={
        <Link
          to="/executions"
          search={isWindow ? { q: startedWithin(window) } : {}}
          className={cardLinkLook}
        >
          {isWindow ? text.home.activity.show : words.all}
        </Link>
      }
    >
      {(rows) => (
        <Table label={words.title}>
          <thead>
            <tr>
              <Head>{words.status}</Head>
              <Head>{words.name}</Head>
              <Head>{words.workflow}</Head>
              <Head className="text-right">{words.duration}</Head>
              <Head className="text-right">{words.started}</Head>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.executionArn} className={rowLook}>
                <Cell>
                  <span className="flex">
                    <StatusBadge status={row.status} />
                  </span>
                </Cell>
                <Cell className="max-w-32 min-w-28">
                  <Link
                    to="/executions/$arn"
                    params={{ arn: row.executionArn }}
                    className="flex min-w-0 font-medium hover:text-accent hover:underline"
                  >
                    <MiddleName name={row.name} />
                  </Link>
                </Cell>
                <Cell className="max-w-28 min-w-20">
                  <WorkflowLink row={row} />
                </Cell>
                <Cell className="text-right">
                  <Took from={row.startDate} to={row.stopDate} />
                </Cell>
                <Cell className="text-right text-dim">
                  <Ago at={row.startDate} />
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </HeldCard>
  );
}
