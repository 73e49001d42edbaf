import type { MetricsView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { formatValue } from "./format-value.ts";

/** Every figure as it was measured last, and its highest in the time that is shown: the charts as words. */
export function NewestTable({ view }: { readonly view: MetricsView }) {
  const text = useText();
  const format = useFormat();
  const names = Object.keys(text.metrics.series) as (keyof typeof text.metrics.series)[];
  return (
    <Card title={text.metrics.newest} flush>
      <Table label={text.metrics.newest}>
        <thead>
          <tr>
            <Head>{text.metrics.figure}</Head>
            <Head className="text-right">{text.metrics.newestValue}</Head>
            <Head className="text-right">{text.metrics.highest}</Head>
            <Head>{text.metrics.meaning}</Head>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const series = view.series[name];
            if (series === undefined) return null;
            const known = series.values.filter((value) => value !== null);
            return (
              <tr key={name} className={rowLook}>
                <Cell className="font-medium whitespace-nowrap">{text.metrics.series[name]}</Cell>
                <Cell className="text-right whitespace-nowrap tabular-nums">
                  {formatValue(series.values.at(-1), series.unit, format, text)}
                </Cell>
                <Cell className="text-right whitespace-nowrap text-dim tabular-nums">
                  {formatValue(
                    known.length === 0 ? null : Math.max(...known),
                    series.unit,
                    format,
                    text,
                  )}
                </Cell>
                <Cell className="min-w-72 text-dim">{text.metrics.meanings[name]}</Cell>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Card>
  );
}
