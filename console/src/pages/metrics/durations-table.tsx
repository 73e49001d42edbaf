import { Link } from "@tanstack/react-router";
import type { WorkflowDurations } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

const shares = ["p50", "p90", "p95", "p99"] as const;

/** How long executions took that ended in the time that is shown, by workflow. */
export function DurationsTable({ rows }: { readonly rows: readonly WorkflowDurations[] }) {
  const text = useText();
  const format = useFormat();
  const words = text.metrics.durations;
  return (
    <Card title={words.title} flush>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-center text-dim">{words.none}</p>
      ) : (
        <Table label={words.title}>
          <thead>
            <tr>
              <Head>{words.workflow}</Head>
              <Head className="text-right">{words.ended}</Head>
              <Head className="text-right">{words.failed}</Head>
              {shares.map((share) => (
                <Head key={share} className="text-right">
                  <span title={words.hint[share]}>{words.share[share]}</span>
                </Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.stateMachineArn} className={rowLook}>
                <Cell className="max-w-64 min-w-32">
                  <Link
                    to="/workflows/$arn"
                    params={{ arn: row.stateMachineArn }}
                    title={row.name}
                    className="block truncate font-medium hover:text-accent hover:underline"
                  >
                    {row.name}
                  </Link>
                </Cell>
                <Cell className="text-right tabular-nums">{format.number(row.ended)}</Cell>
                <Cell
                  className={`text-right tabular-nums ${row.failed > 0 ? "font-medium text-fail" : "text-dim"}`}
                >
                  {format.number(row.failed)}
                </Cell>
                {shares.map((share) => (
                  <Cell key={share} className="text-right whitespace-nowrap tabular-nums">
                    {format.duration(row[share])}
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
