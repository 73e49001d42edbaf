import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, ArrowUp, Play } from "lucide-react";
import { useCallback, useState } from "react";
import type { ExecutionPage, ExecutionRow } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows } from "../../api/live.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { awsLine } from "../start/command-line.ts";
import { workflowFilter } from "./filters.ts";
import type { StateMachine } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";

type Pages = InfiniteData<ExecutionPage, string | undefined>;

/** The workflow's executions, the newest first; what starts now waits until it is asked for. */
export function ExecutionsTab({
  machine,
  onStart,
}: {
  readonly machine: StateMachine;
  readonly onStart: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const filter = workflowFilter(machine.name);
  const { query, waiting, renew } = useExecutions(machine, filter);
  return (
    <Read query={query}>
      {({ pages }) => {
        const rows = pages
          .flatMap((page) => page.rows)
          .filter(({ stateMachineArn }) => stateMachineArn === machine.stateMachineArn);
        if (rows.length === 0 && waiting === 0) {
          return <NoExecutions machine={machine} onStart={onStart} />;
        }
        return (
          <Card
            title={text.workflows.total(format.number(pages[0]?.total ?? rows.length))}
            aside={
              <>
                {waiting > 0 && (
                  <Button onPress={renew}>
                    <ArrowUp aria-hidden size={14} />
                    {text.workflows.fresh(format.number(waiting))}
                  </Button>
                )}
                <Link
                  to="/executions"
                  search={{ q: filter }}
                  className="inline-flex min-h-6 items-center gap-1.5 text-[13px] font-medium text-accent hover:underline"
                >
                  {text.workflows.executionsAll}
                  <ArrowRight aria-hidden size={14} />
                </Link>
              </>
            }
            flush
          >
            <ExecutionTable rows={rows} />
            {query.hasNextPage && (
              <div className="flex justify-center border-t border-line p-2">
                <Button
                  look="quiet"
                  isDisabled={query.isFetchingNextPage}
                  onPress={() => void query.fetchNextPage()}
                >
                  {query.isFetchingNextPage ? text.app.loading : text.workflows.older}
                </Button>
              </div>
            )}
          </Card>
        );
      }}
    </Read>
  );
}

function useExecutions({ stateMachineArn }: StateMachine, filter: string) {
  const client = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery({
    queryKey: workflowKeys.executions(stateMachineArn),
    queryFn: ({ pageParam }): Promise<ExecutionPage> => server.executions(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // Rows are changed in place below; reading anew would push new ones in between.
    refetchOnWindowFocus: false,
  });
  useChangedRows(
    useCallback(
      (changed: readonly ExecutionRow[]) => {
        const ours = new Map(
          changed
            .filter((row) => row.stateMachineArn === stateMachineArn)
            .map((row) => [row.executionArn, row]),
        );
        if (ours.size === 0) return;
        const shown = client.getQueryData<Pages>(workflowKeys.executions(stateMachineArn));
        if (shown === undefined) return;
        client.setQueryData<Pages>(workflowKeys.executions(stateMachineArn), {
          ...shown,
          pages: shown.pages.map((page) => ({
            ...page,
            rows: page.rows.map((row) => ours.get(row.executionArn) ?? row),
          })),
        });
        const newest = shown.pages[0]?.rows[0]?.startDate ?? 0;
        const known = new Set(
          shown.pages.flatMap(({ rows }) => rows.map((row) => row.executionArn)),
        );
        const added = [...ours.values()].filter(
          ({ executionArn, startDate }) => startDate >= newest && !known.has(executionArn),
        );
        if (added.length === 0) return;
        setFresh((before) => new Set([...before, ...added.map((row) => row.executionArn)]));
      },
      [client, stateMachineArn],
    ),
  );
  const known = new Set(
    query.data?.pages.flatMap(({ rows }) => rows.map((row) => row.executionArn)),
  );
  return {
    query,
    waiting: [...fresh].filter((arn) => !known.has(arn)).length,
    renew: () => {
      setFresh(new Set());
      void client.resetQueries({ queryKey: workflowKeys.executions(stateMachineArn) });
    },
  };
}

function ExecutionTable({ rows }: { readonly rows: readonly ExecutionRow[] }) {
  const text = useText();
  return (
    <Table label={text.workflows.executionsTable}>
      <thead>
        <tr>
          <Head>{text.workflows.status}</Head>
          <Head>{text.workflows.execution}</Head>
          <Head>{text.workflows.version}</Head>
          <Head>{text.workflows.startedAt}</Head>
          <Head className="text-right">{text.workflows.took}</Head>
          <Head>{text.workflows.error}</Head>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.executionArn} className={`group relative ${rowLook} focus-within:bg-sunken`}>
            <Cell className="w-36">
              <StatusBadge status={row.status} />
            </Cell>
            <Cell className="max-w-96 min-w-44">
              <Link
                to="/executions/$arn"
                params={{ arn: row.executionArn }}
                className="block truncate rounded font-medium outline-offset-4 after:absolute after:inset-0 group-hover:text-accent"
              >
                {row.name}
              </Link>
            </Cell>
            <Cell className="whitespace-nowrap text-dim">
              {[row.alias, row.version].filter(Boolean).join(" · ") || "–"}
            </Cell>
            <Cell className="text-dim">
              <Ago at={row.startDate} />
            </Cell>
            <Cell className="text-right">
              <Took from={row.startDate} to={row.stopDate} />
            </Cell>
            <Cell className="max-w-80 min-w-40">
              {row.error !== undefined && (
                <span className="block truncate font-mono text-xs text-fail" title={row.error}>
                  {row.error}
                </span>
              )}
              {row.failedState !== undefined && (
                <span className="block truncate text-xs text-dim">
                  {text.workflows.errorIn(row.failedState)}
                </span>
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function NoExecutions({
  machine: { stateMachineArn },
  onStart,
}: {
  readonly machine: StateMachine;
  readonly onStart: () => void;
}) {
  const text = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  return (
    <Card>
      <Empty
        title={text.workflows.executionsEmpty}
        action={
          <Button look="primary" onPress={onStart}>
            <Play aria-hidden size={14} />
            {text.workflows.keysStart}
          </Button>
        }
      >
        {text.workflows.executionsEmptyHint}
      </Empty>
      <div className="mx-auto max-w-2xl pb-6">
        <CodeBlock
          label={text.start.cli}
          code={awsLine("start-execution", {
            "endpoint-url": session.data?.endpoint,
            region: regionOf(stateMachineArn),
            "state-machine-arn": stateMachineArn,
            input: "{}",
          })}
        />
      </div>
    </Card>
  );
}
