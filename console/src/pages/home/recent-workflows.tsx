import { Link } from "@tanstack/react-router";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { OutcomeBar, Sparkline } from "../../parts/charts.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { cardLinkLook } from "./card-link.ts";
import { HeldCard } from "./held-card.tsx";

/** Half the width of a screen that is not wide has no place for it; the rows are in its order. */
const lastLook = "xl:max-2xl:hidden";

/** The workflows that ran last, and how they did. */
export function RecentWorkflows({
  rows: recent,
  isWindow,
}: {
  readonly rows: readonly WorkflowRow[];
  /** The figures are those of a window, not of the last 24 hours. */
  readonly isWindow: boolean;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.home.workflows;
  return (
    <HeldCard
      title={isWindow ? words.titleOfWindow : words.title}
      rows={recent}
      keyOf={({ stateMachineArn }) => stateMachineArn}
      none={words.none}
      aside={
        <Link to="/workflows" className={cardLinkLook}>
          {text.home.all}
        </Link>
      }
    >
      {(rows) => (
        <Table label={words.title}>
          <thead>
            <tr>
              <Head>{words.name}</Head>
              <Head>{isWindow ? words.outcomeOfWindow : words.outcome}</Head>
              <Head>{isWindow ? words.startsOfWindow : words.starts}</Head>
              <Head className="text-right">
                <span title={words.p50Hint}>{words.p50}</span>
              </Head>
              <Head className="text-right">
                <span title={words.p95Hint}>{words.p95}</span>
              </Head>
              <Head className={`text-right ${lastLook}`}>{words.last}</Head>
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
                    label={(isWindow ? words.startedOfWindow : words.started)(
                      format.number(row.started.reduce((total, count) => total + count, 0)),
                    )}
                  />
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular-nums">
                  {row.p50 !== undefined && format.duration(row.p50)}
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular-nums">
                  {row.p95 !== undefined && format.duration(row.p95)}
                </Cell>
                <Cell className={`text-right text-dim ${lastLook}`}>
                  {row.lastStart === undefined ? words.never : <Ago at={row.lastStart} />}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </HeldCard>
  );
}
