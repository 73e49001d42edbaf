import type { ServerView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

/** The limits that this server keeps to, and AWS's where they differ. */
export function LimitsTable({ about }: { readonly about: ServerView }) {
  const text = useText();
  const format = useFormat();
  const names = Object.keys(text.settings.limitNames) as (keyof typeof text.settings.limitNames)[];
  const shown = (name: string, value: number | undefined) => {
    if (value === undefined) return text.app.none;
    if (name.endsWith("Bytes")) return text.settings.bytes(format.number(value));
    if (name.endsWith("Seconds")) return format.duration(value * 1_000);
    return format.number(value);
  };
  const limits = about.limits ?? about.awsLimits;
  return (
    <Table label={text.settings.limits}>
      <thead>
        <tr>
          <Head>{text.settings.limit}</Head>
          <Head className="text-right">{text.settings.here}</Head>
          <Head className="text-right">{text.settings.atAws}</Head>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const isOther = limits[name] !== about.awsLimits[name];
          return (
            <tr key={name} className={rowLook}>
              <Cell>{text.settings.limitNames[name]}</Cell>
              <Cell
                className={`text-right whitespace-nowrap tabular-nums ${isOther ? "font-semibold text-wait" : ""}`}
              >
                {shown(name, limits[name])}
              </Cell>
              <Cell className="text-right whitespace-nowrap text-dim tabular-nums">
                {isOther ? shown(name, about.awsLimits[name]) : text.settings.same}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
