import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowUpDown, Plus } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, linkAsButton } from "../../parts/button.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { awsLine } from "../start/command-line.ts";
import { ColumnChooser } from "./column-chooser.tsx";
import { CreateWorkflowDialog } from "./create-workflow-dialog.tsx";
import { sampleDefinition, useDefaultRole } from "./new-workflow.ts";
import { exportedFile } from "./export-workflow.ts";
import { RowDialog, type OpenDialog } from "./row-dialogs.tsx";
import type { RowAction } from "./row-menu.tsx";
import { workflowSort } from "./sort-workflows.ts";
import { describedOptions } from "./state-machine.ts";
import { useWorkflowFacts } from "./use-workflow-facts.ts";
import { useLiveWorkflows, useWorkflows } from "./use-workflows.ts";
import { chosenColumns, columnsBesidePeek } from "./workflow-columns.ts";
import {
  listedWorkflows,
  sortedWorkflows,
  tagGroups,
  type ListedWorkflow,
} from "./workflow-list.ts";
import { WorkflowPeek } from "./workflow-peek.tsx";
import { usePins } from "./workflow-pins.ts";
import { WorkflowTable } from "./workflow-table.tsx";
import { WorkflowsToolbar } from "./workflows-toolbar.tsx";
import { workflowsSearch, type WorkflowsSearch } from "./workflows-search.ts";

export function WorkflowsPage() {
  const text = useText();
  const workflows = useWorkflows();
  useLiveWorkflows();
  const [isCreating, setCreating] = useState(false);
  const create = (
    <div className="flex flex-wrap items-center gap-2">
      <Button onPress={() => setCreating(true)}>{text.workflowList.fromText}</Button>
      <Link to="/design" className={linkAsButton("primary")}>
        <Plus aria-hidden size={15} />
        {text.workflowList.newDesign}
      </Link>
    </div>
  );
  return (
    <>
      <PageHead title={text.workflows.title} hint={text.workflows.hint}>
        {workflows.data?.length === 0 ? undefined : create}
      </PageHead>
      <Read query={workflows}>
        {(rows) =>
          rows.length === 0 ? <NoWorkflows action={create} /> : <WorkflowList rows={rows} />
        }
      </Read>
      <CreateWorkflowDialog
        isOpen={isCreating}
        names={workflows.data?.map(({ name }) => name) ?? []}
        onClose={() => setCreating(false)}
      />
    </>
  );
}

function WorkflowList({ rows: known }: { readonly rows: readonly WorkflowRow[] }) {
  const text = useText();
  const format = useFormat();
  const search = useSearch({ from: "/workflows" });
  const { q = "", sort, tag, group, peek } = search;
  const navigate = useNavigate({ from: "/workflows" });
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<OpenDialog>();
  const [columns, setColumns] = useState(chosenColumns);
  const { pins, toggle } = usePins();
  const facts = useWorkflowFacts();
  const rows = useMemo(() => listedWorkflows(known, facts), [known, facts]);
  const groups = useMemo(() => tagGroups(rows), [rows]);
  const order = useMemo(() => workflowSort(sort), [sort]);
  const { shown, waiting, isStale, renew } = useSteadyOrder(rows, { q, sort, tag, pins });
  const peeked = rows.find(({ stateMachineArn }) => stateMachineArn === peek);

  const go = useCallback(
    (change: WorkflowsSearch) =>
      void navigate({
        to: "/workflows",
        search: (before) => workflowsSearch({ ...before, ...change }),
        replace: true,
      }),
    [navigate],
  );
  const act = (row: ListedWorkflow, action: RowAction) => {
    const { stateMachineArn } = row;
    if (action === "design") {
      void navigate({ to: "/workflows/$arn/design", params: { arn: stateMachineArn } });
    } else if (typeof action === "object") {
      void client
        .fetchQuery(describedOptions(stateMachineArn))
        .then((machine) => exportedFile(machine, row.facts?.tags ?? {}, action.exportAs))
        .then(({ fileName, content }) => saveFile(content, fileName, "text/plain;charset=utf-8"));
    } else if (action === "open") {
      void navigate({ to: "/workflows/$arn", params: { arn: stateMachineArn } });
    } else if (action === "peek") go({ peek: stateMachineArn });
    else if (action === "pin") toggle(stateMachineArn);
    else setOpen({ dialog: action, row });
  };

  useShortcuts(
    useMemo(() => {
      const group = text.workflows.title;
      const move = (step: number) => () => moveFocus(box.current, step);
      const withFocused = (use: (arn: string) => void) => () => {
        const arn = focusedArn();
        if (arn !== undefined) use(arn);
      };
      return [
        { keys: "j", label: text.workflows.keysNext, group, run: move(1) },
        { keys: "k", label: text.workflows.keysPrevious, group, run: move(-1) },
        {
          keys: "Enter",
          label: text.workflows.keysOpen,
          group,
          run: () =>
            document.activeElement instanceof HTMLElement && document.activeElement.click(),
        },
        {
          keys: "o",
          label: text.workflowList.keysPeek,
          group,
          run: withFocused((arn) => go({ peek: arn === peek ? "" : arn })),
        },
        { keys: "p", label: text.workflowList.keysPin, group, run: withFocused(toggle) },
        { keys: "/", label: text.workflows.keysFilter, group, run: () => field.current?.focus() },
      ];
    }, [text, go, peek, toggle]),
  );

  return (
    <>
      <WorkflowsToolbar
        search={search}
        groups={groups}
        field={field}
        onSearch={go}
        onEnter={() => moveFocus(box.current, 1)}
      >
        <span role="status" className="text-xs text-dim tabular-nums">
          {text.workflows.count(format.number(shown.length), format.number(rows.length))}
        </span>
        <span className="grow" />
        {(waiting > 0 || isStale) && (
          <Button onPress={renew}>
            <ArrowUpDown aria-hidden size={14} />
            {waiting > 0 ? text.workflows.fresh(format.number(waiting)) : text.workflows.sortAgain}
          </Button>
        )}
        <ColumnChooser chosen={columns} onChoose={setColumns} />
      </WorkflowsToolbar>
      <div
        className={
          peeked === undefined ? "" : "grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]"
        }
      >
        <div ref={box} className="min-w-0">
          <Card flush>
            {shown.length === 0 ? (
              <Empty
                title={text.workflows.noMatch(tag ?? q)}
                action={
                  <Button onPress={() => go({ q: "", tag: "" })}>
                    {text.workflows.clearFilter}
                  </Button>
                }
              >
                {text.workflows.noMatchHint}
              </Empty>
            ) : (
              <WorkflowTable
                rows={shown}
                columns={
                  peeked === undefined ? columns : columns.filter((id) => columnsBesidePeek.has(id))
                }
                group={group}
                pins={pins}
                peeked={peek}
                sort={order}
                onSort={(next) => go({ sort: next })}
                onTag={(next) => go({ tag: next })}
                onAction={act}
              />
            )}
          </Card>
        </div>
        {peeked !== undefined && (
          <WorkflowPeek
            row={peeked}
            onStart={() => setOpen({ dialog: "start", row: peeked })}
            onTag={(next) => go({ tag: next })}
            onClose={() => go({ peek: "" })}
          />
        )}
      </div>
      {open !== undefined && (
        <RowDialog
          open={open}
          names={rows.map(({ name }) => name)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

/** The workflow of the row that has the focus. */
function focusedArn(): string | undefined {
  const row = document.activeElement?.closest("tr");
  return row?.querySelector<HTMLElement>("[data-arn]")?.dataset["arn"];
}

/** Numbers change in their rows, but rows stay where they are until they are asked to move. */
function useSteadyOrder(
  rows: readonly ListedWorkflow[],
  {
    q,
    sort,
    tag,
    pins,
  }: {
    readonly q: string;
    readonly sort: string | undefined;
    readonly tag: string | undefined;
    readonly pins: ReadonlySet<string>;
  },
) {
  const sorted = useMemo(
    () => sortedWorkflows(rows, { filter: q, tag }, workflowSort(sort), pins),
    [rows, q, sort, tag, pins],
  );
  // Tags come a moment after the rows; what was looked for by them is looked for again.
  const hasFacts = rows.some(({ facts }) => facts !== undefined);
  const choice = JSON.stringify([q, sort, tag, [...pins], hasFacts]);
  const arns = sorted.map(({ stateMachineArn }) => stateMachineArn);
  const [kept, keep] = useState({ choice, arns });
  const isOther = kept.choice !== choice;
  useEffect(() => {
    if (isOther) keep({ choice, arns });
    // Only another choice takes up another order by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOther, choice]);
  if (isOther) return { shown: sorted, waiting: 0, isStale: false, renew: () => undefined };
  const byArn = new Map(sorted.map((row) => [row.stateMachineArn, row]));
  const shown = kept.arns.flatMap((arn) => byArn.get(arn) ?? []);
  return {
    shown,
    waiting: sorted.length - shown.length,
    isStale: shown.some(({ stateMachineArn }, index) => stateMachineArn !== arns[index]),
    renew: () => keep({ choice, arns }),
  };
}

/** Goes to the next or the previous row, or to the first. */
function moveFocus(box: HTMLElement | null, step: number): void {
  const links = [...(box?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
  const row = document.activeElement?.closest("tr");
  const current = links.findIndex((link) => link.closest("tr") === row);
  const next = current === -1 ? 0 : Math.min(links.length - 1, Math.max(0, current + step));
  links[next]?.focus();
}

function NoWorkflows({ action }: { readonly action: React.ReactNode }) {
  const text = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const role = useDefaultRole();
  const line = awsLine("create-state-machine", {
    "endpoint-url": session.data?.endpoint,
    region: session.data?.region,
    name: "hello-world",
    "role-arn": role,
    definition: JSON.stringify(JSON.parse(sampleDefinition)),
  });
  return (
    <Card>
      <Empty title={text.workflows.emptyTitle} action={action}>
        {text.workflows.emptyHint}
      </Empty>
      <div className="mx-auto max-w-2xl pb-6">
        <CodeBlock label={text.start.cli} code={line} />
      </div>
    </Card>
  );
}
