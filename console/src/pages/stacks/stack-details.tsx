import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { StackView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { Failure } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { ChangeTab } from "./change-tab.tsx";
import { driftText } from "./drift-text.ts";
import { EventsTab } from "./events-tab.tsx";
import { OutputsTab } from "./outputs-tab.tsx";
import { ResourcesTab } from "./resources-tab.tsx";
import { stackTabs, type StackTab } from "./stacks-search.ts";

const route = getRouteApi("/stacks");
const refetchMs = 2_000;

/** What is in one stack, and what has happened to it. */
export function StackDetails({ stackId }: { readonly stackId: string }) {
  const { stacks: text } = useAroundText();
  const { tab = "resources" } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.stack(stackId),
    queryFn: () => server.stack(stackId),
    refetchInterval: refetchMs,
  });
  const drift = useMutation({
    mutationFn: () => server.detectDrift(stackId),
    onSuccess: (stack) => client.setQueryData(keys.stack(stackId), stack),
  });
  return (
    <Read query={query}>
      {(stack) => (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-3 text-[13px]">
            {stack.reason !== undefined && <span className="min-w-0 grow">{stack.reason}</span>}
            <span className="ml-auto text-dim">{driftText(text.drifts, stack.drift)}</span>
            <Button isDisabled={drift.isPending} onPress={() => drift.mutate()}>
              {text.checkDrift}
            </Button>
          </div>
          {drift.error !== null && <Failure error={drift.error} />}
          <Tabs
            label={text.tabs}
            selected={tab}
            onSelect={(id) =>
              void navigate({
                search: (before) => ({ ...before, tab: id as StackTab }),
                replace: true,
              })
            }
            items={stackTabs.map((id) => ({ id, label: text[id], content: contentOf(id, stack) }))}
          />
        </>
      )}
    </Read>
  );
}

function contentOf(tab: StackTab, stack: StackView): ReactNode {
  switch (tab) {
    case "resources":
      return <ResourcesTab stack={stack} />;
    case "outputs":
      return <OutputsTab stack={stack} />;
    case "events":
      return <EventsTab stack={stack} />;
    case "change":
      return <ChangeTab stack={stack} />;
  }
}
