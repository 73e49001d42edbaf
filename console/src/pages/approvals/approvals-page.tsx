import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, ArrowDown } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ApprovalView, ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows, useLive } from "../../api/live.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ApprovalDetail } from "./approval-detail.tsx";
import { ApprovalList } from "./approval-list.tsx";
import { useClaims } from "./claims.ts";
import { Outcome, WhatHappens } from "./outcome.tsx";
import type { PreparedAnswer } from "./prepared-answer.ts";
import { useSettledList } from "./settled-list.ts";
import { executionOf, taskIdOf } from "./task-id.ts";
import { Teaching } from "./teaching.tsx";

const route = getRouteApi("/approvals");

interface Answered {
  readonly approval: ApprovalView;
  readonly answer: PreparedAnswer;
}

/** The inbox of everything that waits for an answer: a list, and beside it what is chosen. */
export function ApprovalsPage() {
  const { approvals: text } = useText();
  const format = useFormat();
  const { task, sort, q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const claims = useClaims();
  const filterInput = useRef<HTMLInputElement>(null);
  const [answered, setAnswered] = useState<ReadonlyMap<string, Answered>>(new Map());
  const [held, setHeld] = useState<ApprovalView>();
  const client = useQueryClient();
  const query = useQuery({ queryKey: keys.approvals, queryFn: server.approvals });

  const waiting = useMemo(
    () => query.data?.filter((approval) => !answered.has(taskIdOf(approval))),
    [query.data, answered],
  );
  const { shown, arrived, settle } = useSettledList(waiting, taskIdOf);
  const listed = useMemo(
    () => shown.filter((approval) => isMatch(approval, q)).toSorted(orders[sort ?? "due"]),
    [shown, q, sort],
  );
  // What is opened by its address is shown, though the list may not show it.
  const current = task ?? (listed[0] && taskIdOf(listed[0]));
  // What is being confirmed stays: whoever is about to send has to be told that somebody else has.
  const approval = [...(waiting ?? []), ...(held === undefined ? [] : [held])].find(
    (each) => taskIdOf(each) === current,
  );
  const executionArn = current === undefined ? undefined : executionOf(current);
  useLiveApprovals(query.data, executionArn);

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
      return [
        { keys: "j", label: text.keyNext, group, run: () => step(1) },
        { keys: "k", label: text.keyPrevious, group, run: () => step(-1) },
        { keys: "/", label: text.keyFilter, group, run: () => filterInput.current?.focus() },
      ];
    }, [listed, current, go, text]),
  );

  const setSearch = (change: {
    readonly sort?: "age" | undefined;
    readonly q?: string | undefined;
  }) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  return (
    <>
      <div className={task === undefined ? "" : "max-lg:hidden"}>
        <PageHead title={text.title} hint={text.hint} />
      </div>
      <Read query={query}>
        {() => {
          if (waiting?.length === 0 && task === undefined) return <Teaching />;
          const done = current === undefined ? undefined : answered.get(current);
          const [next] = listed.filter((each) => taskIdOf(each) !== current);
          return (
            <div className="grid items-start gap-4 lg:grid-cols-[minmax(17rem,22rem)_minmax(0,1fr)]">
              <Card
                flush
                className={`lg:sticky lg:top-18 ${task === undefined ? "" : "max-lg:hidden"}`}
              >
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
                    <h2 className="grow font-medium text-dim" role="status">
                      {text.count(format.number(listed.length))}
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
                </div>
                <div className="lg:max-h-[calc(100dvh-13rem)] lg:overflow-y-auto">
                  <ApprovalList approvals={listed} current={current} isClaimed={claims.has} />
                  {listed.length === 0 && (
                    <p className="px-4 py-6 text-center text-[13px] text-dim">
                      {q === "" ? text.emptyTitle : text.noneMatch}
                    </p>
                  )}
                </div>
              </Card>
              <div className={`min-w-0 ${task === undefined ? "max-lg:hidden" : ""}`}>
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
                {done !== undefined ? (
                  <Outcome
                    key={current}
                    {...done}
                    onNext={next === undefined ? undefined : () => go(next)}
                  />
                ) : approval !== undefined ? (
                  <ApprovalDetail
                    key={current}
                    approval={approval}
                    isClaimed={claims.has(taskIdOf(approval))}
                    onClaim={() => claims.toggle(taskIdOf(approval))}
                    onConfirming={(isConfirming) => setHeld(isConfirming ? approval : undefined)}
                    onSent={(answer) => {
                      void client.invalidateQueries({ queryKey: keys.approvals });
                      const id = taskIdOf(approval);
                      setAnswered(new Map(answered).set(id, { approval, answer }));
                      void navigate({
                        search: (before) => ({ ...before, task: id }),
                        replace: true,
                      });
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
        }}
      </Read>
    </>
  );
}

/** Changes of what is asked come as changes of rows: a list is read again once in this time at most. */
const refetchMs = 1_000;

function useLiveApprovals(
  read: readonly ApprovalView[] | undefined,
  executionArn: string | undefined,
): void {
  const client = useQueryClient();
  const execution = useQuery({
    queryKey: keys.execution(executionArn ?? ""),
    queryFn: () => server.execution(executionArn ?? ""),
    enabled: executionArn !== undefined,
  });
  const from = execution.data?.lastEventId;
  useLive({
    executions: true,
    ...(executionArn !== undefined &&
      from !== undefined && { execution: { arn: executionArn, from } }),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useMemo(() => new Set(read?.map(({ executionArn: arn }) => arn)), [read]);
  useChangedRows(
    useCallback(
      (rows: readonly ExecutionRow[]) => {
        const isOurs = rows.some(
          ({ executionArn: arn, waitingFor }) => waitingFor !== undefined || known.has(arn),
        );
        if (!isOurs) return;
        timer.current ??= setTimeout(() => {
          timer.current = undefined;
          void client.invalidateQueries({ queryKey: keys.approvals });
        }, refetchMs);
      },
      [client, known],
    ),
  );
}

function isMatch(approval: ApprovalView, q: string): boolean {
  const { title, stateMachineName, executionName, stateName, resource = "", facts } = approval;
  const wanted = q.trim().toLowerCase();
  const texts = [title, stateMachineName, executionName, stateName, resource];
  return [...texts, ...facts.map(({ value }) => value)].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

const orders = {
  due: (a: ApprovalView, b: ApprovalView) =>
    (a.due ?? Infinity) === (b.due ?? Infinity)
      ? a.since - b.since
      : (a.due ?? Infinity) - (b.due ?? Infinity),
  age: (a: ApprovalView, b: ApprovalView) => a.since - b.since,
} as const;
