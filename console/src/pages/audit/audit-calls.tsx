import { useInfiniteQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Head, Table } from "../../parts/table.tsx";
import { auditFilterOf, type AuditSearch } from "./audit-search.ts";
import { CallRow } from "./call-row.tsx";

const pageSize = 100;

/** The calls that a filter picks, page by page. They are read when they are asked for: each look is a call, too. */
export function AuditCalls({ search }: { readonly search: AuditSearch }) {
  const { audit: text } = useText();
  const query = useInfiniteQuery({
    queryKey: keys.auditCalls(search),
    queryFn: ({ pageParam }) =>
      server.auditCalls({
        ...auditFilterOf(search, Date.now()),
        limit: pageSize,
        ...(pageParam > 0 && { before: pageParam }),
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: false,
  });
  const calls = query.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <>
      <Read query={query}>
        {() =>
          calls.length === 0 ? (
            <Empty title={text.none}>{text.noneHint}</Empty>
          ) : (
            <Table label={text.list}>
              <thead>
                <tr>
                  <Head>{text.when}</Head>
                  <Head>{text.outcome}</Head>
                  <Head>{text.action}</Head>
                  <Head>{text.who}</Head>
                  <Head>{text.resource}</Head>
                  <Head>{text.record}</Head>
                </tr>
              </thead>
              <tbody>
                {calls.map((call) => (
                  <CallRow key={call.sequence} call={call} />
                ))}
              </tbody>
            </Table>
          )
        }
      </Read>
      <div className="flex flex-wrap items-center justify-end gap-3 border-t border-line px-4 py-2">
        {query.hasNextPage && (
          <Button isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            {text.older}
          </Button>
        )}
        <Button isDisabled={query.isFetching} onPress={() => void query.refetch()}>
          <RefreshCw aria-hidden size={14} />
          {text.refresh}
        </Button>
      </div>
    </>
  );
}
