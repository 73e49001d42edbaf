import { useState } from "react";
import type { MapRunRow } from "../../../../src/console/view-types.ts";

/** Rows stay where they are: those that come later wait until they are asked for, what they say changes in place. */
export function useSettledRows(rows: readonly MapRunRow[]): {
  readonly shown: readonly MapRunRow[];
  readonly waiting: number;
  readonly showAll: () => void;
} {
  const [settled, setSettled] = useState(() => rows.map(({ mapRunArn }) => mapRunArn));
  const byArn = new Map(rows.map((row) => [row.mapRunArn, row]));
  const shown = settled.flatMap((arn) => byArn.get(arn) ?? []);
  return {
    shown,
    waiting: rows.length - shown.length,
    showAll: () => setSettled(rows.map(({ mapRunArn }) => mapRunArn)),
  };
}
