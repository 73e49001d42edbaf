import type { ReactNode } from "react";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty } from "../../parts/layout.tsx";

/** What is said where there is none of a kind. */
interface Absence {
  readonly title: string;
  readonly hint: string;
  /** How to make one without the page. */
  readonly command?: { readonly label: string; readonly code: string };
}

/** The frame of a tab: rows under a heading with what can be done, or what is said where there are none. */
export function TriggerList<T>({
  label,
  items,
  absence,
  actions,
  note,
  children: row,
}: {
  readonly label: string;
  readonly items: readonly T[];
  readonly absence: Absence;
  readonly actions?: ReactNode;
  /** What has to be said of the rows, below them. */
  readonly note?: string;
  readonly children: (item: T) => ReactNode;
}) {
  if (items.length === 0) {
    const { title, hint, command } = absence;
    return (
      <Card>
        <Empty title={title} action={actions}>
          {hint}
        </Empty>
        {command !== undefined && <CodeBlock {...command} />}
      </Card>
    );
  }
  return (
    <Card flush title={label} aside={actions}>
      <ul aria-label={label}>{items.map(row)}</ul>
      {note !== undefined && (
        <p className="border-t border-line px-4 py-2 text-xs text-dim">{note}</p>
      )}
    </Card>
  );
}
