import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { PencilRuler, Play } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button, linkAsButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Loading, PageHead } from "../../parts/layout.tsx";
import { keyErrorOf } from "../../parts/key-lost.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { StartDialog } from "../start/start-dialog.tsx";
import { CodeTab } from "./code-tab.tsx";
import { ConfigurationTab } from "./configuration-tab.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { ExecutionsTab } from "./executions-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { overlays } from "./state-heat.ts";
import { describedOptions, type StateMachine } from "./state-machine.ts";
import { useLiveWorkflows } from "./use-workflows.ts";
import { UnreadWorkflow } from "./unread-workflow.tsx";
import { VersionsTab } from "./versions-tab.tsx";
import type { WorkflowSearch } from "./workflows-search.ts";

const tabs = [
  "overview",
  "executions",
  "versions",
  "triggers",
  "monitoring",
  "configuration",
  "definition",
  "code",
] as const;

/** Schedules, patterns and their texts come when they are wanted. */
const TriggersTab = lazy(() =>
  import("./triggers-tab.tsx").then((part) => ({ default: part.TriggersTab })),
);

/** Charts come with a library of their own. */
const MonitoringTab = lazy(() =>
  import("./monitoring-tab.tsx").then((part) => ({ default: part.MonitoringTab })),
);

export function WorkflowPage() {
  const { arn } = useParams({ from: "/workflows/$arn" });
  const machine = useQuery(describedOptions(arn));
  useLiveWorkflows(arn);
  const lost = keyErrorOf(machine.error);
  if (lost !== undefined) {
    const again = () => void machine.refetch();
    return <UnreadWorkflow arn={arn} reason={lost} error={machine.error} again={again} />;
  }
  return <Read query={machine}>{(data) => <Workflow key={arn} machine={data} />}</Read>;
}

function Workflow({ machine }: { readonly machine: StateMachine }) {
  const text = useText();
  const [isStarting, setStarting] = useState(false);
  const { search, go } = useWorkflowSearch(machine.stateMachineArn);
  const selected = tabs.find((id) => id === search.tab) ?? "overview";
  const { stateMachineArn, name, type } = machine;
  const start = () => setStarting(true);

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "s",
          label: text.workflows.keysStart,
          group: text.workflows.graph,
          run: () => setStarting(true),
        },
      ],
      [text],
    ),
  );

  const contents = {
    overview: () => (
      <OverviewTab
        machine={machine}
        state={search.state}
        overlay={overlays.find((each) => each === search.heat) ?? "off"}
        onOverlay={(heat) => go({ heat: heat === "off" ? "" : heat })}
        onState={(state) => go({ state: state ?? "" })}
      />
    ),
    executions: () => <ExecutionsTab machine={machine} onStart={start} />,
    versions: () => <VersionsTab machine={machine} search={search} onSearch={go} />,
    configuration: () => <ConfigurationTab machine={machine} />,
    definition: () => (
      <DefinitionTab
        machine={machine}
        isEdited={search.edit === "definition"}
        onEdit={(isEdited) => go({ edit: isEdited ? "definition" : "" })}
        onVersions={() => go({ tab: "versions" })}
      />
    ),
    triggers: () => (
      <Suspense fallback={<Loading />}>
        <TriggersTab stateMachineArn={stateMachineArn} />
      </Suspense>
    ),
    monitoring: () => (
      <Suspense fallback={<Loading />}>
        <MonitoringTab
          stateMachineArn={stateMachineArn}
          hours={search.hours}
          onHours={(hours) => go({ hours })}
        />
      </Suspense>
    ),
    code: () => (
      <CodeTab machine={machine} language={search.lang} onLanguage={(lang) => go({ lang })} />
    ),
  } satisfies Record<(typeof tabs)[number], () => React.ReactNode>;

  return (
    <>
      <PageHead
        title={name}
        hint={
          <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="rounded-md border border-line px-1.5 text-xs">
              {text.workflows.types[type]}
            </span>
            {machine.status === "DELETING" && (
              <span className="rounded-md bg-wait-soft px-1.5 text-xs text-wait">
                {text.workflows.deleting}
              </span>
            )}
            <span className="inline-flex min-w-0 items-center gap-1">
              <span className="min-w-0 font-mono text-xs break-all">{stateMachineArn}</span>
              <CopyButton value={stateMachineArn} label={text.workflows.copyArn} />
            </span>
          </span>
        }
      >
        <Link
          to="/workflows/$arn/design"
          params={{ arn: stateMachineArn }}
          className={linkAsButton("plain")}
        >
          <PencilRuler aria-hidden size={14} />
          {text.workflowList.design}
        </Link>
        <Button look="primary" onPress={start}>
          <Play aria-hidden size={14} />
          {text.workflows.keysStart}
        </Button>
      </PageHead>
      <Tabs
        label={text.workflows.tabs.label}
        items={tabs.map((id) => ({
          id,
          label: text.workflows.tabs[id],
          content: id === selected ? contents[id]() : null,
        }))}
        selected={selected}
        onSelect={(id) => go({ tab: id === "overview" ? "" : id })}
      />
      <StartDialog
        stateMachineArn={stateMachineArn}
        type={type}
        isOpen={isStarting}
        onClose={() => setStarting(false)}
      />
    </>
  );
}

/** The page's address, and how a part of it is changed; an empty text takes the part away. */
function useWorkflowSearch(arn: string) {
  const search = useSearch({ from: "/workflows/$arn" });
  const navigate = useNavigate();
  const go = (change: WorkflowSearch) => {
    const entries = Object.entries({ ...search, ...change }).filter(([, value]) => value !== "");
    void navigate({
      to: "/workflows/$arn",
      params: { arn },
      search: Object.fromEntries(entries) as WorkflowSearch,
      // Back leads to the tab before, not through everything that was looked at in it.
      replace: change.tab === undefined,
    });
  };
  return { search, go };
}
