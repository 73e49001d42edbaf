import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import type { TestCase } from "../../../../src/console/view-types.ts";
import { formatJson } from "../../parts/format-json.ts";
import { later } from "../../parts/later.tsx";
import { Read } from "../../parts/query-state.tsx";
import { describedOptions, type StateMachine } from "../workflows/state-machine.ts";
import { codeExtensions } from "./code/code-extensions.ts";
import { SettingsStore } from "./config/settings-store.ts";
import { ConversionProvider } from "./conversion/conversion-provider.tsx";
import type { DesignedWorkflow } from "./designed-workflow.ts";
import type { DesignerSearch } from "./designer-search.ts";
import { DesignerShell } from "./designer-shell.tsx";
import { DesignerStore } from "./designer-store.ts";
import { emptyDefinition } from "./gallery/starters/empty.ts";
import { workflowNameOf } from "./gallery/workflow-name.ts";
import { blank, starterOf } from "./gallery/starters/starters.ts";
import { PinnedStore } from "./pinned/pinned-store.ts";
import { ProblemsProvider } from "./problems/problems-provider.tsx";
import { NewCases } from "./ship/new-cases.ts";
import { tryStoreOf } from "./try/try-store.ts";
import { DesignerContext } from "./use-designer.ts";

const GalleryPage = later(async () => (await import("./gallery/gallery-page.tsx")).GalleryPage);

/** The designer of a workflow that is there. */
export function DesignerPage() {
  const { arn } = useParams({ from: "/workflows/$arn/design" });
  const search = useSearch({ from: "/workflows/$arn/design" });
  const navigate = useNavigate();
  const machine = useQuery(describedOptions(arn));
  const go = (change: Partial<DesignerSearch>) =>
    void navigate({
      to: "/workflows/$arn/design",
      params: { arn },
      search: { ...search, ...change },
      replace: true,
    });
  return (
    <Read query={machine}>
      {(data) => <Opened key={arn} workflow={designed(data)} search={search} onSearch={go} />}
    </Read>
  );
}

/** The designer of one that is new. */
export function NewWorkflowPage() {
  const search = useSearch({ from: "/design" });
  const navigate = useNavigate();
  const go = (change: Partial<DesignerSearch>) =>
    void navigate({ to: "/design", search: { ...search, ...change }, replace: true });
  const starter = starterOf(search.starter);
  const workflow = useMemo(
    (): DesignedWorkflow => ({
      machine: undefined,
      ...(starter && { suggestedName: workflowNameOf(starter.id) }),
      type: starter?.type ?? "STANDARD",
      base: starter?.definition ?? emptyDefinition,
    }),
    [starter],
  );
  // Whoever follows a link to a starter that is no more chooses another.
  if (starter === undefined && search.starter !== blank) return <GalleryPage />;
  return (
    <Opened
      key={search.starter}
      workflow={workflow}
      cases={starter?.cases}
      search={search}
      onSearch={go}
    />
  );
}

function designed(machine: StateMachine): DesignedWorkflow {
  const { definition, type } = machine;
  // What tools wrote in one line is laid out: nobody edits that.
  const base = definition.trim().includes("\n") ? definition : formatJson(definition);
  return { machine, type, base };
}

function Opened({
  workflow,
  cases: begun = [],
  search,
  onSearch,
}: {
  readonly workflow: DesignedWorkflow;
  /** Of a workflow that is new: its test cases. */
  readonly cases?: readonly TestCase[] | undefined;
  readonly search: DesignerSearch;
  readonly onSearch: (change: Partial<DesignerSearch>) => void;
}) {
  const [store] = useState(() => new DesignerStore(workflow.base, codeExtensions()));
  const [settings] = useState(() => new SettingsStore(workflow));
  const [pinned] = useState(() => new PinnedStore(workflow.machine?.stateMachineArn));
  const [cases] = useState(() => new NewCases(begun));
  useEffect(
    () =>
      store.onMoved((moves) => {
        pinned.move(moves);
        tryStoreOf(store).move(moves);
      }),
    [store, pinned],
  );
  const designer = useMemo(
    () => ({ store, workflow, settings, pinned, cases }),
    [store, workflow, settings, pinned, cases],
  );
  return (
    <DesignerContext value={designer}>
      <ConversionProvider>
        <ProblemsProvider>
          <DesignerShell search={search} onSearch={onSearch} />
        </ProblemsProvider>
      </ConversionProvider>
    </DesignerContext>
  );
}
