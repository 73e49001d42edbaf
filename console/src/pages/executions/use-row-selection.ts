import { useCallback, useMemo, useState } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";

/** Rows that are chosen, by ARN: they stay chosen where the list changes around them. */
export function useRowSelection(rows: readonly ExecutionRow[]) {
  const [arns, setArns] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string>();
  const selected = useMemo(
    () => rows.filter(({ executionArn }) => arns.has(executionArn)),
    [rows, arns],
  );
  const toggle = useCallback(
    (arn: string, isRange = false) => {
      const from = rows.findIndex(({ executionArn }) => executionArn === anchor);
      const to = rows.findIndex(({ executionArn }) => executionArn === arn);
      setArns((before) => {
        const next = new Set(before);
        if (isRange && from >= 0 && to >= 0) {
          for (const { executionArn } of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) {
            next.add(executionArn);
          }
        } else if (!next.delete(arn)) next.add(arn);
        return next;
      });
      setAnchor(arn);
    },
    [rows, anchor],
  );
  const all = useCallback(
    () => setArns(new Set(rows.map(({ executionArn }) => executionArn))),
    [rows],
  );
  const clear = useCallback(() => setArns(new Set()), []);
  return { arns, selected, toggle, all, clear };
}
