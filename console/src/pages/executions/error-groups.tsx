import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import type { ErrorGroup } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Empty } from "../../parts/layout.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { WorkflowLink } from "./columns.tsx";
import { groupKey } from "./error-filter.ts";
import { ErrorName } from "./error-name.tsx";

/** The server's own bound. */
const mostGroups = 20;

/** The failures that a filter picks, by what they have in common. */
export function ErrorGroups({
  groups,
  onFilter,
}: {
  readonly groups: readonly ErrorGroup[];
  readonly onFilter: (group: ErrorGroup) => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.groups;
  if (groups.length === 0) return <Empty title={words.none}>{words.noneHint}</Empty>;
  const highest = Math.max(...groups.map(({ count }) => count));
  return (
    <>
      <Table label={words.label}>
        <thead>
          <tr>
            <Head>{words.error}</Head>
            <Head>{words.state}</Head>
            <Head>{words.workflow}</Head>
            <Head className="text-right">{words.count}</Head>
            <Head>{words.first}</Head>
            <Head>{words.last}</Head>
            <Head>{words.sample}</Head>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={groupKey(group)} className={rowLook}>
              <Cell className="max-w-80">
                <button
                  type="button"
                  title={words.filter(group.error)}
                  onClick={() => onFilter(group)}
                  className="flex min-h-7 max-w-full items-center gap-1.5 text-left font-medium text-fail hover:underline"
                >
                  <CircleAlert aria-hidden size={14} className="shrink-0" />
                  <span className="truncate">
                    <ErrorName error={group.error} />
                  </span>
                </button>
                {group.cause !== undefined && (
                  <p className="truncate text-xs text-dim" title={group.cause}>
                    {group.cause}
                  </p>
                )}
              </Cell>
              <Cell className="max-w-52 truncate">{group.failedState}</Cell>
              <Cell className="max-w-52">
                <WorkflowLink row={group} />
              </Cell>
              <Cell className="text-right">
                <span className="font-semibold tabular-nums">{format.number(group.count)}</span>
                <div aria-hidden className="mt-1 ml-auto h-1 w-16 rounded-full bg-sunken">
                  <div
                    className="ml-auto h-full rounded-full bg-fail"
                    style={{ width: `${Math.max(4, (group.count / highest) * 100)}%` }}
                  />
                </div>
              </Cell>
              <Cell>
                <Ago at={group.firstAt} />
              </Cell>
              <Cell>
                <Ago at={group.lastAt} />
              </Cell>
              <Cell>
                <Link
                  to="/executions/$arn"
                  params={{ arn: group.sample }}
                  className="whitespace-nowrap text-accent hover:underline"
                >
                  {words.open}
                </Link>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {groups.length >= mostGroups && (
        <p className="border-t border-line px-4 py-2 text-xs text-dim">
          {words.most(format.number(mostGroups))}
        </p>
      )}
    </>
  );
}
