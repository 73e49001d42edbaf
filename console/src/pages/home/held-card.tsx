import type { ReactNode } from "react";
import { Card } from "../../parts/layout.tsx";
import { Held } from "./held.tsx";
import { Quiet } from "./quiet.tsx";

/** The frame of every list of the page: a heading, a link to all of it, rows that stay where they are, or that there are none. */
export function HeldCard<T>({
  title,
  aside,
  rows,
  keyOf,
  none,
  className,
  children,
}: {
  readonly title: ReactNode;
  /** Where the rest is; not shown where there is nothing. */
  readonly aside?: ReactNode;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly none: string;
  readonly className?: string;
  readonly children: (rows: readonly T[]) => ReactNode;
}) {
  return (
    <Card
      title={title}
      flush
      aside={rows.length > 0 && aside}
      {...(className !== undefined && { className })}
    >
      {rows.length === 0 ? (
        <Quiet>{none}</Quiet>
      ) : (
        <Held rows={rows} keyOf={keyOf}>
          {children}
        </Held>
      )}
    </Card>
  );
}

/** Rows that are not a table's. */
export function Rows<T>({
  rows,
  keyOf,
  children,
}: {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly children: (row: T) => ReactNode;
}) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={keyOf(row)} className="border-b border-line px-4 py-2 last:border-0">
          {children(row)}
        </li>
      ))}
    </ul>
  );
}
