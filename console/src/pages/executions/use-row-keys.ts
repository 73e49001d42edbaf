import { useMemo, useRef, type RefObject } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import type { Shortcut } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";

/** `j` and `k` move the focus from link to link, so that Enter opens as it does anywhere. */
export function useRowKeys(list: {
  readonly rows: readonly ExecutionRow[];
  readonly body: RefObject<HTMLElement | null>;
  readonly scrollTo: (index: number) => void;
  readonly onToggle: (arn: string, isRange?: boolean) => void;
}): readonly Shortcut[] {
  const text = useText();
  const now = useRef(list);
  now.current = list;
  /** Where the focus was last, as scrolling may take the row away from under it. */
  const last = useRef<string>(undefined);
  return useMemo(() => {
    const words = text.executions;
    const linkOf = (arn: string) =>
      now.current.body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(arn)}"]`);
    const current = () => {
      const row = document.activeElement?.closest("tr");
      return row?.querySelector<HTMLElement>("[data-row]")?.dataset["row"] ?? last.current;
    };
    const move = (by: number) => () => {
      const { rows, scrollTo } = now.current;
      const at = rows.findIndex(({ executionArn }) => executionArn === current());
      const index = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by));
      const arn = rows[index]?.executionArn;
      if (arn === undefined) return;
      last.current = arn;
      const link = linkOf(arn);
      if (link !== null && link !== undefined) return focus(link);
      scrollTo(index);
      requestAnimationFrame(() => requestAnimationFrame(() => focus(linkOf(arn))));
    };
    const toggle = (isRange: boolean) => () => {
      const arn = current();
      if (arn !== undefined) now.current.onToggle(arn, isRange);
    };
    const group = words.keys;
    return [
      { keys: "j", label: words.row.next, group, run: move(1) },
      { keys: "k", label: words.row.previous, group, run: move(-1) },
      { keys: "x", label: words.row.toggle, group, run: toggle(false) },
      { keys: "X", label: words.row.range, group, run: toggle(true) },
    ];
  }, [text]);
}

function focus(link: HTMLElement | null | undefined): void {
  link?.focus({ preventScroll: true });
  link?.closest("tr")?.scrollIntoView({ block: "nearest" });
}
