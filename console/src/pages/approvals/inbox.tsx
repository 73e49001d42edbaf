import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowDown, ArrowLeft, X } from "lucide-react";
import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { ApprovalDetail } from "./approval-detail.tsx";
import { ApprovalList } from "./approval-list.tsx";
import { BulkAnswer } from "./bulk-answer.tsx";
import { isMatch, orders } from "./list-order.ts";
import { Outcome, WhatHappens } from "./outcome.tsx";
import type { PreparedAnswer } from "./prepared-answer.ts";
import { useSettledList } from "./settled-list.ts";
import { executionOf, taskIdOf } from "./task-id.ts";
import { useLiveApprovals } from "./use-live-approvals.ts";

const route = getRouteApi("/approvals");

export interface Answered {
  readonly approval: ApprovalView;
  readonly answer: PreparedAnswer;
}

/** What waits for an answer: a list, and beside it what is chosen. */
export function Inbox({
  all,
  isWanted,
  empty,
  answered,
  onAnswered,
}: {
  /** All that waits; what was answered just now may be among it. */
  readonly all: readonly ApprovalView[];
  /** Those that this tab shows. */
  readonly isWanted: (approval: ApprovalView) => boolean;
  /** What is said where there is nothing of them. */
  readonly empty: ReactNode;
  readonly answered: ReadonlyMap<string, Answered>;
  readonly onAnswered: (answered: readonly Answered[]) => void;
}) {
  const { approvals: text } = useText();
  const format = useFormat();
  const { task, sort, q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const filterInput = useRef<HTMLInputElement>(null);
  const [held, setHeld] = useState<readonly ApprovalView[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const waiting = useMemo(
    () => all.filter((approval) => !answered.has(taskIdOf(approval))),
    [all, answered],
  );
  const wanted = useMemo(() => waiting.filter(isWanted), [waiting, isWanted]);
  const { shown, arrived, settle } = useSettledList(wanted, taskIdOf);
  const listed = useMemo(
    () => shown.filter((approval) => isMatch(approval, q)).toSorted(orders[sort ?? "due"]),
    [shown, q, sort],
  );
  // What is opened by its address is shown, though the list may not show it.
  const current = task ?? (listed[0] && taskIdOf(listed[0]));
  // What is being confirmed stays: whoever is about to send has to be told that somebody else has.
  const known = [...waiting, ...held];
  const approval = known.find((each) => taskIdOf(each) === current);
  const bulk = unique(known).filter((each) => chosen.has(taskIdOf(each)));
  const executionArn = current === undefined ? undefined : executionOf(current);
  useLiveApprovals(all, executionArn);

  const toggle = useCallback(
    (id: string) =>
      setChosen((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const go = useCallback(
    (to: ApprovalView) => {
      const id = taskIdOf(to);
      void navigate({ search: (before) => ({ ...before, task: id }), replace: true });
      document.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"]`)?.focus();
    },
    [navigate],
  );
  useShortcuts(
    useMemo(() => {
      const step = (by: number) => {
        const at = listed.findIndex((each) => taskIdOf(each) === current);
        const next = listed[Math.min(Math.max(at + by, 0), listed.length - 1)];
        if (next !== undefined) go(next);
      };
      const group = text.keys;
      const choose = () => {
        if (current !== undefined) toggle(current);
      };
      return [
        { keys: "j", label: text.keyNext, group, run: () => step(1) },
        { keys: "k", label: text.keyPrevious, group, run: () => step(-1) },
        { keys: "x", label: text.keyChoose, group, run: choose },
        { keys: "/", label: text.keyFilter, group, run: () => filterInput.current?.focus() },
      ];
    }, [listed, current, go, toggle, text]),
  );
  const setSearch = (change: {
    readonly sort?: "age" | undefined;
    readonly q?: string | undefined;
  }) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  if (wanted.length === 0 && task === undefined) return empty;
  const isBulk = bulk.length > 1;
  const done = current === undefined || isBulk ? undefined : answered.get(current);
  const [next] = listed.filter((each) => taskIdOf(each) !== current);
  // On a narrow screen either the list is shown or what is chosen of it.
  const isBeside = task !== undefined || isBulk;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(17rem,22rem)_minmax(0,1fr)]">
      <Card flush className={`lg:sticky lg:top-18 ${task === undefined ? "" : "max-lg:hidden"}`}>
        <div className="flex flex-col gap-2 border-b border-line p-3">
          <input
            ref={filterInput}
            type="search"
            aria-label={text.filter}
            placeholder={text.filter}
            value={q}
            onChange={({ target }) => setSearch({ q: target.value || undefined })}
            className="h-8 w-full rounded-md border border-line bg-sunken px-2.5 text-[13px] placeholder:text-faint"
          />
          <div className="flex items-center gap-2 text-xs">
            <h2 className="grow font-medium text-dim">
              <span role="status">{text.count(format.number(listed.length))}</span>
            </h2>
            <select
              aria-label={text.sort}
              value={sort ?? "due"}
              onChange={({ target }) =>
                setSearch({ sort: target.value === "age" ? "age" : undefined })
              }
              className="h-7 rounded-md border border-line bg-surface px-1.5"
            >
              <option value="due">{text.dueFirst}</option>
              <option value="age">{text.oldestFirst}</option>
            </select>
          </div>
          {arrived > 0 && (
            <Button onPress={settle} className="border-run! text-run!">
              <ArrowDown aria-hidden size={14} />
              {text.arrived(format.number(arrived))}
            </Button>
          )}
          {bulk.length > 0 && (
            <div className="flex items-center gap-2 rounded-md bg-accent-soft py-0.5 pr-0.5 pl-2.5 text-xs">
              <span role="status" className="grow font-medium">
                {bulk.length === 1 ? text.oneChosen : text.chosen(format.number(bulk.length))}
              </span>
              <IconButton label={text.clearChosen} onPress={() => setChosen(new Set())}>
                <X aria-hidden size={14} />
              </IconButton>
            </div>
          )}
        </div>
        <div className="lg:max-h-[calc(100dvh-16rem)] lg:overflow-y-auto">
          <ApprovalList
            approvals={listed}
            current={isBulk ? undefined : current}
            isChosen={(id) => chosen.has(id)}
            onChoose={toggle}
          />
          {listed.length === 0 && (
            <p className="px-4 py-6 text-center text-[13px] text-dim">
              {q === "" ? text.emptyTitle : text.noneMatch}
            </p>
          )}
        </div>
      </Card>
      <div className={`min-w-0 ${isBeside ? "" : "max-lg:hidden"}`}>
        {task !== undefined && (
          <Link
            from="/approvals"
            to="/approvals"
            search={({ task: _task, ...before }) => before}
            className="mb-3 inline-flex h-8 items-center gap-1.5 font-medium text-accent lg:hidden"
          >
            <ArrowLeft aria-hidden size={15} />
            {text.backToList}
          </Link>
        )}
        {isBulk ? (
          <BulkAnswer
            approvals={bulk}
            onKeep={(kept) => setChosen(new Set(kept.map(taskIdOf)))}
            onConfirming={(isConfirming) => setHeld(isConfirming ? bulk : [])}
            onSent={(sent) => {
              onAnswered(sent);
              setChosen(new Set());
              void client.invalidateQueries({ queryKey: keys.approvals });
            }}
          />
        ) : done !== undefined ? (
          <Outcome
            key={current}
            {...done}
            onNext={next === undefined ? undefined : () => go(next)}
          />
        ) : approval !== undefined ? (
          <ApprovalDetail
            key={current}
            approval={approval}
            isOpened={task !== undefined}
            onConfirming={(isConfirming) => setHeld(isConfirming ? [approval] : [])}
            onSent={(answer) => {
              void client.invalidateQueries({ queryKey: keys.approvals });
              onAnswered([{ approval, answer }]);
              const id = taskIdOf(approval);
              void navigate({ search: (before) => ({ ...before, task: id }), replace: true });
            }}
          />
        ) : executionArn === undefined ? (
          <Card>
            <p className="py-8 text-center text-dim">{text.choose}</p>
          </Card>
        ) : (
          <Card>
            <Empty title={text.gone}>{text.goneHint}</Empty>
            <WhatHappens executionArn={executionArn} />
          </Card>
        )}
      </div>
    </div>
  );
}

function unique(approvals: readonly ApprovalView[]): readonly ApprovalView[] {
  return [...new Map(approvals.map((each) => [taskIdOf(each), each])).values()];
}
