import { useMemo, useState } from "react";

/** A list that does not move under the pointer: what has come since is counted, and shown when it is asked for. */
export function useSettledList<T>(
  items: readonly T[] | undefined,
  idOf: (item: T) => string,
): {
  readonly shown: readonly T[];
  /** How many wait to be shown. */
  readonly arrived: number;
  readonly settle: () => void;
} {
  const [known, setKnown] = useState<ReadonlySet<string>>();
  const ids = useMemo(() => items?.map(idOf), [items, idOf]);
  // The first ones, and those that come into an empty list, move nothing.
  if (ids !== undefined && ids.length > 0 && !ids.some((id) => known?.has(id))) {
    setKnown(new Set(ids));
  }
  const shown = useMemo(
    () => (items ?? []).filter((item) => known?.has(idOf(item)) ?? true),
    [items, known, idOf],
  );
  return {
    shown,
    arrived: (items?.length ?? 0) - shown.length,
    settle: () => setKnown(new Set(ids)),
  };
}
