import { Link } from "@tanstack/react-router";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { OutcomeBar, Sparkline } from "../../parts/charts.tsx";
import { Card } from "../../parts/layout.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { cardLinkLook } from "./card-link.ts";
import { Held } from "./held.tsx";

/** The workflows that ran last, and how they did. */
export function RecentWorkflows({ rows: recent }: { readonly rows: readonly WorkflowRow[] }) {
  const text = useText();
  const format = useFormat();
  const words = text.home.workflows;
  return (
    <Card
      title={words.title}
      flush
      aside={
        <Link to="/workflows" className={cardLinkLook}>
          {text.home.all}
        </Link>
      }
    >
      <Held rows={recent} keyOf={({ stateMachineArn }) => stateMachineArn}>
        {(rows) => (
          <Table label={words.title}>
            <thead>
              <tr>
                <Head>{words.name}</Head>
                <Head>{words.outcome}</Head>
                <Head>{words.starts}</Head>
                <Head className="text-right">{words.p95}</Head>
                <Head className="text-right">{words.last}</Head>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.stateMachineArn} className={rowLook}>
                  <Cell className="max-w-44">
                    <Link
                      to="/workflows/$arn"
                      params={{ arn: row.stateMachineArn }}
                      title={row.name}
                      className="block truncate font-medium hover:text-accent hover:underline"
                    >
                      {row.name}
                    </Link>
                  </Cell>
                  <Cell>
                    {row.succeeded + row.failed + row.running > 0 && (
                      <OutcomeBar
                        succeeded={row.succeeded}
                        failed={row.failed}
                        running={row.running}
                      />
                    )}
                  </Cell>
                  <Cell>
                    <Sparkline
                      values={row.started}
                      label={words.started(
                        format.number(row.started.reduce((total, count) => total + count, 0)),
                      )}
                    />
                  </Cell>
                  <Cell className="text-right whitespace-nowrap tabular-nums">
                    {row.p95 !== undefined && format.duration(row.p95)}
                  </Cell>
                  <Cell className="text-right text-dim">
                    {row.lastStart === undefined ? words.never : <Ago at={row.lastStart} />}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Held>
    </Card>
  );
}
