import type { CallsView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { formatValue } from "./format-value.ts";

/** How often each was called in the time that is shown, and how long it took. */
export function CallsTable({
  title,
  nameHead,
  empty,
  calls,
}: {
  readonly title: string;
  readonly nameHead: string;
  readonly empty: string;
  readonly calls: readonly CallsView[];
}) {
  const text = useText();
  const format = useFormat();
  return (
    <Card title={title} flush>
      {calls.length === 0 ? (
        <p className="px-4 py-6 text-center text-dim">{empty}</p>
      ) : (
        <Table label={title}>
          <thead>
            <tr>
              <Head>{nameHead}</Head>
              <Head className="text-right">{text.metrics.count}</Head>
              <Head className="text-right">{text.metrics.errors}</Head>
              <Head className="text-right">{text.metrics.p50}</Head>
              <Head className="text-right">{text.metrics.p99}</Head>
            </tr>
          </thead>
          <tbody>
            {calls.map((each) => (
              <tr key={each.name} className={rowLook}>
                <Cell className="font-mono text-[13px]">
                  {each.name}
                  {each.isWaiting === true && (
                    <span className="ml-2 font-sans text-xs text-dim">{text.metrics.waits}</span>
                  )}
                </Cell>
                <Cell className="text-right tabular-nums">{format.number(each.count)}</Cell>
                <Cell
                  className={`text-right tabular-nums ${each.errors > 0 ? "font-medium text-fail" : "text-dim"}`}
                >
                  {format.number(each.errors)}
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular-nums">
                  {formatValue(each.p50, "milliseconds", format, text)}
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular-nums">
                  {formatValue(each.p99, "milliseconds", format, text)}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
