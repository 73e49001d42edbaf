import { useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { VisitPage, VisitView } from "../../../../../src/console/view-types.ts";
import { server } from "../../../api/client.ts";
import { useText } from "../../../i18n/language.tsx";
import { useEventSource } from "../event-source.ts";
import { holdersIn, isChildHolder } from "./run-rows.ts";
import type { RunRows } from "./use-run-rows.ts";

/** Of a child's visits, those that are read; all of them are on its own page. */
const mostChildVisits = 200;
/** Children that are open at once: each is asked for by itself. */
const mostOpen = 20;
const followMs = 3_000;

/** More than an execution has events: a child's visits are told from its parent's own by their ids, below zero. */
const span = 10_000_000;

const idWithin = (task: number, visit: number): number => -(task * span + visit);

/** The execution that a row below zero is of, and which of its visits; 0: of none, but of all of it. */
export function childVisitOf(
  visits: readonly VisitView[],
  id: number,
): { readonly arn: string; readonly visit: number } | undefined {
  if (id >= 0) return undefined;
  const task = Math.floor(-id / span);
  const arn = visits.find((each) => each.id === task)?.childArn;
  return arn === undefined ? undefined : { arn, visit: -id % span };
}

/** The visits with those of the executions that tasks have started, of each task whose row is open. */
export function useChildRuns(
  visits: readonly VisitView[],
): readonly [visits: readonly VisitView[], setOpened: (rows: RunRows) => void] {
  const text = useText();
  const { isFile } = useEventSource();
  const [opened, setOpened] = useState<readonly number[]>([]);
  const tasks = useMemo(
    () => (isFile ? [] : visits.filter(({ type, childArn }) => type === "Task" && childArn)),
    [isFile, visits],
  );
  const open = tasks.filter(({ id }) => opened.includes(id)).slice(0, mostOpen);
  const read = useQueries({
    queries: open.map(({ childArn = "", exitedAt }) => ({
      queryKey: ["execution", childArn, "within", exitedAt],
      queryFn: () => server.visits(childArn, { limit: mostChildVisits }),
      refetchInterval: exitedAt === undefined ? followMs : (false as const),
    })),
    combine: useCallback(
      (results: readonly { readonly data: VisitPage | undefined; readonly isError: boolean }[]) =>
        results.map(({ data, isError }) => (isError ? ("failed" as const) : data)),
      [],
    ),
  });
  const all = useMemo(() => {
    if (tasks.length === 0) return visits;
    const pages = new Map(open.map(({ id }, index) => [id, read[index]]));
    const within = tasks.flatMap((task) => {
      const page = pages.get(task.id);
      if (page === undefined) return [stub(task, text.execution.childReading)];
      if (page === "failed") return [stub(task, text.execution.childGone)];
      const rows = page.visits.map((visit) => moved(task, visit));
      const isCut = page.total > page.visits.length;
      return isCut ? [...rows, stub(task, text.execution.childMore)] : rows;
    });
    return [...visits, ...within];
    // `open` is a part of `tasks`, chosen by `opened`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [visits, tasks, opened, read, text]);
  const note = useCallback((rows: RunRows) => {
    const now = holdersIn(rows.tree)
      .filter((row) => isChildHolder(row) && rows.isOpen(row))
      .flatMap(({ visit }) => visit?.id ?? []);
    setOpened((before) => (String(before) === String(now) ? before : now));
  }, []);
  return [all, note];
}

function moved(task: VisitView, visit: VisitView): VisitView {
  // One level: what a child has started is opened on the child's own page.
  const { childArn: _childArn, ...rest } = visit;
  return {
    ...rest,
    id: idWithin(task.id, visit.id),
    parent: visit.parent === 0 ? task.id : idWithin(task.id, visit.parent),
  };
}

/** Stands where the child's states are, or would be. */
function stub(task: VisitView, name: string): VisitView {
  const { enteredAt, exitedAt, status } = task;
  return {
    id: idWithin(task.id, 0),
    parent: task.id,
    lane: 0,
    key: "",
    name,
    type: "",
    status,
    enteredAt,
    ...(exitedAt !== undefined && { exitedAt }),
    attempts: [],
    within: 0,
  };
}
