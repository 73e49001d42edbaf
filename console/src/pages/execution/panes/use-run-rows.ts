import { useCallback, useEffect, useMemo, useState } from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import {
  holdersOf,
  isOpenAtFirst,
  shownRows,
  treeOf,
  visitMatches,
  type RunRow,
} from "./run-rows.ts";

/** What the tree and the timeline show: given to both, they open and close together. */
export interface RunRows {
  readonly tree: readonly RunRow[];
  readonly shown: readonly RunRow[];
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  readonly isOpen: (row: RunRow) => boolean;
  readonly toggle: (row: RunRow) => void;
}

/** `selected` is brought to light: what holds it is opened when it is chosen. */
export function useRunRows(visits: readonly VisitView[], selected?: number): RunRows {
  const nameOf = useRowName();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState("");
  const tree = useMemo(() => treeOf(visits), [visits]);
  const shown = useMemo(() => {
    if (filter.trim() === "") return shownRows(tree, toggled);
    const matches = visitMatches(filter);
    const lane = filter.trim().toLowerCase();
    return shownRows(
      tree,
      toggled,
      (row) => matches(row) || (row.lane !== undefined && nameOf(row).toLowerCase() === lane),
    );
  }, [tree, toggled, filter, nameOf]);

  const isOpen = useCallback(
    (row: RunRow) => filter.trim() !== "" || isOpenAtFirst(row) !== toggled.has(row.id),
    [filter, toggled],
  );
  const toggle = useCallback((row: RunRow) => {
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(row.id)) after.add(row.id);
      return after;
    });
  }, []);

  const isThere = useMemo(() => visits.some(({ id }) => id === selected), [visits, selected]);
  useEffect(() => {
    if (selected === undefined || !isThere) return;
    setToggled((before) => {
      const closed = holdersOf(tree, selected).filter(
        (row) => isOpenAtFirst(row) === before.has(row.id),
      );
      if (closed.length === 0) return before;
      const after = new Set(before);
      for (const { id } of closed) if (!after.delete(id)) after.add(id);
      return after;
    });
    // Only when it is chosen: whoever closes it again means it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected, isThere]);

  return useMemo(
    () => ({ tree, shown, filter, setFilter, isOpen, toggle }),
    [tree, shown, filter, isOpen, toggle],
  );
}

/** The name of a state, or `Branch 1`, `Item 12`: branches count from 1, items as their index does. */
export function useRowName(): (row: RunRow) => string {
  const text = useText();
  const format = useFormat();
  return useCallback(
    ({ visit, lane }: RunRow) => {
      if (visit !== undefined) return visit.name;
      if (lane === undefined) return "";
      return lane.kind === "branch"
        ? text.run.branch(format.number(lane.index + 1))
        : text.run.item(format.number(lane.index));
    },
    [text, format],
  );
}
