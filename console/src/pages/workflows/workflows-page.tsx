import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowUpDown, Plus, Search, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { awsLine } from "../start/command-line.ts";
import { inputLook } from "../../parts/field.tsx";
import { StartDialog } from "../start/start-dialog.tsx";
import { CreateWorkflowDialog } from "./create-workflow-dialog.tsx";
import { sampleDefinition, useDefaultRole } from "./new-workflow.ts";
import { sortedWorkflows, workflowSort } from "./sort-workflows.ts";
import { useLiveWorkflows, useWorkflows } from "./use-workflows.ts";
import { WorkflowTable } from "./workflow-table.tsx";
import { workflowsSearch, type WorkflowsSearch } from "./workflows-search.ts";

export function WorkflowsPage() {
  const text = useText();
  const workflows = useWorkflows();
  useLiveWorkflows();
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button look="primary" onPress={() => setCreating(true)}>
      <Plus aria-hidden size={15} />
      {text.workflows.create}
    </Button>
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

function WorkflowList({ rows }: { readonly rows: readonly WorkflowRow[] }) {
  const text = useText();
  const format = useFormat();
  const { q = "", sort } = useSearch({ from: "/workflows" });
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [starting, setStarting] = useState<WorkflowRow>();
  const order = useMemo(() => workflowSort(sort), [sort]);
  const { shown, waiting, isStale, renew } = useSteadyOrder(rows, q, sort);

  const go = (search: WorkflowsSearch) => {
    const next = { q, ...(sort !== undefined && { sort }), ...search };
    void navigate({
      to: "/workflows",
      search: workflowsSearch(next),
      replace: true,
    });
  };

  useShortcuts(
    useMemo(() => {
      const group = text.workflows.title;
      const move = (step: number) => () => moveFocus(box.current, step);
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
        { keys: "/", label: text.workflows.keysFilter, group, run: () => field.current?.focus() },
      ];
    }, [text]),
  );

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <div className="relative w-full sm:w-80">
          <Search
            aria-hidden
            size={14}
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
          />
          <input
            ref={field}
            type="text"
            role="searchbox"
            aria-label={text.workflows.filter}
            placeholder={text.workflows.filter}
            value={q}
            onChange={(event) => go({ q: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
              if (event.key === "ArrowDown" || event.key === "Enter") {
                event.preventDefault();
                moveFocus(box.current, 1);
              }
            }}
            className={`${inputLook} h-8 bg-surface! pr-9! pl-8!`}
          />
          {q === "" ? (
            <kbd
              aria-hidden
              className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded border border-line bg-sunken px-1.5 font-mono text-[11px] text-dim"
            >
              /
            </kbd>
          ) : (
            <span className="absolute top-0 right-0">
              <IconButton label={text.workflows.clearFilter} onPress={() => go({ q: "" })}>
                <X aria-hidden size={14} />
              </IconButton>
            </span>
          )}
        </div>
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
      </div>
      <div ref={box}>
        <Card flush>
          {shown.length === 0 ? (
            <Empty
              title={text.workflows.noMatch(q)}
              action={<Button onPress={() => go({ q: "" })}>{text.workflows.clearFilter}</Button>}
            >
              {text.workflows.noMatchHint}
            </Empty>
          ) : (
            <WorkflowTable
              rows={shown}
              sort={order}
              onSort={(next) => go({ sort: next })}
              onStart={setStarting}
            />
          )}
        </Card>
      </div>
      {starting !== undefined && (
        <StartDialog
          stateMachineArn={starting.stateMachineArn}
          type={starting.type}
          isOpen
          onClose={() => setStarting(undefined)}
        />
      )}
    </>
  );
}

/** Numbers change in their rows, but rows stay where they are until they are asked to move. */
function useSteadyOrder(rows: readonly WorkflowRow[], q: string, sort: string | undefined) {
  const sorted = useMemo(() => sortedWorkflows(rows, q, workflowSort(sort)), [rows, q, sort]);
  const choice = JSON.stringify([q, sort]);
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
