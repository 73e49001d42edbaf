import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { CostView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Segments } from "../../parts/segments.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { groupings, tagGroupings } from "./cost-search.ts";

type Report = NonNullable<CostView["report"]>;
type Row = Report["rows"][number];

/** Our choice: months that can be chosen side by side. */
const shownMonths = 6;

/** What workflows used in a month, and what AWS would have charged. */
export function CostPage() {
  const text = useAroundText().cost;
  usePageTitle(text.title);
  const navigate = useNavigate();
  const search = useSearch({ from: "/cost" });
  const query = useQuery({
    queryKey: keys.cost(search),
    queryFn: () => server.cost(search),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={text.title} hint={text.hint}>
        <Segments
          label={text.by}
          options={[
            ...groupings.map((id) => ({ id, label: text.groupings[id] as string })),
            ...tagGroupings(search.by, query.data?.tags).map((id) => ({
              id,
              label: text.tag(id.slice("tag:".length)),
            })),
          ]}
          selected={search.by ?? "machine"}
          onSelect={(by) => {
            const { by: _, ...rest } = search;
            void navigate({
              to: "/cost",
              replace: true,
              search: by === "machine" ? rest : { ...rest, by },
            });
          }}
        />
      </PageHead>
      <Read query={query}>
        {({ months, report }) =>
          report === undefined ? (
            <Card>
              <Empty title={text.off}>{text.offHint}</Empty>
            </Card>
          ) : (
            <div className="flex flex-col gap-4">
              {months.length > 1 && (
                <Segments
                  label={text.month}
                  options={months.slice(0, shownMonths).map((id) => ({ id, label: id }))}
                  selected={report.month}
                  onSelect={(month) =>
                    void navigate({ to: "/cost", replace: true, search: { ...search, month } })
                  }
                />
              )}
              <Rows report={report} />
            </div>
          )
        }
      </Read>
    </>
  );
}

function Rows({ report }: { readonly report: Report }) {
  const text = useAroundText().cost;
  const format = useFormat();
  const { rows, total, prices, freeTransitions, month } = report;
  if (rows.length === 0) {
    return (
      <Card>
        <Empty title={text.none(month)}>{text.noneHint}</Empty>
      </Card>
    );
  }
  return (
    <Card title={text.of(month)} flush>
      <Table label={text.of(month)}>
        <thead>
          <tr>
            <Head>{text.key}</Head>
            {/* What the page is about is seen first, also where the table has to be moved. */}
            <Head className="text-right">{text.charge}</Head>
            {columns.map((column) => (
              <Head key={column} className="text-right">
                {text.columns[column]}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CostRow key={row.stateMachineArn ?? row.key} row={row} name={row.key || text.noKey} />
          ))}
        </tbody>
        <tfoot className="border-t-2 border-line-strong">
          <CostRow row={total} name={text.total} />
        </tfoot>
      </Table>
      <div className="flex flex-col gap-1 px-4 py-3 text-[13px] text-dim">
        <p>{text.prices(prices.region, prices.date, format.number(freeTransitions))}</p>
        <p>{text.byState}</p>
      </div>
    </Card>
  );
}

const columns = ["executions", "transitions", "requests", "gbSeconds", "mapRuns"] as const;

function CostRow({ row, name }: { readonly row: Row; readonly name: string }) {
  const format = useFormat();
  return (
    <tr className={rowLook}>
      <Cell className="max-w-64 min-w-32 truncate font-medium">
        {row.stateMachineArn === undefined ? (
          name
        ) : (
          <Link
            to="/workflows/$arn"
            params={{ arn: row.stateMachineArn }}
            className="hover:text-accent hover:underline"
          >
            {name}
          </Link>
        )}
      </Cell>
      <Cell className="text-right font-medium tabular-nums">{format.usd(row.cost.total)}</Cell>
      {columns.map((column) => (
        <Cell key={column} className="text-right tabular-nums">
          {format.number(Math.round(row[column] * 10) / 10)}
        </Cell>
      ))}
    </tr>
  );
}
