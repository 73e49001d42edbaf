import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { StandInsView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty, Loading, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { EventsTab } from "./events-tab.tsx";
import { QueuesTab } from "./queues-tab.tsx";
import { refetchMs } from "./refetch.ts";
import { standInTabs, type StandInTab } from "./stand-ins-search.ts";
import { TablesTab } from "./tables-tab.tsx";
import { TopicsTab } from "./topics-tab.tsx";

const route = getRouteApi("/stand-ins");

/** The services that are answered from memory, to be looked into. */
export function StandInsPage() {
  const { standIns: text } = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      {session.data === undefined ? (
        <Loading />
      ) : session.data.standIns === undefined ? (
        <Card>
          <Empty title={text.offTitle}>{text.offText}</Empty>
          <CodeBlock label={text.offCommand} code="stepwell start --stand-ins memory" />
        </Card>
      ) : (
        <InMemory />
      )}
    </>
  );
}

function InMemory() {
  const { standIns: text } = useText();
  const format = useFormat();
  const { tab = "queues", open } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: keys.standIns,
    queryFn: server.standIns,
    refetchInterval: refetchMs,
  });
  const toggle = (id: string) =>
    void navigate({
      search: (before) => {
        const { open: opened, ...rest } = before;
        return opened === id ? rest : { ...rest, open: id };
      },
      replace: true,
    });
  return (
    <Read query={query}>
      {(view) => {
        const contents: Readonly<Record<StandInTab, ReactNode>> = {
          queues: <QueuesTab view={view} open={open} toggle={toggle} />,
          topics: <TopicsTab view={view} open={open} toggle={toggle} />,
          tables: <TablesTab view={view} open={open} toggle={toggle} />,
          events: <EventsTab view={view} open={open} toggle={toggle} />,
        };
        return (
          <>
            <p className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-wait-soft px-3 py-2 text-[13px]">
              <span className="flex min-w-0 grow basis-72 items-start gap-2">
                <TriangleAlert aria-hidden size={15} className="mt-0.5 shrink-0 text-wait" />
                {text.notice}
              </span>
              <span className="whitespace-nowrap text-dim tabular-nums">
                {text.memory(format.bytes(view.usedBytes), format.bytes(view.mostBytes))}
              </span>
            </p>
            <Tabs
              label={text.tabs}
              selected={tab}
              onSelect={(id) => void navigate({ search: { tab: id as StandInTab }, replace: true })}
              items={standInTabs.map((id) => ({
                id,
                label: (
                  <>
                    {text[id]}{" "}
                    <span className="text-faint tabular-nums">
                      {format.number(countOf(view, id))}
                    </span>
                  </>
                ),
                content: contents[id],
              }))}
            />
          </>
        );
      }}
    </Read>
  );
}

function countOf(view: StandInsView, tab: StandInTab): number {
  return tab === "events"
    ? view.buses.reduce((sum, { published }) => sum + published, 0)
    : view[tab].length;
}
