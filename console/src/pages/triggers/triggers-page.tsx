import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { usePageTitle } from "../../app/page-title.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { PageHead } from "../../parts/layout.tsx";
import type { OpenState } from "../../parts/open-row.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { ArchivesTab } from "./archives-tab.tsx";
import { DeliveriesTab } from "./deliveries-tab.tsx";
import { PipesTab } from "./pipes-tab.tsx";
import { RoutesTab } from "./routes-tab.tsx";
import { RulesTab } from "./rules-tab.tsx";
import { SchedulesTab } from "./schedules-tab.tsx";
import { useTriggers } from "./use-triggers.ts";
import { triggerTabs, type TriggerTab } from "./triggers-search.ts";

const route = getRouteApi("/triggers");

/** What starts workflows by itself. Each tab asks by itself whether one may see it. */
export function TriggersPage() {
  const { triggers: text } = useAroundText();
  usePageTitle(text.title);
  const { tab = "schedules", open } = route.useSearch();
  const navigate = route.useNavigate();
  const state: OpenState = {
    open,
    toggle: (id) =>
      void navigate({
        search: ({ open: opened, ...rest }) => (opened === id ? rest : { ...rest, open: id }),
        replace: true,
      }),
  };
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      <Tabs
        label={text.tabs}
        selected={tab}
        onSelect={(id) => id !== tab && void navigate({ search: { tab: id as TriggerTab } })}
        items={triggerTabs.map((id) => ({
          id,
          label: id === "deliveries" ? <DeliveriesLabel /> : text[id],
          content: contentOf(id, state),
        }))}
      />
    </>
  );
}

function contentOf(tab: TriggerTab, state: OpenState): ReactNode {
  switch (tab) {
    case "schedules":
      return <SchedulesTab {...state} />;
    case "rules":
      return <RulesTab {...state} />;
    case "pipes":
      return <PipesTab {...state} />;
    case "routes":
      return <RoutesTab {...state} />;
    case "deliveries":
      return <DeliveriesTab {...state} />;
    case "archives":
      return <ArchivesTab {...state} />;
  }
}

/** How many there are is said wherever one looks: they wait for somebody. */
function DeliveriesLabel() {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  const query = useTriggers("deliveries");
  const count = query.data?.length ?? 0;
  return (
    <>
      {text.deliveries}
      {count > 0 && (
        <span className="ml-1.5 rounded-full bg-fail-soft px-1.5 text-xs text-fail tabular-nums">
          {format.number(count)}
        </span>
      )}
    </>
  );
}
